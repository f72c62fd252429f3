import { findCatalogue } from '../../../catalogues/catalogue.js';
import { isOfAnEngine, meantBy } from '../../../catalogues/meant.js';
import { hasSeries } from '../../../catalogues/series.js';
import { memoize } from '../../../model/memoize.js';
import { meantTexts, suggest } from '../../../model/suggestion.js';
import type { Selector } from '../../../promql/expression.js';
import { whyAbsent } from '../../support/query/absence.js';
import { isFromElsewhere } from '../../support/query/job.js';
import { faultAt, type Query } from '../../support/query/query.js';
import type { SeriesIndex } from '../../support/query/series.js';
import type { Result } from './faults.js';
import { excludesByLabels, remedyOfObjectLabels } from './object-labels.js';

/** A metric that no scraped job is known to have. */
interface Unknown {
  readonly query: Query;
  readonly selector: Selector;
  readonly metric: string;
  /** The jobs that may have it, because they do not declare their metrics. */
  readonly undeclared: readonly string[];
}

/**
 * Unknown metrics of a file. Only in our own content, and only if all jobs declare their metrics, is
 * one certainly a mistake; all others are one warning.
 */
export const unknownMetrics = (ofFile: readonly Query[], index: SeriesIndex): Result[] => {
  const all = ofFile.flatMap((query) => unknownIn(query, index));
  if (all.length === 0) return [];
  const certain = all.filter(({ query, undeclared }) => !query.imported && !undeclared.length);
  const doubtful = all.filter((one) => !certain.includes(one));
  return [
    ...certain.map((one) => faultOf(one, index)),
    ...(['of another job', 'unknown-metric', 'undeclared-metrics'] as const).flatMap((kind) =>
      summaryOf(
        doubtful.filter((one) => kindOf(one, index) === kind),
        ofFile,
        index,
      ),
    ),
  ];
};

const kindOf = (one: Unknown, index: SeriesIndex) =>
  holdersOf(one, index).length > 0 ? 'of another job' : faultFor(one);

/** The jobs here that have a metric, if the selector selects others: in other stacks, `kubelet` has what `cadvisor` has here. */
const holdersOf = (
  { query, selector, metric, undeclared }: Unknown,
  index: SeriesIndex,
): readonly string[] => {
  if (undeclared.length > 0) return [];
  const { jobs } = index.of(selector, query.analysis.varies)!;
  // Its relabelling keeps what queries of the job use.
  const holders = index.jobs.filter(
    (job) => !jobs.includes(job) && hasSeries(job.metrics ?? {}, metric),
  );
  return [...new Set(holders.map(({ name }) => name))];
};

const selecting = (jobs: readonly string[]): { readonly remedy: string } => ({
  remedy: `Select the job that has it here: ${jobs.map((job) => `job="${job}"`).join(' or ')}.`,
});

const faultFor = ({ undeclared }: Unknown): 'unknown-metric' | 'undeclared-metrics' =>
  undeclared.length > 0 ? 'undeclared-metrics' : 'unknown-metric';

const unknownIn = memoize((query: Query, index: SeriesIndex): readonly Unknown[] => {
  const { faults, selectors, varies } = query.analysis;
  if (faults.length > 0) return [];
  return selectors.flatMap((selector): Unknown | [] => {
    const { metric, metricSpan } = selector;
    if (metric === undefined || (metricSpan && varies(metricSpan))) return [];
    const { jobs, exposing, recorded } = index.of(selector, varies)!;
    // The check `jobs` reports unknown jobs.
    if (recorded || jobs.length === 0 || exposing.length > 0) return [];
    // A name with a colon is a recording rule; the check `rules` reports unknown ones in our own content.
    const ofRule = metric.includes(':');
    if (ofRule && !query.imported && !index.jobs.some(isFromElsewhere)) return [];
    // A runbook is the same in environments that do not scrape its job.
    const { ofRunbook } = query;
    if (ofRunbook && (isOfAnEngine(metric) || ofRunbook.recordings.has(metric))) return [];
    const open = jobs.filter((job) => (ofRule ? isFromElsewhere(job) : !job.metrics));
    // A job without declared metrics that has the name of an engine scrapes that engine.
    if (open.some((job) => hasSeries(findCatalogue(job.name)?.metrics ?? {}, metric))) return [];
    return { query, selector, metric, undeclared: open.map(({ name }) => name) };
  });
});

