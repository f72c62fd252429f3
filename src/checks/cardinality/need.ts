import type { JobEstimate } from './estimate.js';

// What `npm run test:live -- cardinality` measured stands in docs/evidence.md. Half of the memory is
// left for queries, rules and the churn of pods.
/** Memory that Prometheus takes without any series. */
export const baseBytes = 100 * 2 ** 20;
/** Memory of one series in the head block, with its labels, chunks and index. */
export const bytesPerSeries = 8 * 2 ** 10;
/**
 * Of a sample in a block, with its share of the index. Prometheus states one or two, which holds
 * while scrapes keep time; each that is late by over 2 ms takes two more, here of every other sample.
 * https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
 */
export const bytesPerSample = 3;

/** What Prometheus needs for the series of its jobs. */
export interface Need {
  readonly series: number;
  /** Series that are told and not stored, as nothing asks for them. */
  readonly dropped: number;
  readonly samplesPerSecond: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes for the whole retention. */
  readonly disk: number;
}

/** Adds up what the jobs need while samples are kept for some seconds. */
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
