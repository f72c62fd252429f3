import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { suggest } from '../../model/suggestion.js';
import { type Selector, selectorsOf, walk } from '../../promql/expression.js';
import { matches } from '../../promql/selector.js';
import { whyAbsent } from '../support/query/absence.js';
import { faultAt, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';

const faults = {
  'unknown-job': {
    what: 'No scrape job of this environment has this name.',
    why: 'The query returns nothing: the alert never fires, the panel stays empty.',
    example: 'up{job="promtheus"} == 0',
    fix: 'Use the name of a scrape job.',
  },
  'dropped-metric': {
    what: 'The scrape job drops this metric before it is stored.',
    why: 'The query returns nothing: the alert never fires, the panel stays empty.',
    example:
      'metric_relabel_configs:\n  - { action: drop, source_labels: [__name__], regex: alertmanager_notifications_total }   # which an alert uses',
    fix: 'Keep it in metric_relabel_configs of that job.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'Every scrape job that a rule, a dashboard or a runbook uses exists in the environment, and no relabelling of a job drops a series that is used.',
  run: (input) => {
    const index = seriesIn(input);
    const queries = queriesIn(input);
    const [imported, own] = [true, false].map((is) => queries.filter((one) => one.imported === is));
    const faultsIn = (query: Query) => faultsOf(query, index, input.absentJobs);
    return [...own!.flatMap(faultsIn), ...onePerFile(imported!.flatMap(faultsIn))];
  },
});

export default check;

/** The faults of imported content are warnings: each value once for each file. */
const onePerFile = (results: readonly Result[]): Result[] => {
  const first = new Map<string, Result>();
  for (const result of results) {
    const key = `${result.place.file} ${result.fault} ${result.value}`;
    if (!first.has(key)) first.set(key, { ...result, severity: 'warning' });
  }
  return [...first.values()];
};

const faultsOf = (query: Query, index: SeriesIndex, absentJobs: readonly string[]): Result[] => {
  const { faults, selectors } = query.analysis;
  if (faults.length > 0) return [];
  return selectors.flatMap((selector) => [
    ...unscraped(selector, query, index, absentJobs),
    ...dropped(selector, query, index),
  ]);
};

const unscraped = (
  selector: Selector,
  query: Query,
  { jobs }: SeriesIndex,
  absentJobs: readonly string[],
): Result[] => {
  const { matchers } = selector;
  const onJob = matchers.filter(
    (one) =>
      one.label === 'job' &&
      !one.operator.startsWith('!') &&
      !query.analysis.varies(one) &&
      one.value !== '',
  );
  const names = jobs.map(({ name }) => name);
  // Without jobs, the file of Prometheus has a fault, or the Prometheus is an external one.
  if (onJob.length === 0 || names.length === 0 || jobs.some(({ renames }) => renames)) return [];
  return (
    onJob
      .filter((one) => names.every((name) => matches(one, name) === false))
      .filter(
        (one) => !absentJobs.some((name) => matches(one, name)) || !isAlternative(selector, query),
      )
      // A runbook is the same in all environments: only a misspelt job is a fault.
      .filter((one) => !query.ofRunbook || suggest(one.value, names) !== undefined)
      .map((one) => {
        const renamed = jobs.find(
          ({ scrapeJob, name }) => scrapeJob === one.value && name !== scrapeJob,
        );
        // Results that programs send have no job.
        const known = names.filter((name) => name !== '');
        return faultAt(query, one, {
          fault: 'unknown-job',
          ...(renamed && {
            message: `The scrape job '${one.value}' sets the label job of its series to '${renamed.name}'.`,
          }),
          ...whyAbsent(query, selector),
          remedy: `Use one of ${known.join(', ')}.`,
          suggestion: renamed?.name ?? suggest(one.value, known),
        });
      })
  );
};

/** Whether the query has results without the selector, because the selector is an operand of `or`. */
const isAlternative = (selector: Selector, { analysis: { expression } }: Query): boolean =>
  expression !== undefined &&
  walk(expression).some(
    (one) => one.kind === 'binary' && one.operator === 'or' && selectorsOf(one).includes(selector),
  );

const dropped = (selector: Selector, query: Query, index: SeriesIndex): Result[] => {
  const { metric } = selector;
  if (metric === undefined) return [];
  const { exposing = [] } = index.of(selector, query.analysis.varies) ?? {};
  const dropping = exposing.filter((job) => !job.keeps(metric));
  // If several jobs expose the metric, some may drop it.
  if (dropping.length === 0 || dropping.length < exposing.length) return [];
  return [
    faultAt(query, selector.metricSpan!, {
      fault: 'dropped-metric',
      message: `The job '${dropping[0]!.name}' drops this metric before it is stored.`,
      remedy: query.ofRunbook
        ? `Use a metric that is stored, or add this one to prometheus.keep of '${dropping[0]!.name}'.`
        : 'Keep it in metric_relabel_configs of that job.',
    }),
  ];
};
