import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type Analysis, analyse } from '../promql/analyse.js';
import { samplesOf } from '../promql/dashboard.js';
import { bare, walk } from '../promql/expression.js';
import { isSingle } from './dashboard/cardinality.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from './dashboard/dashboard.js';
import { scrapeSeconds } from './dashboard/scrape.js';
import { type Loose, listOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'A panel that shows one value asks for one series, and no rate is taken over a time in which fewer than four scrapes are sure to fall.',
  run: (input) => {
    const interval = scrapeSeconds(input.manifests);
    return dashboardsIn(input).flatMap((dashboard) => {
      const variables = samplesOf(dashboard.json);
      return dashboard.panels.flatMap((panel) =>
        listOf(panel.targets)
          .filter(({ expr }) => typeof expr === 'string')
          .flatMap(({ expr }) => {
            const analysis = analyse(expr, variables);
            return [
              ...manySeries(dashboard, panel, expr, analysis),
              ...shortRates(dashboard, panel, expr, analysis, interval),
            ];
          }),
      );
    });
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

const ofOneValue = ['stat', 'gauge'];

const manySeries = (
  dashboard: ShippedDashboard,
  panel: Loose,
  expr: string,
  { expression, faults }: Analysis,
): Result[] => {
  if (!ofOneValue.includes(panel.type) || !expression || faults.length > 0) return [];
  if (isSingle(expression)) return [];
  return [
    inPanel(dashboard, panel, {
      message: `A panel of the type '${panel.type}' shows one value, and the query finds as many series as there are.`,
      value: expr,
      remedy: 'Aggregate them, as in sum(…), or show them in a table or as bars.',
    }),
  ];
};

const rates = ['rate', 'increase'];

const shortRates = (
  dashboard: ShippedDashboard,
  panel: Loose,
  expr: string,
  { expression, originOf }: Analysis,
  interval: number,
): Result[] => {
  if (!expression) return [];
  return walk(expression).flatMap((call): Result[] => {
    if (call.kind !== 'call' || !rates.includes(call.name) || !call.parameters[0]) return [];
    const selector = bare(call.parameters[0]);
    if (selector.kind !== 'selector' || (selector.range ?? Infinity) >= 4 * interval) return [];
    const end = originOf(selector.to);
    const range = expr.slice(expr.lastIndexOf('[', end), end);
    // What Grafana fills in is long enough.
    if (range.includes('$')) return [];
    return [
      inPanel(dashboard, panel, {
        message: `The range of '${call.name}' is shorter than four scrapes: a single one that fails leaves a gap.`,
        value: range,
        remedy: `Take $__rate_interval, or ${4 * interval}s at the least.`,
      }),
    ];
  });
};
