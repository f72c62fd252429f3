import type { Metric } from '../../src/catalogues/catalogue.js';
import type { Family } from './exposition.js';
import { type MetricsPage, readPage } from './page.js';

/** The result of one capture of a metrics page. */
export interface Observation {
  readonly seen: 'live' | 'provoked';
  readonly families: readonly Family[];
}

/** Captures a page without preparation. */
export const asItIs = async (page: MetricsPage): Promise<Observation> => ({
  seen: 'live',
  families: await readPage(page),
});

/** Captures a page after an action that causes more metrics. */
export const provoked = async (page: MetricsPage): Promise<Observation> => ({
  seen: 'provoked',
  families: await readPage(page),
});

/** One metric for each family, as first seen, with the labels of all captures. */
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
