import { bucketEdgesOf } from '../../catalogues/catalogue.js';
import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { memoize } from '../../model/memoize.js';
import { ownValue } from '../../model/own-value.js';
import { boundsIn, storedBound } from '../../promql/bucket-bound.js';
import type { Matcher, Selector } from '../../promql/expression.js';
import { matches } from '../../promql/selector.js';
import { faultAt, oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';

const faults = {
  'unstored-bound': {
    what: "Prometheus 3 stores no bucket with this value of 'le'.",
    why: 'It stores bounds as decimal numbers, such as 1.0. The matcher selects nothing: the alert never fires, the panel stays empty.',
    example:
      'sum(rate(apiserver_request_duration_seconds_bucket{job="apiserver", le="1"}[5m])) > 0',
    fix: 'Write the bound as Prometheus stores it.',
  },
  'unknown-bucket': {
    what: 'The histogram has no bucket with this bound.',
    why: 'The matcher selects nothing: the alert never fires, the panel stays empty.',
    example:
      'sum(rate(apiserver_request_duration_seconds_bucket{job="apiserver", le="1000.0"}[5m])) > 0',
    fix: 'Use the bound of a bucket that it has.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    "Every matcher of 'le' selects buckets: its bounds are written as Prometheus 3 stores them, and are between the first and the last bucket of the histogram, as captured from the engine.",
  run: (input) => {
    const index = seriesIn(input);
    return oncePerFile(queriesIn(input), (query) => faultsOf(query, index));
  },
});

export default check;

const faultsOf = memoize((query: Query, index: SeriesIndex): Result[] => {
  if (query.analysis.faults.length > 0 || !/\ble\b/.test(query.expr)) return [];
  return query.analysis.selectors.flatMap((selector) =>
    selector.matchers
      .filter((one) => one.label === 'le' && !query.analysis.varies(one))
      .flatMap((matcher) => matcherFaults(matcher, selector, query, index)),
  );
});

const matcherFaults = (
  matcher: Matcher,
  selector: Selector,
  query: Query,
  index: SeriesIndex,
): Result[] => {
  const isPattern = matcher.operator.endsWith('~');
  const bounds = boundsIn(matcher.value, isPattern);
  const positive: Matcher = { ...matcher, operator: isPattern ? '=~' : '=' };
  const unstored = bounds.find((one) => {
    const stored = storedBound(one);
    return stored !== undefined && matches(positive, stored) === false;
  });
  const known = isHistogram(selector, query, index);
  if (unstored !== undefined) {
    const stored = storedBound(unstored)!;
    return [
      faultAt(query, matcher, {
        fault: 'unstored-bound',
        // An application whose metrics nobody knows may state no types: then the bound is stored as it is.
        ...((!known || matcher.operator.startsWith('!')) && { severity: 'warning' }),
        message: `Prometheus 3 stores the bound '${unstored}' as '${stored}', so that no bucket has the value '${unstored}'.`,
        suggestion: isPattern
          ? `le${matcher.operator}"${bounds.map((one) => storedBound(one) ?? one).join('|')}"`
          : `le${matcher.operator}"${stored}"`,
      }),
    ];
  }
  const edges = known && bucketEdgesOf(selector.metric!.replace(/_bucket$/, ''));
  if (!edges || matcher.operator.startsWith('!')) return [];
  const [[first], [last]] = [edges.first, edges.last];
  const strange = bounds.find((one) => {
    const bound = Number(one);
    return Number.isFinite(bound) && bound !== 0 && (bound < first || bound > last);
  });
  return strange === undefined
    ? []
    : [
        faultAt(query, matcher, {
          fault: 'unknown-bucket',
          message: `The histogram has no bucket with the bound ${strange}: its finite buckets are from ${first} to ${last}.`,
          remedy: `Use a bound from ${first} to ${last}, or +Inf.`,
        }),
      ];
};

/** Whether the series are surely buckets, whose page states that they are. */
const isHistogram = (selector: Selector, query: Query, index: SeriesIndex): boolean => {
  const { exposing = [] } = index.of(selector, query.analysis.varies) ?? {};
  const [family = ''] = /.+(?=_bucket$)/.exec(selector.metric ?? '') ?? [];
  return exposing.some(({ metrics = {} }) => ownValue(metrics, family)?.type === 'histogram');
};
