import { defineCheck } from '../../model/check.js';
import type { ReadPanel, ReadTarget } from '../../model/dashboard.js';
import { type Analysis, analyse } from '../../promql/analyse.js';
import { isSingle } from '../../promql/cardinality.js';
import { asksPrometheus, samplesOf } from '../../promql/dashboard.js';
import { bare, childrenOf, type Expression, selectorsOf, walk } from '../../promql/expression.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-queries/faults.js';
import { hasOneSeries } from './dashboard-queries/one-series.js';

const check = defineCheck({
  faults,
  summary:
    'A panel that shows one value queries one series. Series of one query have different names. A column of a table shows a value and not the number that the query compares with. A ratio or a quantile of requests has no value without requests.',
  run: (input) => {
    const index = seriesIn(input);
    return dashboardsIn(input).flatMap((dashboard) => {
      const variables = samplesOf(dashboard.json);
      return dashboard.panels.flatMap((panel) =>
        listOf(panel.targets)
          .filter((one) => typeof one.expr === 'string' && asksPrometheus(one, panel))
          .flatMap((target) => {
            const { expr } = target;
            const analysis = analyse(expr, variables);
            return [
              ...manySeries(dashboard, panel, expr, analysis, index),
              ...sharedNames(dashboard, panel, target, analysis, index),
              ...constantColumns(dashboard, panel, target, analysis),
              // The author of an imported dashboard knows its traffic.
              ...(dashboard.severity ? [] : withoutTraffic(dashboard, panel, expr, analysis)),
            ];
          }),
      );
    });
  },
});

export default check;

const ofOneValue: readonly unknown[] = ['stat', 'gauge'];

const manySeries = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  expr: string,
  analysis: Analysis,
  index: SeriesIndex,
): Result[] => {
  if (!ofOneValue.includes(panel.type) || analysis.faults.length > 0) return [];
  if (hasOneSeries(analysis, dashboard, index)) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'many-series',
      message: `A panel of the type '${panel.type}' shows one value, but the query can return many series.`,
      value: expr,
    }),
  ];
};

const named: readonly unknown[] = [
  'timeseries',
  'bargauge',
  'state-timeline',
  'status-history',
  'piechart',
];

/** If a legend has no label, all series of the query have the same name. */
const sharedNames = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  { expr, legendFormat, format }: ReadTarget,
  analysis: Analysis,
  index: SeriesIndex,
): Result[] => {
  const { expression, faults } = analysis;
  if (!named.includes(panel.type) || format === 'table' || !expression || faults.length > 0) {
    return [];
  }
  const legend = typeof legendFormat === 'string' ? legendFormat : '';
  if (/\{\{|__auto/.test(legend)) return [];
  const single = isSingle(expression);
  // Without a legend, Grafana shows all labels of each series.
  if (single ? legend !== '' : legend === '' || hasOneSeries(analysis, dashboard, index)) return [];
  return [
    inPanel(dashboard, panel, {
      fault: single ? 'no-legend' : 'same-names',
      value: single ? expr : legend || expr,
    }),
  ];
};

/** An `==` comparison returns its left side, which equals the number on the right. */
const constantColumns = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  { expr, format }: ReadTarget,
  { expression }: Analysis,
): Result[] => {
  if (panel.type !== 'table' || format !== 'table' || !expression) return [];
  const one = unaggregated(expression);
  if (one.kind !== 'binary' || one.operator !== '==' || one.bool) return [];
  if (bare(one.right).kind !== 'number') return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'constant-column',
      value: expr,
    }),
  ];
};

const unaggregated = (expression: Expression): Expression => {
  const one = bare(expression);
  return one.kind === 'aggregation' && ['max', 'min', 'avg'].includes(one.operator)
    ? unaggregated(one.parameters.at(-1)!)
    : one;
};

const comparisons = ['>', '>=', '<', '<=', '==', '!='];

/** Ratios and quantiles that are NaN while there are no requests. */
const withoutTraffic = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  expr: string,
  { expression, faults, originOf }: Analysis,
): Result[] => {
  if (!expression || faults.length > 0) return [];
  return nansIn(expression).map(
    ({ from, to, kind }): Result =>
      inPanel(dashboard, panel, {
        fault: kind === 'binary' ? 'ratio-without-traffic' : 'quantile-without-traffic',
        value: expr.slice(originOf(from), originOf(to)),
      }),
  );
};

const nansIn = (expression: Expression): Expression[] => {
  const one = bare(expression);
  // A comparison with NaN is false, so it removes NaN.
  if (one.kind === 'binary' && !one.bool && comparisons.includes(one.operator)) {
    return nansIn(one.right);
  }
  const inner = childrenOf(one).flatMap(nansIn);
  const isNan =
    (one.kind === 'binary' && one.operator === '/' && canBeZero(one.right)) ||
    (one.kind === 'call' && one.name === 'histogram_quantile');
  return isNan ? [one, ...inner] : inner;
};

// CPU time always increases, and an API server always has requests.
const busy = /^(node_cpu|apiserver_request_total|container_cpu)/;

const canBeZero = (divisor: Expression): boolean => {
  const one = bare(divisor);
  if (one.kind === 'binary' && !one.bool && comparisons.includes(one.operator)) return false;
  if (one.kind === 'call' && one.name === 'clamp_min') return false;
  return walk(one).some(
    (part) =>
      part.kind === 'call' &&
      rates.includes(part.name) &&
      selectorsOf(part).some(({ metric = '' }) => !busy.test(metric)),
  );
};

const rates = ['rate', 'increase'];
