import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { memoize } from '../../model/memoize.js';
import { type Expression, walk } from '../../promql/expression.js';
import { type Ranged, rangedIn } from '../../promql/ranges.js';
import { faultAt, oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import { type SampleIntervals, sampleIntervalsIn } from '../support/query/sample-interval.js';

const faults = {
  'rate-too-short': {
    what: 'The range of a rate is shorter than two scrapes.',
    why: 'It needs two samples, so that it has no value, or one only now and then: the alert never fires, the panel has gaps.',
    example:
      'rate(prometheus_http_requests_total{job="prometheus"}[30s]) > 5   # scraped every 30s',
    fix: 'Use a range of at least four scrapes; in a dashboard, $__rate_interval.',
  },
  'short-range': {
    what: 'The range of a function is so short that one failed scrape leaves it without a value.',
    why: 'An alert starts again after each gap, and a graph has gaps.',
    example: 'rate(prometheus_http_requests_total{job="prometheus"}[1m]) > 5   # scraped every 30s',
    fix: 'Use a range of at least four scrapes; in a dashboard, $__rate_interval.',
    severity: 'warning',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    "The range of a rate covers at least two scrapes of the jobs that have the metric, or two evaluations of the rule that records it, and a warning says if it is less than four. Grafana's own ranges are long enough.",
  run: (input) => {
    const intervals = sampleIntervalsIn(input);
    return oncePerFile(queriesIn(input), (query) => faultsOf(query, intervals));
  },
});

export default check;

// Grafana and the user choose the values of variables.
const fixedRange = /\[\s*[\d.]/;

const faultsOf = memoize((query: Query, intervals: SampleIntervals): Result[] => {
  const { expression, faults, originOf } = query.analysis;
  // A runbook is the same for all intervals.
  if (!expression || faults.length > 0 || query.ofRunbook || !fixedRange.test(query.expr))
    return [];
  return rangedIn(expression).flatMap((one): Result[] => {
    const { selector, range, needs, call } = one;
    const end = originOf(selector.to);
    const written = query.expr.slice(query.expr.lastIndexOf('[', end), end);
    // Grafana and the user choose the values of variables.
    if (written.includes('$')) return [];
    const interval = intervals.of(selector, query);
    if (interval === undefined || range >= interval * (needs === 2 ? 4 : 1)) return [];
    const short = needs === 2 && range < 2 * interval;
    const span = { from: selector.to - (end - query.expr.lastIndexOf('[', end)), to: selector.to };
    return [
      faultAt(query, span, {
        fault: short ? 'rate-too-short' : 'short-range',
        // A panel that never has a value is an error in dashboards of others too.
        ...(short && range <= interval && !hasAlternative(expression) && { severity: 'error' }),
        message: `${describe(one, interval)}: '${call.name}' ${needs === 2 ? 'needs two samples' : 'has no value between two samples'}.`,
        remedy: `Use a range of at least ${(needs === 2 ? 4 : 2) * interval}s${query.rule ? '' : ', or $__rate_interval'}.`,
      }),
    ];
  });
});

const hasAlternative = (expression: Expression): boolean =>
  walk(expression).some((one) => one.kind === 'binary' && one.operator === 'or');

const describe = ({ range, needs }: Ranged, interval: number): string => {
  const what = 'The range is shorter than';
  const samples = `(one every ${interval}s)`;
  if (needs === 1) return `${what} one scrape ${samples}`;
  if (range <= interval) return `${what} two scrapes, and has one sample at most ${samples}`;
  return range < 2 * interval
    ? `${what} two scrapes ${samples}`
    : `${what} four scrapes ${samples}, so that a failed scrape leaves a gap`;
};
