import type { Application } from '../../applications/declared/application.js';
import { dashboardUid } from '../../applications/declared/dashboard-uid.js';
import { healthPages } from '../../applications/declared/party.js';
import { variableMapName, wantsVariableMap } from '../../applications/declared/variable-map.js';
import {
  type Signal,
  sdkVariables,
  signalsOf,
  unreceived,
} from '../../applications/declared/variables.js';
import { outgoingOf } from '../../derive/wiring.js';
import { declaredApplications } from '../../environment/applications.js';
import { settingOf } from '../../environment/setting.js';
import { connectionsFor } from '../../model/connection.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { showsDashboards } from './content.js';
import { code, listed, table } from './markdown.js';

/** What the stack does for each application, and the variables with which it sends spans and logs. */
export const applications = (stack: SynthesizedStack): string[] => {
  const { environment, connections } = stack;
  const all = declaredApplications(environment);
  if (all.length === 0) return [];
  const outgoing = outgoingOf(connections, settingOf(environment));
  const shown = showsDashboards(stack);
  return [
    '## Applications',
    table(
      ['application', 'pods', 'metrics', 'probed pages', 'databases', 'dashboard'],
      all.map((one) => [
        one.name,
        `${code(selectorOf(one))} in ${code(one.namespace)}`,
        one.metrics && isScraped(one, connections)
          ? `port ${one.metrics.port}, ${code(one.metrics.path)}`
          : '–',
        (isProbed(one, connections) ? pagesOf(one) : []).map(code).join(', ') || '–',
        one.dependsOn.map(({ kind, name }) => `${kind} ${name}`).join(', ') || '–',
        shown ? code(`/d/${dashboardUid(one)}`) : '–',
      ]),
    ),
    ...all
      .filter((one) => pagesOf(one).length > 0 && !isProbed(one, connections))
      .map(
        (one) =>
          `Nothing in this environment probes the health pages of ${one.name}.${leftOut(one, 'probes')}`,
      ),
    ...all.flatMap((one) => {
      const missing = unreceived(one, outgoing).map(
        (signal) =>
          `${one.name} sends ${called[signal]}, which nothing in this environment receives.${signal === 'traces' ? leftOut(one, 'spans') : ''}`,
      );
      const variables = sdkVariables(one, outgoing);
      if (!variables) return missing;
      const lines = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
      const map = variableMapName(environment.stack, one);
      const sent = signalsOf(one)
        .filter((signal) => !unreceived(one, outgoing).includes(signal))
        .map((signal) => called[signal]);
      return [
        ...missing,
        wantsVariableMap(one)
          ? `Variables with which an OpenTelemetry SDK in ${one.name} sends its ${listed(sent)}, which are in the ConfigMap ${code(map)} for \`envFrom\`:`
          : `Variables with which an OpenTelemetry SDK in ${one.name} sends its ${listed(sent)}:`,
        `\`\`\`sh\n${lines.join('\n')}\n\`\`\``,
      ];
    }),
  ];
};

const called: Readonly<Record<Signal, string>> = {
  traces: 'spans',
  logs: 'logs',
  sendsMetrics: 'metrics',
};

const leftOut = ({ objectives }: Application, events: 'spans' | 'probes'): string =>
  objectives.some(({ of }) => of === events) ? ` Its objectives of ${events} are left out.` : '';

const pagesOf = ({ health }: Application): string[] =>
  healthPages.flatMap((kind) => health?.[kind] ?? []);

const isProbed = ({ name }: Application, connections: SynthesizedStack['connections']): boolean =>
  connectionsFor(connections, 'health').some(({ provider }) => provider.party === name);

const isScraped = ({ name }: Application, connections: SynthesizedStack['connections']): boolean =>
  connectionsFor(connections, 'metrics').some(({ provider }) => provider.party === name);

const selectorOf = ({ labels }: Application): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
