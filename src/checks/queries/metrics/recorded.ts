import { hasSeries } from '../../../catalogues/series.js';
import { memoize } from '../../../model/memoize.js';
import type { Job } from '../../support/query/job.js';
import type { SeriesIndex } from '../../support/query/series.js';
import type { Result } from './faults.js';

/** Recording rules with the name of a series that a job stores. */
export const recordedMetrics = memoize(({ recordings, jobs }: SeriesIndex): Result[] =>
  [...recordings].flatMap(([name, queries]): Result[] => {
    const job = jobs.find((one) => exposes(one, name));
    const [query] = queries;
    if (!job || !query) return [];
    return [
      {
        place: query.owner,
        fault: 'recorded-metric',
        message: `The job '${job.name}' also has series with the name of this recording rule.`,
        value: name,
        ...(query.imported && { severity: 'warning' as const }),
      },
    ];
  }),
);

const exposes = ({ metrics = {}, native, keeps }: Job, name: string): boolean =>
  hasSeries(metrics, name) &&
  // The series of a classic histogram have suffixes.
  (metrics[name]?.type !== 'histogram' || native) &&
  keeps(name);
