import { defineCheck } from '../../model/check.js';
import type { ReadPanel } from '../../model/dashboard.js';
import { memoize } from '../../model/memoize.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-layout/faults.js';

const columns = 24;

const check = defineCheck({
  faults,
  summary:
    'The panels of a dashboard fit into the 24 columns of the grid, do not overlap, leave no gap at the end of a line, and have unique ids.',
  run: (input) => dashboardsIn(input).flatMap((one) => faultsOf(one)),
});

export default check;

const faultsOf = memoize((dashboard: ShippedDashboard): readonly Result[] => {
  const all = listOf(dashboard.json.panels);
  return [
    ...layers(all).flatMap((layer) => [
      ...misplaced(dashboard, layer),
      ...unfilled(dashboard, layer),
    ]),
    ...sameNumbers(dashboard, [...all, ...all.flatMap((row) => listOf(row.panels))]),
  ];
});

/** Panels that are visible together: those of the dashboard, and those of each collapsed row. */
const layers = (panels: readonly ReadPanel[]): (readonly ReadPanel[])[] => [
  panels,
  ...panels.map((row) => listOf(row.panels)).filter((folded) => folded.length > 0),
];

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const rectangleOf = ({ gridPos }: ReadPanel): Rectangle | undefined =>
  [gridPos?.x, gridPos?.y, gridPos?.w, gridPos?.h].every(Number.isInteger)
    ? (gridPos as Rectangle)
    : undefined;

const misplaced = (dashboard: ShippedDashboard, panels: readonly ReadPanel[]): Result[] => {
  const placed = panels.map((panel) => ({ panel, at: rectangleOf(panel) }));
  return placed.flatMap(({ panel, at }, index): Result[] => {
    if (!at || at.x < 0 || at.y < 0 || at.w < 1 || at.h < 1 || at.x + at.w > columns) {
      return [
        inPanel(dashboard, panel, {
          fault: 'outside-grid',
          message: `The panel does not fit into the ${columns} columns of the grid.`,
          value: panel.gridPos,
        }),
      ];
    }
    const under = placed.slice(0, index).find((other) => other.at && overlap(at, other.at));
    if (!under) return [];
    return [
      inPanel(dashboard, panel, {
        fault: 'overlap',
        message: `The panel overlaps '${under.panel.title}'.`,
        value: panel.gridPos,
      }),
    ];
  });
};

/** Lines of panels that do not fill the width of the page. */
const unfilled = (dashboard: ShippedDashboard, panels: readonly ReadPanel[]): Result[] => {
  const placed = panels.flatMap((panel) => {
    const at = rectangleOf(panel);
    return at ? [{ panel, at }] : [];
  });
  const lines = [...new Set(placed.map(({ at }) => at.y))];
  return lines.flatMap((y) => {
    const line = placed.filter(({ at }) => at.y <= y && y < at.y + at.h);
    const used = line.reduce((sum, { at }) => sum + at.w, 0);
    if (used >= columns) return [];
    return [
      inPanel(dashboard, line.at(-1)!.panel, {
        fault: 'gap',
        message: `The line of panels takes ${used} of ${columns} columns.`,
        value: line.map(({ panel, at }) => `${panel.title}: ${at.w}`),
      }),
    ];
  });
};

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const sameNumbers = (dashboard: ShippedDashboard, panels: readonly ReadPanel[]): Result[] =>
  panels.flatMap((panel, index) => {
    const first = panels.findIndex(({ id }) => id === panel.id);
    if (Number.isInteger(panel.id) && first === index) return [];
    return [
      inPanel(dashboard, panel, {
        fault: 'panel-id',
        message: Number.isInteger(panel.id)
          ? `'${panels[first]!.title}' has the same id.`
          : 'The panel has no id.',
        value: panel.id,
      }),
    ];
  });
