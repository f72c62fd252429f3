import type { CheckInput } from '../../../model/check.js';
import { memoize } from '../../../model/memoize.js';
import { seconds } from '../../../promql/duration.js';
import type { Selector } from '../../../promql/expression.js';
import { prometheusFilesIn } from '../prometheus-file.js';
import { isFromElsewhere } from './job.js';
import type { Query } from './query.js';
import { type SeriesIndex, seriesIn } from './series.js';

/** How often series get samples. */
export interface SampleIntervals {
  /**
   * Seconds between two samples of the series of a selector: the shortest interval of the jobs that have
   * the metric, or may have it, or of the rules that record it. Undefined if it is not known.
   */
  readonly of: (selector: Selector, query: Query) => number | undefined;
}

/** The intervals of the shipped jobs and rules; the same object if these are the same. */
export const sampleIntervalsIn = (input: CheckInput): SampleIntervals => {
  const [file] = prometheusFilesIn(input);
  return file ? intervalsOf(seriesIn(input), file.config) : none;
};

const none: SampleIntervals = { of: () => undefined };

type Config = ReturnType<typeof prometheusFilesIn>[number]['config'];

const intervalsOf = memoize((index: SeriesIndex, { global }: Config): SampleIntervals => {
  // https://prometheus.io/docs/prometheus/latest/configuration/configuration/
  const evaluation = seconds(global?.evaluation_interval ?? '1m') ?? 60;
  return {
    of: (selector, { analysis: { varies } }) => {
      const { metric, metricSpan } = selector;
      if (metric === undefined || (metricSpan && varies(metricSpan))) return undefined;
      const rules = index.recordings.get(metric);
      if (rules) {
        return least(rules.map(({ rule }) => seconds(rule?.interval ?? '') ?? evaluation));
      }
      const { exposing, jobs } = index.of(selector, varies)!;
      const open = jobs.filter(({ metrics }) => !metrics);
      const having = exposing.length > 0 ? exposing : open;
      return having.some(isFromElsewhere) ? undefined : least(having.map((job) => job.interval));
    },
  };
});

const least = (intervals: readonly number[]): number | undefined => {
  const shortest = Math.min(...intervals);
  return Number.isFinite(shortest) && shortest > 0 ? shortest : undefined;
};
