import type { RelabelStep } from '../model/scrape-job.js';
import { analyse } from '../promql/analyse.js';
import { dashboardQueries } from '../promql/dashboard.js';
import type { Selector } from '../promql/expression.js';
import { matches } from '../promql/selector.js';

/** What of a job's series is stored: all, what is asked for, or that and what these patterns name. */
export type Keep = 'all' | 'used' | { readonly also: readonly string[] };

/** Expressions of rules, and dashboards in Grafana's JSON. */
export interface Asking {
  readonly expressions: readonly string[];
  readonly dashboards: readonly string[];
}

/** A selector with what it may choose jobs by. */
interface Asked {
  /** The metric's name, or a pattern of names. */
  readonly pattern: string;
  readonly fits: (job: string) => boolean;
}

/** The step that keeps what is asked of a job, or says which of its series it may lose. */
export const keepStep = (job: string, keep: Keep, asked: readonly Asked[]): RelabelStep[] => {
  if (keep === 'all') return [];
  const patterns = [
    ...asked.filter(({ fits }) => fits(job)).map(({ pattern }) => pattern),
    ...(keep === 'used' ? [] : keep.also),
  ];
  const regex = [...new Set(patterns)].sort().join('|');
  return [{ source_labels: ['__name__'], regex, action: 'keep' }];
};

/** What rules and dashboards ask of scraped series. */
export const askedOf = ({ expressions, dashboards }: Asking): Asked[] =>
  [
    ...expressions.map((expr) => analyse(expr)),
    ...dashboards
      .flatMap((json) => dashboardQueries(json))
      .map(({ expr, variables }) => analyse(expr, variables)),
  ].flatMap(({ selectors, varies }) =>
    selectors.map((selector): Asked => {
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
