import { defineCheck } from '../../model/check.js';
import type { ReadPanel } from '../../model/dashboard.js';
import { memoize } from '../../model/memoize.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-style/faults.js';
import { scaleFaults } from './dashboard-style/scale.js';
import { tableFaults } from './dashboard-style/table-width.js';

const check = defineCheck({
  faults,
  summary:
    'No panel misleads: the lanes of a state timeline have the colours of their states, a panel without data has a text for it, the axis of zeros ends close to zero and no threshold is drawn as a line on it, legends start with the largest series and have room for their values, CPU time is in cores, counts have no decimals, a table fits into 1280 pixels, and no tag appears twice.',
  run: (input) => dashboardsIn(input).flatMap((one) => faultsOf(one)),
});

export default check;

const faultsOf = memoize((dashboard: ShippedDashboard): readonly Result[] => [
  ...twoTags(dashboard),
  ...dashboard.panels.flatMap((panel) => [
    ...greyLanes(dashboard, panel),
    ...wordless(dashboard, panel),
    ...unsorted(dashboard, panel),
    ...narrow(dashboard, panel),
    ...scaleFaults(panel).map((one) => inPanel(dashboard, panel, one)),
    ...tableFaults(panel).map((one) => inPanel(dashboard, panel, one)),
  ]),
]);

/** Merged values have the colour of the threshold: Grafana ignores the mappings. */
const greyLanes = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  const { color, mappings } = panel.fieldConfig?.defaults ?? {};
  if (panel.type !== 'state-timeline' || panel.options?.mergeValues === false) return [];
  if (color?.mode !== 'thresholds' || listOf(mappings).length === 0) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'grey-lanes',
      value: color.mode,
    }),
  ];
};

const ofData: readonly unknown[] = [
  'stat',
  'gauge',
  'bargauge',
  'timeseries',
  'table',
  'heatmap',
  'state-timeline',
  'status-history',
];

const wordless = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  const words = panel.fieldConfig?.defaults?.noValue;
  if (!ofData.includes(panel.type) || (typeof words === 'string' && words.trim() !== '')) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'no-empty-text',
    }),
  ];
};

const unsorted = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  const { legend } = panel.options ?? {};
  if (panel.type !== 'timeseries' || legend?.displayMode !== 'table') return [];
  if (legend.showLegend === false || (legend.sortBy && legend.sortDesc === true)) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'unsorted-legend',
      value: legend.sortBy,
    }),
  ];
};

/** A third of the page width, which is 390 pixels if the page has 1280. */
const leastOfLegend = 8;

const narrow = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  const { legend } = panel.options ?? {};
  if (panel.type !== 'timeseries' || legend?.displayMode !== 'table') return [];
  const width = panel.gridPos?.w;
  if (legend.showLegend === false || typeof width !== 'number' || width >= leastOfLegend) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'narrow-legend',
      value: width,
      remedy: `Give it a width of ${leastOfLegend} or more.`,
    }),
  ];
};

const twoTags = ({ json, severity, placeOf }: ShippedDashboard): Result[] => {
  const tags: unknown[] = Array.isArray(json.tags) ? json.tags : [];
  return tags
    .filter((tag, index) => tags.indexOf(tag) < index)
    .map((tag) => ({
      severity,
      place: placeOf(),
      fault: 'duplicate-tag',
      value: tag,
    }));
};
