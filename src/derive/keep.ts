import { findCatalogue } from '../catalogues/catalogue.js';
import { hasSeries } from '../catalogues/series.js';
import { type Connection, connectionsFor } from '../model/connection.js';
import type { SelectedContent } from '../model/content.js';
import type { Finding } from '../model/finding.js';
import { memoize } from '../model/memoize.js';
import { jobNameOf, type Keep, type MetricsOffer } from '../model/offer.js';
import { ownValue } from '../model/own-value.js';
import type { Party } from '../model/party.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { suggest } from '../model/suggestion.js';
import { analyse } from '../promql/analyse.js';
import { dashboardQueries } from '../promql/dashboard.js';
import type { Selector } from '../promql/expression.js';
import { anchored } from '../promql/regex.js';
import { matches } from '../promql/selector.js';
import { connectionFinding } from './faults.js';

/** Sorted patterns of the stored metric names of a job; 'all' if nothing is dropped. */
export type Kept = (job: string, offer: MetricsOffer) => 'all' | readonly string[];

/** The stored metrics of each job, from its offer, the environment and the content. */
export const keptOf =
  (keep: Readonly<Record<string, Keep>>, content: SelectedContent): Kept =>
  (job, offer) => {
    const kept = ownValue(keep, job) ?? offer.keep ?? 'all';
    if (kept === 'all') return 'all';
    const patterns = [
      ...askedOf(content)
        .filter(({ fits }) => fits(job))
        .map(({ pattern }) => pattern)
        .filter((pattern) => mayTell(knownOf(offer, job), pattern)),
      ...(kept === 'used' ? [] : kept.also),
      ...(offer.always ?? []),
    ];
    const names = offer.always ? namesOf(patterns, knownOf(offer, job)) : patterns;
    return [...new Set(names)].sort();
  };

/** The relabelling step that keeps the stored series of a job; undefined if all are stored. */
export const stored = (kept: ReturnType<Kept>): RelabelStep[] => {
  if (kept === 'all') return [];
  return [
    kept.length === 0
      ? { source_labels: ['__name__'], regex: '.+', action: 'drop' }
      : { source_labels: ['__name__'], regex: kept.join('|'), action: 'keep' },
  ];
};

/** The metrics that each component's own pages expose, by job, if they expose only what is stored. */
export const exposedBy = (
  { name, endpoints }: Pick<Party, 'name' | 'endpoints'>,
  kept: Kept,
): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.values(endpoints)
      .flatMap(({ offers }) => offers)
      .flatMap((offer) => {
        if (offer.capability !== 'metrics' || !offer.always) return [];
        const job = jobNameOf(offer, name);
        const names = kept(job, offer);
        return names === 'all' ? [] : [[job, names]];
      }),
  );

/** The metrics of a page by name, if they are known. */
const knownOf = ({ declares, catalogue }: MetricsOffer, job: string): Known =>
  declares ?? findCatalogue(catalogue ?? job)?.metrics;

type Known = Readonly<Record<string, unknown>> | undefined;

/** Names instead of patterns, which a flag of an engine may read differently (a comma ends one). */
const namesOf = (patterns: readonly string[], known: Known): string[] =>
  patterns.flatMap((pattern) => {
    if (/^\w+$/.test(pattern)) return [pattern];
    const regex = anchored(pattern);
    return Object.keys(known ?? {}).filter((name) => regex?.test(name) ?? true);
  });

/** Whether a job can expose a metric that is queried without a job. */
const mayTell = (metrics: Known, pattern: string): boolean =>
  !metrics || !/^\w+$/.test(pattern) || hasSeries(metrics, pattern);

/** Jobs in `keep` that are not scraped. */
export const unknownJobs = (
  keep: Readonly<Record<string, Keep>>,
  jobs: readonly string[],
): Finding[] =>
  Object.keys(keep)
    .filter((job) => !jobs.includes(job))
    .map((job) =>
      connectionFinding({
        fault: 'unknown-kept-job',
        place: { path: `prometheus.keep.${job}` },
        message: `Unknown scrape job '${job}'.`,
        remedy: `Use one of ${[...jobs].sort().join(', ')}.`,
        suggestion: suggest(job, jobs),
      }),
    );

/** Names and patterns in `keep` that no series of the job has, for jobs whose metrics are known. */
export const unknownKept = (
  keep: Readonly<Record<string, Keep>>,
  connections: readonly Connection[],
): Finding[] =>
  connectionsFor(connections, 'metrics').flatMap(({ offer, provider }) => {
    const job = jobNameOf(offer, provider.party);
    const kept = ownValue(keep, job);
    const known = knownOf(offer, job);
    if (typeof kept !== 'object' || !known) return [];
    const names = seriesNames(known);
    return kept.also.flatMap((pattern, index): Finding[] => {
      const regex = anchored(pattern);
      if (!regex || names.some((name) => regex.test(name))) return [];
      return [
        connectionFinding({
          fault: 'unknown-kept-metric',
          place: { path: `prometheus.keep['${job}'].also[${index}]` },
          message: `No metric of the job '${job}' has this name.`,
          value: pattern,
          ...(offer.always && {
            remedy:
              'Correct the name, or add its resource to kubeStateMetrics.resources, or its labels to kubeStateMetrics.labels.',
          }),
          suggestion: suggest(pattern, names),
        }),
      ];
    });
  });

/** The names of all series, also the parts of histograms and summaries. */
const seriesNames = memoize((known: NonNullable<Known>): readonly string[] =>
  Object.keys(known).flatMap((name) => [
    name,
    ...['bucket', 'sum', 'count'].map((part) => `${name}_${part}`),
  ]),
);

interface Asked {
  /** The metric name, or a pattern of names. */
  readonly pattern: string;
  readonly fits: (job: string) => boolean;
}

/** What the queries of the content select, each pattern with the same jobs once. */
const askedOf = memoize(({ ruleFiles, dashboards }: SelectedContent): readonly Asked[] => {
  const asked = new Map<string, Asked>();
  for (const { selectors, varies } of [
    ...Object.values(ruleFiles)
      .flat()
      .flatMap(({ rules }) => rules)
      .map(({ expr }) => analyse(expr)),
    ...Object.values(dashboards)
      .flatMap(({ model }) => dashboardQueries(model))
      .map(({ expr, variables }) => analyse(expr, variables)),
  ]) {
    for (const selector of selectors) {
      const pattern = patternOf(selector);
      // Series of recording rules are not scraped.
      if (selector.metric?.includes(':')) continue;
      const jobs = selector.matchers.filter((one) => one.label === 'job' && !varies(one));
      const key = [pattern, ...jobs.map(({ operator, value }) => operator + value)].join(' ');
      if (asked.has(key)) continue;
      const fits: Asked['fits'] = (job) => jobs.every((one) => matches(one, job) !== false);
      asked.set(key, { pattern, fits });
    }
  }
  return [...asked.values()];
});

const patternOf = ({ metric, matchers }: Selector): string => {
  if (metric !== undefined) return metric;
  const name = matchers.find(({ label }) => label === '__name__');
  return name?.operator === '=~' ? `(?:${name.value})` : '.+';
};
