import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from './dashboard/dashboard.js';
import { type Loose, listOf } from './reference/lenient.js';

const columns = 24;

const check: Check = {
  summary:
    'The panels of every dashboard lie within 24 columns, none upon another, each with a number of its own.',
  run: (input) =>
    dashboardsIn(input).flatMap((dashboard) => {
      const all = listOf(dashboard.json.panels);
      return [
        ...layers(all).flatMap((layer) => misplaced(dashboard, layer)),
        ...sameNumbers(dashboard, [...all, ...all.flatMap((row) => listOf(row.panels))]),
      ];
    }),
};

export default check;

type Result = Omit<Finding, 'check'>;

/** Panels that are seen together: those of the dashboard, and those of each folded row. */
const layers = (panels: readonly Loose[]): (readonly Loose[])[] => [
  panels,
  ...panels.map((row) => listOf(row.panels)).filter((folded) => folded.length > 0),
];

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const rectangleOf = ({ gridPos }: Loose): Rectangle | undefined =>
  [gridPos?.x, gridPos?.y, gridPos?.w, gridPos?.h].every(Number.isInteger) ? gridPos : undefined;

const misplaced = (dashboard: ShippedDashboard, panels: readonly Loose[]): Result[] => {
  const placed = panels.map((panel) => ({ panel, at: rectangleOf(panel) }));
  return placed.flatMap(({ panel, at }, index) => {
    if (!at || at.x < 0 || at.y < 0 || at.w < 1 || at.h < 1 || at.x + at.w > columns) {
      return [
        inPanel(dashboard, panel, {
          message: `The panel does not lie within ${columns} columns.`,
          value: panel.gridPos,
          remedy: 'Give it a place with x, y, w and h that are whole numbers.',
        }),
      ];
    }
    const under = placed.slice(0, index).find((other) => other.at && overlap(at, other.at));
    if (!under) return [];
    return [
      inPanel(dashboard, panel, {
        message: `The panel lies upon '${under.panel.title}'.`,
        value: panel.gridPos,
        remedy: 'Move one of them.',
      }),
    ];
  });
};

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const sameNumbers = (dashboard: ShippedDashboard, panels: readonly Loose[]): Result[] =>
  panels.flatMap((panel, index) => {
    const first = panels.findIndex(({ id }) => id === panel.id);
    if (Number.isInteger(panel.id) && first === index) return [];
    return [
      inPanel(dashboard, panel, {
        message: Number.isInteger(panel.id)
          ? `'${panels[first]!.title}' has the same number.`
          : 'The panel has no number.',
        value: panel.id,
        remedy: 'Give it a number of its own: links to single panels lead by it.',
      }),
    ];
  });
