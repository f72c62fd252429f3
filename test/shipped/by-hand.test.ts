import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import example from '../../examples/service.js';
import { type CheckedProject, checkProject } from '../../src/check-project.js';
import { importModule } from '../../src/config/modules.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { analyse } from '../../src/promql/analyse.js';
import { textOf } from '../readme/pages.js';
import {
  changedPolicies,
  declaration,
  type Figures,
  figuresByHand,
  figuresOf,
  objectsByHand,
} from './by-hand/figures.js';

const { applications: _, otherNamespaces: __, ...without } = example;
const environments: Readonly<Record<string, object>> = { with: example, without };
let project: CheckedProject;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-by-hand-'));
  for (const name of Object.keys(environments)) writeFileSync(join(folder, `${name}.ts`), '');
  project = await checkProject({
    environments: folder,
    out: join(folder, 'dist'),
    load: async (path) =>
      path.startsWith(folder)
        ? { default: environments[path.replace(/.*\/|\.ts$/g, '')] }
        : importModule(path),
  });
  rmSync(folder, { recursive: true });
}, 120_000);

const objectsOf = (name: string): KubernetesObject[] =>
  project.stacks
    .find(({ environment }) => environment.name === name)!
    .manifests.map(({ object }) => JSON.parse(JSON.stringify(object)));

const tableOf = (ours: Figures, theirs: Figures, tests: number): string => {
  const row = (name: string, key: keyof Figures) => `| ${name} | ${ours[key]} | ${theirs[key]} |`;
  return [
    '| | Crowsnest | by hand |',
    '|---|---|---|',
    row('lines to write', 'lines'),
    row('objects', 'objects'),
    row('of these, network policies', 'policies'),
    row('recording rules', 'recordings'),
    row('alerts', 'alerts'),
    row('dashboards', 'dashboards'),
    row('panels', 'panels'),
    `| tests of the alerts | ${tests} | 0 |`,
    '',
  ].join('\n');
};

it('the page about applications has the figures of the declaration, and of what it replaces', () => {
  const [ours, before] = [objectsOf('with'), objectsOf('without')];
  const [objectives] = project.objectives!();
  const { tests } = parse(objectives!.test) as { tests: unknown[] };
  const table = tableOf(figuresOf(ours, before), figuresByHand(), tests.length);
  expect(declaration().split('\n').length).toBeLessThanOrEqual(15);
  expect(textOf('docs/applications.md')).toContain(table);
  expect(changedPolicies(ours, before).sort()).toEqual([
    'crowsnest/crowsnest-blackbox-exporter',
    'crowsnest/crowsnest-jaeger',
    'crowsnest/crowsnest-prometheus',
  ]);
});

it('the expressions by hand are valid, and have the same thresholds', () => {
  const rules: { expr: string }[] = objectsByHand()
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => spec.groups)
    .flatMap((one) => one.rules);
  expect(rules.flatMap(({ expr }) => analyse(expr).faults)).toEqual([]);
  const thresholds = (text: string): number[] =>
    [...new Set([...text.matchAll(/> (0\.\d+)\b/g)].map(([, value]) => Number(value)))].sort();
  const ours = objectsOf('with').flatMap(({ data }) =>
    Object.entries((data ?? {}) as Record<string, string>)
      .filter(([name]) => name === 'objectives-of-orders.yaml')
      .flatMap(
        ([, text]) =>
          (parse(text) as { groups: { rules: { record: string; expr: string }[] }[] }).groups,
      )
      .flatMap((one) => one.rules)
      .filter(({ record }) => record === 'slo:alert_threshold:ratio')
      .map(({ expr }) => Number(/[\d.]+/.exec(expr)?.[0])),
  );
  expect(thresholds(rules.map(({ expr }) => expr).join('\n'))).toEqual([...new Set(ours)].sort());
});
