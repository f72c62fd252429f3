import type { JobEstimate } from './estimate.js';

// docs/evidence.md has what `npm run test:live -- cardinality` measured. Half of the memory is free
// for queries, rules and new pods.
/** Memory of Prometheus without series. */
export const baseBytes = 100 * 2 ** 20;
/** Memory of one series in the head block, with its labels, chunks and index. */
export const bytesPerSeries = 8 * 2 ** 10;
/**
 * Bytes of a sample in a block, with its share of the index. Prometheus documents 1 to 2 bytes, if
 * scrapes are on time. A sample that is more than 2 ms late takes 2 more; here, every other sample.
 * https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
 */
export const bytesPerSample = 3;

/** What Prometheus needs for the series of its jobs. */
export interface Need {
  readonly series: number;
  /** Exposed series that are not stored, because nothing queries them. */
  readonly dropped: number;
  readonly samplesPerSecond: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes for the whole retention. */
  readonly disk: number;
}

/** The total need of the jobs; `retention` is in seconds. */
export const needOf = (jobs: readonly JobEstimate[], retention: number): Need => {
  const series = jobs.reduce((sum, one) => sum + one.series, 0);
  const samplesPerSecond = jobs.reduce(
    (sum, one) => sum + (one.interval > 0 ? one.series / one.interval : 0),
    0,
  );
  return {
    series,
    dropped: jobs.reduce((sum, one) => sum + one.dropped, 0),
    samplesPerSecond,
    memory: baseBytes + series * bytesPerSeries,
    disk: samplesPerSecond * retention * bytesPerSample,
  };
};
