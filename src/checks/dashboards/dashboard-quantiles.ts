import { bucketEdgesOf } from '../../catalogues/catalogue.js';
import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { type Analysis, analyse } from '../../promql/analyse.js';
import { asksPrometheus, samplesOf } from '../../promql/dashboard.js';
import { bare, type Call, type Selector, selectorsOf, walk } from '../../promql/expression.js';
import { dashboardsIn, inPanel } from '../support/dashboard.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { listOf } from '../support/untyped.js';

const faults = {
  'first-bucket': {
    what: 'The quantile is always in the first bucket of the histogram.',
    why: 'The panel always shows the same share of the bound of this bucket.',
    example:
      'histogram_quantile(0.5, sum by (le) (rate(apiserver_delegated_authn_request_duration_seconds_bucket[5m])))',
    fix: 'Show the mean, the rate of _sum divided by the rate of _count, or the share of observations above a bound.',
    severity: 'warning',
  },
  'last-bucket': {
    what: 'The quantile is always above the last bucket of the histogram.',
    why: 'The panel always shows the bound of this bucket.',
    example:
      'histogram_quantile(0.9, sum by (le) (rate(kubelet_pod_status_sync_duration_seconds_bucket[5m])))',
    fix: 'Show the mean, the rate of _sum divided by the rate of _count, or the share of observations above a bound.',
    severity: 'warning',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'A quantile that a dashboard shows is between the buckets of its histogram. In the first bucket it is always the same share of its bound, and above the last one always the bound. The distribution of observations was captured on a live cluster.',
  run: (input) => {
    const index = seriesIn(input);
    return (
      dashboardsIn(input)
        // The author of an imported dashboard knows the buckets of its histograms.
        .filter(({ severity }) => severity === undefined)
        .flatMap((dashboard) => {
          const variables = samplesOf(dashboard.json);
          return dashboard.panels.flatMap((panel) =>
            listOf(panel.targets).flatMap((target) => {
              const { expr } = target;
              if (typeof expr !== 'string' || !expr.includes('histogram_quantile')) return [];
              if (!asksPrometheus(target, panel)) return [];
              const { expression, originOf, varies } = analyse(expr, variables);
              return (expression ? walk(expression) : [])
                .filter((one): one is Call => one.kind === 'call')
                .filter(({ name }) => name === 'histogram_quantile')
                .flatMap((call): Result[] => {
                  const found = faultOf(call, (one) => isOfEngine(one, varies, index));
                  if (!found) return [];
                  const value = expr.slice(originOf(call.from), originOf(call.to));
                  return [inPanel(dashboard, panel, { ...found, value })];
                });
            }),
          );
        })
    );
  },
});

export default check;

/** Whether only engines whose metrics are known expose a histogram: an application has its own distribution. */
const isOfEngine = (
  selector: Selector,
  varies: Analysis['varies'],
  index: SeriesIndex,
): boolean => {
  const { exposing = [] } = index.of(selector, varies) ?? {};
  return exposing.every(({ metrics }) => metrics !== undefined);
};

const faultOf = (
  { parameters: [quantile, histogram] }: Call,
  isKnown: (selector: Selector) => boolean,
): Pick<Result, 'fault' | 'message'> | undefined => {
  const at = quantile && bare(quantile);
  if (at?.kind !== 'number' || !histogram) return undefined;
  const wanted = Number(at.value);
  for (const selector of selectorsOf(histogram)) {
    const { metric = '' } = selector;
    const edges = bucketEdgesOf(metric.replace(/_bucket$/, ''));
    if (!edges || !isKnown(selector)) continue;
    const [[first, below], [last, within]] = [edges.first, edges.last];
    const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
    if (below >= wanted) {
      return {
        fault: 'first-bucket',
        message: `The quantile is in the first bucket of ${metric}: ${percent(below)} of the observations are up to ${first}, so the panel always shows about ${Number((first * wanted).toPrecision(3))}.`,
      };
    }
    if (within < wanted) {
      return {
        fault: 'last-bucket',
        message: `The quantile is above the last bucket of ${metric}: ${percent(1 - within)} of the observations are above ${last}, which is all that the panel shows.`,
      };
    }
  }
  return undefined;
};