const faultOf = (unknown: Unknown, index: SeriesIndex): Result => {
  const { query, selector, metric } = unknown;
  const { jobs } = index.of(selector, query.analysis.varies)!;
  const one = jobs.length === 1 ? jobs[0] : undefined;
  const holders = holdersOf(unknown, index);
  return faultAt(query, selector.metricSpan!, {
    fault: 'unknown-metric',
    ...whyAbsent(query, selector),
    ...remedyOfObjectLabels(metric),
    ...(excludesByLabels(selector, query.analysis.expression) && excludesNothing),
    ...(holders.length > 0
      ? selecting(holders)
      : { suggestion: suggest(metric, namesIn(index, jobs)) }),
    message: messageOf(one?.name, holders),
  });
};

const messageOf = (job: string | undefined, holders: readonly string[]): string => {
  if (job !== undefined) return `The job '${job}' does not have this metric.`;
  return holders.length > 0
    ? 'The selected jobs do not have this metric.'
    : 'No scrape job and no recording rule has this metric.';
};

const excludesNothing = {
  severity: 'warning',
  why: "'unless' excludes nothing.",
} as const;

const namesIn = (index: SeriesIndex, jobs: SeriesIndex['jobs']): string[] => [
  ...jobs.flatMap((job) => index.namesOf(job)),
  ...index.recordings.keys(),
];

const mostNamed = 5;

/** One warning about all metrics of a file with the same fault. */
const summaryOf = (
  unknown: readonly Unknown[],
  ofFile: readonly Query[],
  index: SeriesIndex,
): Result[] => {
  const [first] = unknown;
  if (!first) return [];
  const fault = faultFor(first);
  const metrics = [...new Set(unknown.map(({ metric }) => metric))];
  const jobs = [...new Set(unknown.flatMap(({ undeclared }) => undeclared))];
  const [metric] = metrics;
  const holders = [...new Set(unknown.flatMap((one) => holdersOf(one, index)))];
  if (metric && metrics.length === 1 && holders.length > 0) {
    return [{ ...faultOf(first, index), severity: 'warning' }];
  }
  if (metric && metrics.length === 1) {
    return [
      faultAt(first.query, first.selector.metricSpan!, {
        severity: 'warning',
        fault,
        ...whyAbsent(
          first.query,
          first.selector,
          jobs.length > 0 ? 'If it does not exist' : undefined,
        ),
        ...(jobs.length === 0 && remedyOfObjectLabels(metric)),
        ...(jobs.length > 0 && { message: `The metric may not exist: ${declare(jobs)}.` }),
        suggestion: suggest(metric, namesIn(index, index.jobs)),
      }),
    ];
  }
  const all = new Set(ofFile.flatMap(metricsOf));
  const rest = metrics.length - mostNamed;
  const named = `${metrics.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const meant = metrics.flatMap((name) => {
    const one = meantBy(name);
    return one === undefined ? [] : [[name, one] as const];
  });
  const { message, ...texts } = meantTexts(Object.fromEntries(meant));
  const reason = reasonOf(jobs, holders);
  return [
    {
      severity: 'warning',
      fault,
      place: first.query.owner,
      message: `${metrics.length} of ${all.size} metrics ${reason}: ${named}.${message}`,
      ...texts,
      ...(holders.length > 0 && selecting(holders)),
    },
  ];
};

const reasonOf = (undeclared: readonly string[], holders: readonly string[]): string => {
  if (holders.length > 0) return 'come from other jobs here than the queries select';
  return undeclared.length > 0
    ? `may not exist, because ${declare(undeclared)}`
    : 'come from no scrape job and no recording rule here';
};

const declare = (jobs: readonly string[]): string =>
  jobs.length === 1
    ? `${jobs[0]} declares no metrics`
    : `${jobs.slice(0, mostNamed).join(', ')}${jobs.length > mostNamed ? ` and ${jobs.length - mostNamed} more` : ''} declare no metrics`;

const metricsOf = ({ analysis: { selectors, varies } }: Query): string[] =>
  selectors.flatMap(({ metric, metricSpan }) =>
    metric === undefined || (metricSpan && varies(metricSpan)) ? [] : metric,
  );
