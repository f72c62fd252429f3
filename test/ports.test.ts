import { describe, expect, test } from 'vitest';
import { alertGroup } from '../src/content/alert-group.js';
import type { Content } from '../src/content/content.js';
import { componentsOf } from '../src/environment/components.js';
import type { Environment, EnvironmentOptions } from '../src/environment/environment.js';
import { validate } from '../src/environment/validate.js';
import { loadChecks } from '../src/load-checks.js';
import type { Component } from '../src/model/party.js';
import type { SynthesizedStack } from '../src/output/synthesized-stack.js';
import { checkInputOf, runChecks } from '../src/run-checks.js';
import { buildStack } from '../src/stack.js';
import { full } from './checks/full.js';
import { emptyDashboard, minimal } from './environment.js';

const { patch: _patch, components: _components, ...everything } = full;
const { checks } = await loadChecks();

/** An alert that links to a dashboard, so that the rules contain the address of Grafana. */
const content: Content = {
  dashboards: { example: emptyDashboard('Shop') },
  alerts: {
    example: alertGroup({
      needs: ['prometheus'],
      dashboard: 'example',
      rules: () => ({
        alerts: [
          {
            alert: 'Watchdog',
            expr: 'up{job="prometheus"} == 0',
            severity: 'critical',
            summary: 'Prometheus is down.',
            description: 'Prometheus does not answer.',
          },
        ],
      }),
    }),
  },
  ruleFiles: {},
  sources: {},
};

/** Ports that nothing uses by default: one for each port of each component, and one more. */
const firstPort = 31_000;
const changed = 32_000;

const validated = (options: EnvironmentOptions): Environment => {
  const { environment, findings } = validate(options, 'test', 'environments/test.ts');
  if (!environment) throw new Error(JSON.stringify(findings, null, 2));
  return environment;
};

/** A component with other port numbers. */
const renumbered = (component: Component, number: (port: number) => number): Component => ({
  ...component,
  endpoints: Object.fromEntries(
    Object.entries(component.endpoints).map(([name, endpoint]) => [
      name,
      { ...endpoint, port: number(endpoint.port) },
    ]),
  ),
});

/** Some findings are about the single alert: it has no runbook, and some routes match nothing. */
const errorsOf = (stack: SynthesizedStack): string[] =>
  runChecks(stack, checks, checkInputOf(stack, [], {}))
    .filter(({ severity }) => severity === 'error')
    .map(({ code, place, message, value }) =>
      [code, place.object, place.path, message, value].join(' | '),
    );

/** All manifests, line by line, without the checksum of a configuration, which changes with it. */
const linesOf = ({ manifests }: SynthesizedStack): string[] =>
  JSON.stringify(
    manifests.map(({ object }) => object),
    null,
    1,
  )
    .replaceAll('\\n', '\n')
    .split('\n')
    .filter((line) => !line.includes('crowsnest/restart-on'));

const names = (line: string, port: number): boolean =>
  new RegExp(`(?<![\\d.])${port}(?!\\d)`).test(line);

const portsOf = ({ endpoints }: Pick<Component, 'endpoints'>): number[] => [
  ...new Set(Object.values(endpoints).map(({ port }) => port)),
];

describe.each<[string, EnvironmentOptions]>([
  ['a minimal environment', minimal],
  ['an environment with all options', everything],
])('in %s', (_, options) => {
  const environment = validated(options);
  const asDefault = componentsOf(environment);
  const ports = asDefault.flatMap((one) => portsOf(one).map((port) => ({ name: one.name, port })));
  const components = asDefault.map((one) =>
    renumbered(
      one,
      (port) => firstPort + ports.findIndex((own) => own.name === one.name && own.port === port),
    ),
  );
  const baseline = buildStack(environment, content, components);
  const errors = errorsOf(baseline);
  const lines = linesOf(baseline).sort();

  test('no default port is left if all endpoints are declared on other ports', () => {
    expect(errors).toEqual(errorsOf(buildStack(environment, content)));
    const outside = baseline.parties.filter(({ own }) => !own).flatMap(portsOf);
    const defaults = ports.map(({ port }) => port).filter((port) => !outside.includes(port));
    expect(lines.filter((line) => defaults.some((port) => names(line, port)))).toEqual([]);
  });

  test.each(
    components.flatMap((one) => portsOf(one).map((port): [string, number] => [one.name, port])),
  )('a change of one port of %s reaches all its references (%i)', (name, port) => {
    const stack = buildStack(
      environment,
      content,
      components.map((one) =>
        one.name === name ? renumbered(one, (own) => (own === port ? changed : own)) : one,
      ),
    );
    expect(errorsOf(stack)).toEqual(errors);
    const now = linesOf(stack);
    expect(now.filter((line) => names(line, port))).toEqual([]);
    // At least the process, its container port, and its Service or a policy.
    expect(now.filter((line) => names(line, changed)).length).toBeGreaterThan(2);
    // Policies sort their ports, so the order of the lines can change.
    expect(now.map((line) => line.replaceAll(`${changed}`, `${port}`)).sort()).toEqual(lines);
  });
});
