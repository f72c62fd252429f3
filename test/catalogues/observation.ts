import type { Metric } from '../../src/catalogues/catalogue.js';
import type { Family } from './exposition.js';
import { type MetricsPage, readPage } from './page.js';

/** What one look at a metrics page showed. */
export interface Observation {
  readonly seen: 'live' | 'provoked';
  readonly families: readonly Family[];
}

/** Looks at a page as it is. */
export const asItIs = async (page: MetricsPage): Promise<Observation> => ({
  seen: 'live',
  families: await readPage(page),
});

/** Looks at a page after something was done to it. */
export const provoked = async (page: MetricsPage): Promise<Observation> => ({
  seen: 'provoked',
  families: await readPage(page),
});

/** One metric a family, as it was first seen, with the labels of all looks. */
export const metricsOf = (observations: readonly Observation[]): Record<string, Metric> => {
  const metrics: Record<string, Metric> = {};
  for (const { seen, families } of observations) {
    for (const { name, type, unit, help, labels } of families) {
      const before = metrics[name];
      const all = new Set([...(before?.labels ?? []), ...labels]);
      metrics[name] = {
        type,
        ...(unit && { unit }),
        labels: [...all].sort(),
        help,
        seen: before?.seen ?? seen,
      };
    }
  }
  return metrics;
};
