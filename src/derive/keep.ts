import { findCatalogue } from '../catalogues/catalogue.js';
import type { Finding } from '../model/finding.js';
import type { Keep, MetricsOffer } from '../model/offer.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { suggest } from '../model/suggestion.js';
import { analyse } from '../promql/analyse.js';
import { dashboardQueries } from '../promql/dashboard.js';
import type { Selector } from '../promql/expression.js';
import { matches } from '../promql/selector.js';

/** The steps that let pass what is stored of a job's series; `offered` is what its offer says. */
export type Stored = (job: string, offer: MetricsOffer) => RelabelStep[];

/** Expressions of rules, and dashboards in Grafana's JSON. */
export interface Asking {
  readonly expressions: readonly string[];
  readonly dashboards: readonly string[];
}

/** What is stored of each job, from what the environment says and what is asked for. */
export const storedOf = (keep: Readonly<Record<string, Keep>>, asking: Asking): Stored => {
  let selectors: Asked[] | undefined;
  return (job, offer) => {
    const kept = keep[job] ?? offer.keep ?? 'all';
    if (kept === 'all') return [];
    // Most components scrape nothing.
    selectors ??= askedOf(asking);
    const patterns = new Set([
      ...selectors
        .filter(({ fits }) => fits(job))
        .map(({ pattern }) => pattern)
        .filter((pattern) => mayTell(offer.catalogue ?? job, pattern)),
      ...(kept === 'used' ? [] : kept.also),
    ]);
    return [
      patterns.size === 0
        ? { source_labels: ['__name__'], regex: '.+', action: 'drop' }
        : { source_labels: ['__name__'], regex: [...patterns].sort().join('|'), action: 'keep' },
    ];
  };
};

/** Whether a job may tell what is asked of no job in particular. */
const mayTell = (catalogue: string, pattern: string): boolean => {
  const { metrics } = findCatalogue(catalogue) ?? {};
  const family = pattern.replace(/_(?:bucket|sum|count)$/, '');
  return !metrics || !/^\w+$/.test(pattern) || pattern in metrics || family in metrics;
};

/** Jobs for which an environment says what to keep, and which are not scraped. */
export const unknownJobs = (
  keep: Readonly<Record<string, Keep>>,
  jobs: readonly string[],
): Finding[] =>
  Object.keys(keep)
    .filter((job) => !jobs.includes(job))
    .map((job) => ({
      check: 'config',
      severity: 'error',
      place: { path: `prometheus.keep.${job}` },
      message: 'No such job is scraped in this environment.',
      remedy: `There are ${[...jobs].sort().join(', ')}.`,
      suggestion: suggest(job, jobs),
    }));

interface Asked {
  /** The metric's name, or a pattern of names. */
  readonly pattern: string;
  readonly fits: (job: string) => boolean;
}

const askedOf = ({ expressions, dashboards }: Asking): Asked[] =>
  [
    ...expressions.map((expr) => analyse(expr)),
    ...dashboards
      .flatMap((json) => dashboardQueries(json))
      .map(({ expr, variables }) => analyse(expr, variables)),
  ].flatMap(({ selectors, varies }) =>
    selectors
      // Of recording rules nothing is scraped.
      .filter(({ metric }) => !metric?.includes(':'))
      .map((selector): Asked => {
        const jobs = selector.matchers.filter((one) => one.label === 'job' && !varies(one));
        return {
          pattern: patternOf(selector),
          fits: (job) => jobs.every((one) => matches(one, job) !== false),
        };
      }),
  );

const patternOf = ({ metric, matchers }: Selector): string => {
  if (metric !== undefined) return metric;
  const name = matchers.find(({ label }) => label === '__name__');
  return name?.operator === '=~' ? `(?:${name.value})` : '.+';
};
