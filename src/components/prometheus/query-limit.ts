import { quantityValue } from '../../model/quantity.js';

/**
 * A sample of a query has a timestamp and a value of eight bytes each. A histogram counts as several
 * samples, by its size: https://github.com/prometheus/prometheus/blob/v3.14.0/promql/value.go
 */
const bytesPerSample = 16;

/** Ratio of the memory for all concurrent queries. The estimate of the series leaves half of the memory. */
const shareForAll = 1 / 2;

/** Ratio of the memory for one query: at least eight run concurrently, so that rules rarely wait for dashboards. */
const shareForOne = 1 / 16;

// The defaults of Prometheus, for a large instance.
const mostSamples = 50_000_000;
const mostAtOnce = 20;

/**
 * Query limits from the memory limit, so that a query fails and not the process: a query loads samples
 * of at most a sixteenth of the memory, and concurrent queries at most half of it.
 */
export const queryLimits = (memoryLimit: string): string[] => {
  const memory = quantityValue(memoryLimit);
  const samples = Math.min(mostSamples, Math.floor((memory * shareForOne) / bytesPerSample));
  const atOnce = Math.floor((memory * shareForAll) / (samples * bytesPerSample));
  return [
    `--query.max-samples=${samples}`,
    `--query.max-concurrency=${Math.min(mostAtOnce, atOnce)}`,
    // Grafana waits 30 s for an answer. With the default of 2 m, the query would use memory longer.
    '--query.timeout=1m',
  ];
};
