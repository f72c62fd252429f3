import { defineCheck } from '../../model/check.js';
import { memoize } from '../../model/memoize.js';
import { type Expression, type Selector, walk } from '../../promql/expression.js';
import { anchored } from '../../promql/regex.js';
import { faultAt, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { type Misuse, misuses } from './metrics/counter.js';
import { faults, type Result } from './metrics/faults.js';
import { missingLabels } from './metrics/label.js';
import { recordedMetrics } from './metrics/recorded.js';
import { unknownMetrics } from './metrics/unknown.js';

const check = defineCheck({
  faults,
  summary:
    'Every metric that a rule, a dashboard or a runbook uses is exposed by a scraped job (in the oldest and the newest supported Kubernetes), recorded by a rule, or declared by an application. The series have the labels of matchers, groupings and matchings, and `le` for a quantile of buckets. Counters are not compared directly, and rates are calculated only of counters. A metric that a job without declared metrics may have is a warning, as are unknown metrics of imported content: one for each file.',
  run: (input) => {
    const index = seriesIn(input);
    const queries = queriesIn(input);
    return [
      ...recordedMetrics(index),
      ...queries.flatMap((query) => faultsOf(query, index)),
      ...byFile(queries).flatMap((ofFile) => [
        ...unknownMetrics(ofFile, index),
        ...missingLabels(ofFile, index),
      ]),
    ];
  },
});

export default check;

const byFile = (queries: readonly Query[]): readonly (readonly Query[])[] => {
  const files = new Map<string, Query[]>();
  for (const query of queries) {
    const name = query.owner.file ?? query.owner.object ?? '';
    const known = files.get(name);
    if (known) known.push(query);
    else files.set(name, [query]);
  }
  return [...files.values()];
};

const faultsOf = memoize((query: Query, index: SeriesIndex): Result[] => {
  const { expression, faults, selectors } = query.analysis;
  if (!expression || faults.length > 0) return [];
  return [
    ...selectors.flatMap((one) => [
      ...unknownPattern(one, query, index),
      ...oneRelease(one, expression, query, index),
    ]),
    ...misused(expression, query, index),
  ];
});

const oneRelease = (
  selector: Selector,
  expression: Expression,
  query: Query,
  index: SeriesIndex,
): Result[] => {
  const { metricSpan } = selector;
  const { varies } = query.analysis;
  const { only } = index.of(selector, varies) ?? {};
  if (
    !metricSpan ||
    varies(metricSpan) ||
    only === undefined ||
    isAlternative(selector, expression)
  )
    return [];
  return [
    faultAt(query, metricSpan, {
      fault: 'one-release-only',
      message: `Only Kubernetes ${only} of the supported releases has this metric.`,
    }),
  ];
};

const unknownPattern = (
  { metric, matchers }: Selector,
  query: Query,
  { jobs, namesOf, recordings }: SeriesIndex,
): Result[] => {
  const pattern = matchers.find(({ label }) => label === '__name__');
  if (metric !== undefined || pattern?.operator !== '=~' || query.analysis.varies(pattern)) {
    return [];
  }
  const regex = anchored(pattern.value);
  const fits = (name: string): boolean => !regex || regex.test(name);
  if (jobs.some((job) => !job.metrics || namesOf(job).some(fits))) return [];
  if ([...recordings.keys()].some(fits)) return [];
  return [
    faultAt(query, pattern, {
      ...(query.imported && { severity: 'warning' }),
      fault: 'unknown-pattern',
    }),
  ];
};

/** Whether a selector is an operand of `or`, so that the other operand can replace it. */
const isAlternative = (selector: Selector, expression: Expression): boolean =>
  walk(expression).some(
    (one) => one.kind === 'binary' && one.operator === 'or' && walk(one).includes(selector),
  );

const misused = (expression: Expression, query: Query, index: SeriesIndex): Result[] =>
  misuses(expression, (selector, type) => {
    const types = index.of(selector, query.analysis.varies)?.types;
    return types?.size === 1 && types.has(type);
  }).map((misuse) => faultAt(query, misuse, described(misuse)));

const described = ({
  kind,
  by,
  selector,
}: Misuse): Pick<Result, 'fault' | 'message' | 'remedy'> => {
  const { metric = '' } = selector;
  switch (kind) {
    case 'raw counter':
      return {
        fault: 'raw-counter',
        message: `'${by}' compares the value of a counter directly.`,
        remedy: `Compare its increase: increase(${metric}[5m]).`,
      };
    case 'rate of a gauge':
      return {
        fault: 'rate-of-gauge',
        message: `'${by}' is calculated of a gauge.`,
        remedy: by === 'increase' ? 'Use delta() or deriv().' : 'Use deriv().',
      };
    default:
      return { fault: 'delta-of-counter', message: `'${by}' is calculated of a counter.` };
  }
};
