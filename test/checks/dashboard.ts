import type { Dashboard, GrafanaDashboard } from '../../src/content/dashboard.js';
import type { CheckInput, ContentSource } from '../../src/model/check.js';
import { build, minimal, noContent } from '../environment.js';
import { inputOf, type Spoilt } from './input.js';

/** A panel that no check finds fault with. */
export const panel = (differences: Spoilt = {}): Spoilt => ({
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

/** A dashboard of such panels. */
export const board = (panels: Spoilt[] = [panel()], differences: Spoilt = {}): Spoilt => ({
  title: 'Shop',
  schemaVersion: 42,
  panels,
  ...differences,
});

/** What checks look at where these dashboards ship, by their uids; each was made in a file of its name. */
export const shipping = (
  dashboards: Readonly<Record<string, Spoilt>>,
  extension: 'ts' | 'json' = 'ts',
): CheckInput => {
  const content = Object.entries(dashboards).map(([uid, json]): [string, Dashboard] => [
    uid,
    {
      title: json.title,
      folder: 'Shop',
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

/** Findings as their places and messages. */
export const told = (
  findings: readonly { place: { path?: string }; message: string; suggestion?: string }[],
): string[] =>
  findings.map(({ place, message, suggestion }) =>
    [place.path, message, ...(suggestion ? [suggestion] : [])].join(' | '),
  );
