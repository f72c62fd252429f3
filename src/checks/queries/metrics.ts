import { catalogueNames, findCatalogue } from '../../catalogues/catalogue.js';
import { defineCheck } from '../../model/check.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { type Expression, type Selector, walk } from '../../promql/expression.js';
import { followLabels } from '../../promql/labels.js';
import { anchored } from '../../promql/regex.js';
import { faultAt, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { type Misuse, misuses } from './metrics/counter.js';
import { faults, type Result } from './metrics/faults.js';

const check = defineCheck({
  faults,
  summary:
    'Every metric that a rule, a dashboard or a runbook uses is exposed by a scraped job (in the oldest and the newest supported Kubernetes), recorded by a rule, or declared by an application. The series have the labels of matchers, groupings and matchings, and `le` for a quantile of buckets. Counters are not compared directly, and rates are calculated only of counters. For metrics of an application that declares none, user content gets a warning.',
  run: (input) => {
    const index = seriesIn(input);
    return queriesIn(input).flatMap((query) => faultsOf(query, index));
  },
});

export default check;

const faultsOf = memoize((query: Query, index: SeriesIndex): Result[] => {
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
  const { jobs, exposing, recorded, only } = series;
  // A name with a colon is a recording rule; the check `rules` reports unknown ones.
  if (recorded || metric.includes(':')) return [];
  // The check `jobs` reports unknown jobs.
  if (jobs.length === 0) return [];
  if (exposing.length === 0 && query.ofRunbook && isCaptured(metric)) return [];
  if (exposing.length === 0) return [unknown(metric, selector, query, jobs, index)];
  if (only !== undefined && !isAlternative(selector, query.analysis.expression!)) {
    return [
      faultAt(query, metricSpan!, {
        severity: query.shipped ? 'error' : 'warning',
        fault: 'one-release-only',
        message: `Only Kubernetes ${only} of the supported releases has this metric.`,
      }),
    ];
  }
  return [];
};

/** Whether any catalogue has the metric: a runbook is the same in environments that do not scrape its job. */
const isCaptured = memoizeText((metric): boolean =>
  catalogueNames().some((name) => {
    const { metrics = {} } = findCatalogue(name) ?? {};
    return metric in metrics || metric.replace(/_(bucket|sum|count)$/, '') in metrics;
  }),
);

const unknown = (
  metric: string,
  { metricSpan }: Selector,
  query: Query,
  jobs: SeriesIndex['jobs'],
  index: SeriesIndex,
): Result => {
  const undeclared = jobs.filter((job) => !job.metrics);
  const names = [...jobs.flatMap((job) => index.namesOf(job)), ...index.recordings.keys()];
  const one = jobs.length === 1 ? jobs[0] : undefined;
  if (undeclared.length > 0 && !query.shipped) {
    const applications = undeclared.map(({ name }) => name).join(', ');
    return faultAt(query, metricSpan!, {
      fault: 'undeclared-metrics',
      message: `The metric may not exist: ${applications} declares no metrics.`,
      remedy: undeclared.every(({ limit }) => limit !== undefined)
        ? 'Check whether its page has it. A party can declare its metrics.'
        : "Declare its metrics: metrics('/metrics', { declares: { … } }).",
    });
  }
  return faultAt(query, metricSpan!, {
    fault: 'unknown-metric',
    message: one
      ? `The job '${one.name}' does not have this metric.`
      : 'No scrape job and no recording rule has this metric.',
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
    faultAt(query, span, {
      fault: 'unknown-pattern',
    }),
  ];
};

/** Whether a selector is an operand of `or`, so that the other operand can replace it. */
const isAlternative = (selector: Selector, expression: Expression): boolean =>
  walk(expression).some(
    (one) => one.kind === 'binary' && one.operator === 'or' && walk(one).includes(selector),
  );

const missingLabels = (expression: Expression, query: Query, index: SeriesIndex): Result[] => {
  const { varies } = query.analysis;
  const { labels, missing } = followLabels(
    expression,
    (selector) => index.of(selector, varies)?.labels,
    // The value of a variable matches nothing without the label. External labels exist after the
    // series are stored with those of other servers.
    (matcher) => varies(matcher) && !index.externalLabels.has(matcher.label),
  );
  const queried =
    query.label !== undefined && labels && !labels.has(query.label)
      ? [{ label: query.label, by: 'label_values', ...wholeOf(query), known: [...labels].sort() }]
      : [];
  // Alerts have different labels, and an environment may lack those with one of them.
  const joinsAlerts = query.analysis.selectors.every(({ metric = '' }) => /^ALERTS/.test(metric));
  return (
    [...missing, ...queried]
      .filter(({ by }) => by !== 'label_join' || !joinsAlerts)
      // In these two cases the span is more than the name of the label, so it may contain a variable.
      .filter((one) => !varies(one) || ['matcher', 'histogram_quantile'].includes(one.by))
      .map(({ label, by, known, ...span }) =>
        faultAt(query, span, {
          ...(by === 'histogram_quantile'
            ? { fault: 'lost-bucket-label' }
            : {
                fault: 'missing-label',
                message: `The series have no label '${label}', which ${by === 'matcher' ? 'a matcher' : `'${by}'`} uses.`,
                remedy: `Use one of ${known.join(', ') || 'none: they have no labels'}.`,
              }),
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
    faultAt(query, misuse, { severity: query.shipped ? 'error' : 'warning', ...described(misuse) }),
  );

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
