import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { once } from '../model/once.js';
import { suggest } from '../model/suggestion.js';
import type { Selector } from '../promql/expression.js';
import { matches } from '../promql/selector.js';
import { findingAt, type Query, queriesIn } from './query/query.js';
import { type SeriesIndex, seriesIn } from './query/series.js';

type Result = Omit<Finding, 'check'>;

const check: Check = {
  summary:
    'Every job that a rule or a dashboard asks for is scraped in the environment, and no relabelling of a job drops the series that are asked of it.',
  run: (input) => {
    const index = seriesIn(input);
    return queriesIn(input).flatMap((query) => faultsOf(query, index));
  },
};

export default check;

const faultsOf = once((query: Query, index: SeriesIndex): Result[] => {
  const { faults, selectors } = query.analysis;
  if (faults.length > 0) return [];
  return selectors.flatMap((selector) => [
    ...unscraped(selector, query, index),
    ...dropped(selector, query, index),
  ]);
});

const unscraped = ({ matchers }: Selector, query: Query, { jobs }: SeriesIndex): Result[] => {
  const asked = matchers.filter(
    (one) =>
      one.label === 'job' &&
      !one.operator.startsWith('!') &&
      !query.analysis.varies(one) &&
      one.value !== '',
  );
  if (asked.length === 0) return [];
  const names = jobs.map(({ name }) => name);
  return asked
    .filter((one) => names.every((name) => matches(one, name) === false))
    .map((one) =>
      findingAt(query, one, {
        severity: 'error',
        message: 'No such job is scraped in this environment.',
        remedy: `There are ${names.join(', ')}.`,
        suggestion: suggest(one.value, names),
      }),
    );
};

const dropped = (selector: Selector, query: Query, index: SeriesIndex): Result[] => {
  const { metric } = selector;
  if (metric === undefined) return [];
  const { tellers = [] } = index.of(selector, query.analysis.varies) ?? {};
  const losers = tellers.filter((job) => !job.keeps(metric));
  // Where several jobs tell it, some may be kept short.
  if (losers.length === 0 || losers.length < tellers.length) return [];
  return [
    findingAt(query, selector.metricSpan!, {
      severity: 'error',
      message: `The job '${losers[0]!.name}' drops this metric before it is stored.`,
      remedy: 'Keep it in metric_relabel_configs of that job.',
    }),
  ];
};
