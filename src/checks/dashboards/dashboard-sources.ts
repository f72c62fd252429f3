import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { suggest } from '../../model/suggestion.js';
import { dashboardsIn, type ShippedDashboard } from '../support/dashboard.js';
import { listOf, type Untyped } from '../support/untyped.js';
import { provisionedSources } from './dashboard-sources/source.js';

const faults = {
  'unknown-source': {
    what: 'Grafana does not have this data source in this environment.',
    why: 'The panel shows an error.',
    example: '{ "datasource": { "uid": "promtheus" } }',
    fix: 'Use the uid of a data source of the environment.',
  },
  'wrong-source-type': {
    what: 'The data source has another type than the dashboard states.',
    why: 'The panel shows an error.',
    example: '{ "datasource": { "uid": "jaeger", "type": "prometheus" } }',
    fix: 'Correct the type, or use another data source.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary: 'Grafana has every data source that a dashboard uses, with the stated type.',
  run: (input) => {
    const sources = provisionedSources(input);
    return dashboardsIn(input).flatMap((dashboard) =>
      [
        ...listOf(dashboard.json.templating?.list),
        ...listOf(dashboard.json.annotations?.list),
        ...dashboard.panels.flatMap((panel) => [panel, ...listOf(panel.targets)]),
      ].flatMap((owner) => faultsOf(dashboard, owner, sources)),
    );
  },
});

export default check;

type Sources = ReturnType<typeof provisionedSources>;

const isLoki = ({ type }: Sources[number]): boolean => type === 'loki';

const noLogs =
  'It queries logs, and the environment has no store of logs: enable loki, or a party that offers `logql`.';

const others = (uids: readonly string[]): string =>
  uids.length > 0 ? `Use one of ${uids.join(', ')}.` : 'The environment has none.';

// Data sources that are part of Grafana.
const builtIn = ['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__'];

const faultsOf = (
  { severity, placeOf, json }: ShippedDashboard,
  { datasource, title, name, refId }: Untyped,
  sources: Sources,
): Result[] => {
  if (datasource === undefined || datasource === null) return [];
  const uid = typeof datasource === 'string' ? datasource : datasource.uid;
  if (builtIn.includes(uid) || datasource.type === 'grafana') return [];
  const variable = listOf(json.templating?.list).find(
    (one) => one.type === 'datasource' && [`$${one.name}`, `\${${one.name}}`].includes(uid),
  );
  // Grafana selects the first data source of this type.
  if (variable && sources.some(({ type }) => type === variable.query)) return [];
  const found = sources.find((one) => one.uid === uid || one.name === uid);
  if (found && (datasource.type === undefined || datasource.type === found.type)) return [];
  const uids = sources.map((one) => one.uid);
  const isOfLogs =
    !found && [datasource.type, variable?.query, uid].includes('loki') && !sources.some(isLoki);
  const place = placeOf(title ?? name);
  return [
    {
      severity,
      place: { ...place, path: `${place.path}: ${title ?? name ?? refId ?? 'data source'}` },
      ...(found
        ? {
            fault: 'wrong-source-type',
            message: `The data source '${uid}' has the type '${found.type}'.`,
          }
        : { fault: 'unknown-source' }),
      value: found ? datasource.type : uid,
      remedy: isOfLogs ? noLogs : others(uids),
      suggestion: found || isOfLogs || typeof uid !== 'string' ? undefined : suggest(uid, uids),
    },
  ];
};
