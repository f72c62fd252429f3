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

/** Ports that nothing uses by default, from here: one for each port of each component. */
const first = 31_000;
const second = 32_000;

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
  /** The stack whose components all have other ports. */
  const stackFrom = (start: number): SynthesizedStack => {
    const numberOf = (name: string, port: number): number =>
      start + ports.findIndex((one) => one.name === name && one.port === port);
    const components = asDefault.map((one) => renumbered(one, (port) => numberOf(one.name, port)));
    return buildStack(environment, content, components);
  };
  const stack = stackFrom(first);
  const errors = errorsOf(stack);
  const lines = linesOf(stack);

  test('no default port is left if all endpoints are declared on other ports', () => {
    expect(errors).toEqual(errorsOf(buildStack(environment, content)));
    const outside = stack.parties.filter(({ own }) => !own).flatMap(portsOf);
    const defaults = ports.map(({ port }) => port).filter((port) => !outside.includes(port));
    expect(lines.filter((line) => defaults.some((port) => names(line, port)))).toEqual([]);
  });

  test('a port is at least in its process, its container port, and its Service or a policy', () => {
    const rare = ports.filter(
      (_port, index) => lines.filter((line) => names(line, first + index)).length < 3,
    );
    expect(rare).toEqual([]);
  });

  test('a change of a port reaches all its references, and nothing else', () => {
    const other = stackFrom(second);
    expect(errorsOf(other)).toEqual(errors);
    const back = linesOf(other).map((line) =>
      line.replace(/(?<![\d.])32\d{3}(?!\d)/g, (port) => `${Number(port) - second + first}`),
    );
    // Each port has its own number, so a line with the port of another endpoint differs.
    expect(linesOf(other).filter((line) => /(?<![\d.])31\d{3}(?!\d)/.test(line))).toEqual([]);
    expect(back.sort()).toEqual([...lines].sort());
  });
});
