import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { once } from '../model/once.js';
import { suggest } from '../model/suggestion.js';
import { type Expression, type Selector, walk } from '../promql/expression.js';
import { followLabels } from '../promql/labels.js';
import { anchored } from '../promql/regex.js';
import { type Misuse, misuses } from './query/counter.js';
import { findingAt, type Query, queriesIn } from './query/query.js';
import { type SeriesIndex, seriesIn } from './query/series.js';

type Result = Omit<Finding, 'check'>;

const check: Check = {
  summary:
    'Every metric that a rule or a dashboard asks for is one that a scraped job tells (in the oldest and the newest Kubernetes), a recording rule makes or an application declares; its labels are there where matchers, groupings and matchings name them, and `le` where a quantile is made of buckets; counters are not compared as they are, and rates are made of counters alone. Of the metrics of an application that declares none, a user’s content may ask with a warning.',
  run: (input) => {
    const index = seriesIn(input);
    return queriesIn(input).flatMap((query) => faultsOf(query, index));
  },
};

export default check;

const faultsOf = once((query: Query, index: SeriesIndex): Result[] => {
  const { expression, faults, selectors } = query.analysis;
  if (!expression || faults.length > 0) return [];
  return [
    ...selectors.flatMap((one) => unknownMetric(one, query, index)),
    ...missingLabels(expression, query, index),
    ...misused(expression, query, index),
  ];
});

const unknownMetric = (selector: Selector, query: Query, index: SeriesIndex): Result[] => {
  const { metric, metricSpan, matchers } = selector;
  const { varies } = query.analysis;
  const pattern = matchers.find(({ label }) => label === '__name__');
  if (metric === undefined) {
    if (pattern?.operator !== '=~' || varies(pattern)) return [];
    return unknownPattern(pattern.value, query, pattern, index);
  }
  if (metricSpan && varies(metricSpan)) return [];
  const series = index.of(selector, varies)!;
  const { jobs, tellers, recorded, only } = series;
  // A name with a colon is that of a recording rule, of which the check of the rules tells.
  if (recorded || metric.includes(':')) return [];
  // Which job is meant, and that it is there, is for the check of the jobs.
  if (jobs.length === 0) return [];
  if (tellers.length === 0) return [unknown(metric, selector, query, jobs, index)];
  if (only !== undefined && !isAlternative(selector, query.analysis.expression!)) {
    return [
      findingAt(query, metricSpan!, {
        severity: query.shipped ? 'error' : 'warning',
        message: `Of the Kubernetes releases that are supported, ${only} alone has this metric.`,
        remedy: "Join it with what the other has, by 'or'.",
      }),
    ];
  }
  return [];
};

const unknown = (
  metric: string,
  { metricSpan }: Selector,
  query: Query,
  jobs: SeriesIndex['jobs'],
  index: SeriesIndex,
): Result => {
  const undeclared = jobs.filter((job) => !job.metrics);
  const names = [...jobs.flatMap(index.namesOf), ...index.recordings.keys()];
  const one = jobs.length === 1 ? jobs[0] : undefined;
  if (undeclared.length > 0 && !query.shipped) {
    const applications = undeclared.map(({ name }) => name).join(', ');
    return findingAt(query, metricSpan!, {
      severity: 'warning',
      message: `Whether there is such a metric is not known: ${applications} declares none.`,
      remedy: undeclared.every(({ limit }) => limit !== undefined)
        ? 'See whether its page has it; a party could declare its metrics.'
        : "Declare its metrics: metrics('/metrics', { declares: { … } }).",
    });
  }
  return findingAt(query, metricSpan!, {
    severity: 'error',
    message: one
      ? `The job '${one.name}' has no such metric.`
      : 'No scrape job and no recording rule has such a metric.',
    remedy: 'Ask for a metric that is there, or declare it where it is offered.',
    suggestion: suggest(metric, names),
  });
};

const unknownPattern = (
  pattern: string,
  query: Query,
  span: { readonly from: number; readonly to: number },
  { jobs, namesOf, recordings }: SeriesIndex,
): Result[] => {
  const regex = anchored(pattern);
  const fits = (name: string): boolean => !regex || regex.test(name);
  if (jobs.some((job) => !job.metrics || namesOf(job).some(fits))) return [];
  if ([...recordings.keys()].some(fits)) return [];
  return [
    findingAt(query, span, {
      severity: 'error',
      message: 'No metric has a name of this pattern.',
      remedy: 'Ask for metrics that are there.',
    }),
  ];
};

/** Whether a selector is on a side of an `or`, where the other may have what this one lacks. */
const isAlternative = (selector: Selector, expression: Expression): boolean =>
  walk(expression).some(
    (one) => one.kind === 'binary' && one.operator === 'or' && walk(one).includes(selector),
  );

const missingLabels = (expression: Expression, query: Query, index: SeriesIndex): Result[] => {
  const { varies } = query.analysis;
  const { labels, missing } = followLabels(
    expression,
    (selector) => index.of(selector, varies)?.labels,
    // A chosen value finds nothing without the label; those of Prometheus itself are there once
    // its series are stored with those of others.
    (matcher) => varies(matcher) && !index.externalLabels.has(matcher.label),
  );
  const asked =
    query.label !== undefined && labels && !labels.has(query.label)
      ? [{ label: query.label, by: 'label_values', ...wholeOf(query), known: [...labels].sort() }]
      : [];
  return (
    [...missing, ...asked]
      // Of these the span is more than the name of the label, which alone a variable must not be.
      .filter((one) => !varies(one) || ['matcher', 'histogram_quantile'].includes(one.by))
      .map(({ label, by, known, ...span }) =>
        findingAt(query, span, {
          severity: 'error',
          message:
            by === 'histogram_quantile'
              ? "The buckets have lost their label 'le', without which no quantile can be made."
              : `The series here have no label '${label}', which ${by === 'matcher' ? 'a matcher' : `'${by}'`} asks for.`,
          remedy:
            by === 'histogram_quantile'
              ? 'Keep it: sum by (le, …) (rate(…_bucket[5m])).'
              : `They have ${known.join(', ') || 'none at all'}.`,
          suggestion: suggest(label, known),
        }),
      )
  );
};

const wholeOf = ({ expr }: Query) => ({ from: 0, to: expr.length });

const misused = (expression: Expression, query: Query, index: SeriesIndex): Result[] =>
  misuses(expression, (selector, type) => {
    const types = index.of(selector, query.analysis.varies)?.types;
    return types?.size === 1 && types.has(type);
  }).map((misuse) =>
    findingAt(query, misuse, { severity: query.shipped ? 'error' : 'warning', ...told(misuse) }),
  );

const told = ({ kind, by, selector }: Misuse): Pick<Finding, 'message' | 'remedy'> => {
  const { metric = '' } = selector;
  switch (kind) {
    case 'raw counter':
      return {
        message: `A counter is compared as it is by '${by}': it counts since its process started, and says nothing of now.`,
        remedy: `Compare what it grew by: increase(${metric}[5m]).`,
      };
    case 'rate of a gauge':
      return {
        message: `'${by}' takes every fall of a gauge for a restart of its process.`,
        remedy: by === 'increase' ? 'Use delta() or deriv().' : 'Use deriv().',
      };
    default:
      return {
        message: `'${by}' of a counter is wrong across every restart of its process.`,
        remedy: 'Use increase() or rate().',
      };
  }
};
