import { analyse as analyseLogql } from '../../logql/analyse.js';
import { asksLoki } from '../../logql/dashboard.js';
import { defineCheck } from '../../model/check.js';
import type { ReadPanel, ReadTarget } from '../../model/dashboard.js';
import { memoize } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { analyse } from '../../promql/analyse.js';
import { asksPrometheus, samplesOf } from '../../promql/dashboard.js';
import { type Expression, type Span, walk } from '../../promql/expression.js';
import { followLabels, type Labels } from '../../promql/labels.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { listOf, recordOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-labels/faults.js';

const check = defineCheck({
  faults,
  summary:
    'Legends and columns of tables use only labels that the queries return: an aggregation removes all others.',
  run: (input) => {
    const index = seriesIn(input);
    return dashboardsIn(input).flatMap((dashboard) => lostLabels(dashboard, index));
  },
});

export default check;

const lostLabels = memoize((dashboard: ShippedDashboard, index: SeriesIndex): Result[] =>
  dashboard.panels.flatMap((panel) => {
    const queries = listOf(panel.targets)
      .filter(({ expr, hide }) => typeof expr === 'string' && hide !== true)
      .map((target) => ({ target, labels: labelsOf(dashboard, panel, target, index) }));
    return [
      ...queries.flatMap(({ target, labels }) => legends(dashboard, panel, target, labels)),
      ...columns(
        dashboard,
        panel,
        queries.map(({ labels }) => labels),
      ),
    ];
  }),
);

/** The labels of a query. Series that others describe can have any label before the query removes it. */
const labelsOf = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  target: ReadTarget,
  index: SeriesIndex,
): Labels => {
  if (asksLoki(target, panel, dashboard.json)) {
    const { labels, faults } = analyseLogql(`${target.expr}`, samplesOf(dashboard.json));
    return labels && faults.length === 0 ? new Set(labels) : undefined;
  }
  if (!asksPrometheus(target, panel)) return undefined;
  const { expression, varies, faults } = analyse(`${target.expr}`, samplesOf(dashboard.json));
  if (!expression || faults.length > 0 || namesOf(expression).some(varies)) return undefined;
  return followLabels(expression, (one) =>
    dashboard.severity ? undefined : index.of(one, varies)?.labels,
  ).labels;
};

/** The parts of an expression that are names of labels. */
const namesOf = (expression: Expression): Span[] =>
  walk(expression).flatMap((one): Span[] => {
    if (one.kind === 'aggregation') return [...(one.grouping?.labels ?? []), ...strings(one)];
    if (one.kind === 'call') return strings(one);
    if (one.kind !== 'binary') return [];
    return [...(one.matching?.labels ?? []), ...(one.matching?.include ?? [])];
  });

const strings = ({ parameters }: { readonly parameters: readonly Expression[] }): Span[] =>
  parameters.filter(({ kind }) => kind === 'string');

// Of the labels of Grafana's legends: https://github.com/grafana/grafana/blob/v11.0.0/pkg/promlib/models/query.go
const inLegend = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

const legends = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  { expr, format, legendFormat }: ReadTarget,
  labels: Labels,
): Result[] => {
  if (!labels || typeof legendFormat !== 'string') return [];
  // A table shows the labels in columns.
  if (format === 'table' || panel.type === 'table') return [];
  const used = [...legendFormat.matchAll(inLegend)].map(([, name = '']) => name);
  const lost = [...new Set(used)].filter((name) => !labels.has(name) && name !== '__name__');
  if (lost.length === 0) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'lost-in-legend',
      // These show the value of a single series without its name.
      ...(['stat', 'gauge'].includes(`${panel.type}`) && { severity: 'warning' as const }),
      message: `The legend '${legendFormat}' uses ${named(lost)}, which the series of this query do not have.`,
      value: expr,
      remedy: `Aggregate by it, or use ${[...labels].sort().join(', ') || 'a text'}.`,
      suggestion: suggest(lost[0]!, [...labels]),
    }),
  ];
};

const named = (labels: readonly string[]): string =>
  `the ${labels.length === 1 ? 'label' : 'labels'} '${labels.join("', '")}'`;

const columns = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  queries: readonly Labels[],
): Result[] => {
  if (panel.type !== 'table' || queries.length === 0) return [];
  const known = queries.flatMap((labels) => (labels ? [...labels] : [undefined]));
  const steps = listOf(panel.transformations);
  // Other transformations can make columns.
  if (known.includes(undefined) || !steps.every(({ id }) => keeping.includes(id))) return [];
  const shown = steps
    .filter(({ id, disabled }) => id === 'organize' && disabled !== true)
    .flatMap(({ options }) => Object.entries(recordOf(recordOf(options).renameByName)))
    .filter(([label, title]) => title !== '' && isLabel.test(label));
  return shown
    .filter(([label]) => !known.includes(label))
    .map(([label]) =>
      inPanel(dashboard, panel, {
        fault: 'lost-column',
        message: `The column '${label}' shows a label that no query of the table returns.`,
        value: label,
        remedy: `Aggregate by it, or use ${[...new Set(known)].sort().join(', ') || 'no label'}.`,
        suggestion: suggest(label, known as string[]),
      }),
    );
};

const keeping: readonly unknown[] = ['organize', 'merge', 'filterFieldsByName', 'sortBy', 'limit'];

// Other columns are the time and the values.
const isLabel = /^(?!Time$|Value\b|Metric$)[A-Za-z_]\w*$/;
