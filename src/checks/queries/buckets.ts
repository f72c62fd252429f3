import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { memoize } from '../../model/memoize.js';
import { ownValue } from '../../model/own-value.js';
import { boundsIn, storedBound } from '../../promql/bucket-bound.js';
import type { Matcher, Selector } from '../../promql/expression.js';
import { matches } from '../../promql/selector.js';
import type { Job } from '../support/query/job.js';
import { faultAt, oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { missingBucket } from './buckets/missing.js';

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
      'sum(rate(apiserver_request_duration_seconds_bucket{job="apiserver", le="0.33"}[5m])) > 0',
    fix: 'Use the bound of a bucket that it has.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    "Every matcher of 'le' selects buckets: its bounds are written as Prometheus 3 stores them, and are those of buckets that the histogram has, as captured from the engine.",
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
  const family = selector.metric?.replace(/_bucket$/, '') ?? '';
  const exposing = exposingIn(family, selector, query, index);
  const selects = (one: string): boolean =>
    matches(positive, storedBound(one) ?? one) !== false &&
    (!Number.isFinite(Number(one)) || missingBucket(family, Number(one), exposing) === undefined);
  // The other bounds of the list select buckets: part of the result is missing.
  const isPart = bounds.some(selects);
  if (unstored !== undefined) {
    const stored = storedBound(unstored)!;
    return [
      faultAt(query, matcher, {
        fault: 'unstored-bound',
        // An application whose metrics nobody knows may state no types: then the bound is stored as it is.
        ...((exposing.length === 0 || isPart || matcher.operator.startsWith('!')) && {
          severity: 'warning',
        }),
        message: `Prometheus 3 stores the bound '${unstored}' as '${stored}', so that no bucket has the value '${unstored}'.`,
        suggestion: isPattern
          ? `le${matcher.operator}"${bounds.map((one) => storedBound(one) ?? one).join('|')}"`
          : `le${matcher.operator}"${stored}"`,
      }),
    ];
  }
  if (exposing.length === 0 || matcher.operator.startsWith('!')) return [];
  for (const one of bounds) {
    const bound = Number(one);
    if (one === '' || !Number.isFinite(bound)) continue;
    const missing = missingBucket(family, bound, exposing);
    if (!missing) continue;
    return [
      faultAt(query, matcher, {
        fault: 'unknown-bucket',
        ...(isPart && { severity: 'warning' }),
        message: `The histogram has no bucket with the bound ${one}: ${missing.why}.`,
        remedy: missing.remedy,
      }),
    ];
  }
  return [];
};

/** The jobs whose page states that the series are buckets of a histogram. */
const exposingIn = (
  family: string,
  selector: Selector,
  query: Query,
  index: SeriesIndex,
): readonly Job[] => {
  if (selector.metric !== `${family}_bucket`) return [];
  const { exposing = [] } = index.of(selector, query.analysis.varies) ?? {};
  return exposing.filter(({ metrics = {} }) => ownValue(metrics, family)?.type === 'histogram');
};
