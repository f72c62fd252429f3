import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { wire } from '../../src/derive/wiring.js';
import { componentsOf } from '../../src/environment/components.js';
import { settingOf } from '../../src/environment/setting.js';
import { rbac } from '../../src/kubernetes/rbac.js';
import type { CheckInput, ContentSource } from '../../src/model/check.js';
import type { SelectedContent } from '../../src/model/content.js';
import type { GrafanaDashboard } from '../../src/model/dashboard.js';
import type { Manifest } from '../../src/model/manifest.js';
import { collect } from '../../src/output/collect.js';
import { build, minimal } from '../environment.js';
import { inputOf, type Mutable } from './input.js';

/** A panel without findings. */
export const panel = (differences: Mutable = {}): Mutable => ({
  id: 1,
  type: 'stat',
  title: 'Orders',
  description: 'How many there are. Bad: none.',
  datasource: { type: 'prometheus', uid: 'prometheus' },
  gridPos: { x: 0, y: 0, w: 12, h: 4 },
  targets: [{ refId: 'A', expr: 'sum(rate(orders_total[5m]))' }],
  fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
  options: {},
  ...differences,
});

/** A dashboard with such panels. */
export const board = (panels: Mutable[] = [panel()], differences: Mutable = {}): Mutable => ({
  title: 'Shop',
  schemaVersion: 42,
  panels,
  ...differences,
});

const empty = build(minimal);
const component = componentsOf(empty.environment).find(({ name }) => name === 'grafana')!;
const others = empty.manifests.filter(({ chart }) => chart !== component.name);

/** The objects of Grafana with these dashboards: dashboards change no other objects. */
const grafanaWith = (content: SelectedContent): readonly Manifest[] => {
  const app = new App();
  const scope = new Construct(app, 'components');
  const chart = new Chart(scope, component.name, { disableResourceNameHashes: true });
  const wiring = wire(component, empty.connections, settingOf(empty.environment), content);
  component.render(chart, wiring);
  for (const workload of Object.values(wiring.workloads)) rbac(chart, workload);
  return collect(app, empty.environment).manifests;
};

/**
 * The input of checks with these dashboards, by uid; the source of each is a file with this name.
 */
export const shipping = (
  dashboards: Readonly<Record<string, Mutable>>,
  extension: 'ts' | 'json' = 'ts',
): CheckInput => {
  const models = Object.entries(dashboards).map(([uid, json]) => {
    const model = { uid, ...json } as GrafanaDashboard;
    return [uid, { folder: json.folder ?? 'Shop', model }] as const;
  });
  const grafana = grafanaWith({ dashboards: Object.fromEntries(models), ruleFiles: {} });
  const manifests = [...others, ...grafana];
  const sources = Object.fromEntries(
    models.map(([uid]): [string, ContentSource] => [
      `dashboards/${uid}`,
      { file: `dashboards/${uid}.${extension}`, shipped: false, lineOf: () => 7 },
    ]),
  );
  return inputOf({ ...empty, manifests }, { sources });
};

/** Faults and their places. */
export const told = (
  findings: readonly { place: { path?: string }; fault: string; suggestion?: string }[],
): string[] =>
  findings.map(({ place, fault, suggestion }) =>
    [place.path, fault, ...(suggestion ? [suggestion] : [])].join(' | '),
  );
