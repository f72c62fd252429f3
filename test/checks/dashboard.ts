import type { Dashboard } from '../../src/content/dashboard.js';
import type { CheckInput, ContentSource } from '../../src/model/check.js';
import type { GrafanaDashboard } from '../../src/model/dashboard.js';
import { build, minimal, noContent } from '../environment.js';
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

/**
 * The input of checks with these dashboards, by uid; the source of each is a file with this name.
 */
export const shipping = (
  dashboards: Readonly<Record<string, Mutable>>,
  extension: 'ts' | 'json' = 'ts',
): CheckInput => {
  const content = Object.entries(dashboards).map(([uid, json]): [string, Dashboard] => [
    uid,
    {
      title: json.title,
      folder: json.folder ?? 'Shop',
      needs: [],
      variables: [],
      render: () => ({ uid, ...json }) as GrafanaDashboard,
    },
  ]);
  const stack = build(minimal, { ...noContent, dashboards: Object.fromEntries(content) });
  const sources = Object.fromEntries(
    content.map(([uid]): [string, ContentSource] => [
      `dashboards/${uid}`,
      { file: `dashboards/${uid}.${extension}`, shipped: false, lineOf: () => 7 },
    ]),
  );
  return inputOf(stack, { sources });
};

/** Faults and their places. */
export const told = (
  findings: readonly { place: { path?: string }; fault: string; suggestion?: string }[],
): string[] =>
  findings.map(({ place, fault, suggestion }) =>
    [place.path, fault, ...(suggestion ? [suggestion] : [])].join(' | '),
  );
