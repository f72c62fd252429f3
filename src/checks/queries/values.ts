import { defineCheck } from '../../model/check.js';
import { memoize } from '../../model/memoize.js';
import { oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { faults, type Result } from './values/faults.js';
import { beyondBounds } from './values/highest-bound.js';
import { unknownValues } from './values/label-value.js';
import { wrongQuantiles } from './values/quantile.js';
import { timesAsDurations } from './values/timestamp.js';

const check = defineCheck({
  faults,
  summary:
    'Quantiles are between 0 and 1, and are compared with values that their histogram can have, times are not compared with durations, and matchers of labels whose values are fixed in the sources of an engine, such as the phase of a pod, have one of them.',
  run: (input) => {
    const index = seriesIn(input);
    return oncePerFile(queriesIn(input), (query) => valueFaults(query, index));
  },
});

export default check;

/** The faults of one query. */
export const valueFaults = memoize((query: Query, index: SeriesIndex): Result[] =>
  query.analysis.faults.length > 0
    ? []
    : [
        ...wrongQuantiles(query),
        ...beyondBounds(query, index),
        ...timesAsDurations(query),
        ...unknownValues(query, index),
      ],
);
