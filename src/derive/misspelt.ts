import { firstWord, isOfAnEngine, isSameWord } from '../catalogues/meant.js';
import { memoize, memoizeText } from '../model/memoize.js';
import { suggest } from '../model/suggestion.js';
import type { SeriesSource } from './series-sources.js';

/**
 * Whether a metric that no job has is almost the name of one that a scraped job has, and not the metric of
 * another engine. A recording rule, with a colon in its name, can be one of another Prometheus.
 */
export const isMisspelt = (metric: string, sources: readonly SeriesSource[]): boolean =>
  !metric.includes(':') &&
  !isOfAnEngine(metric) &&
  sources.some(({ metrics }) => metrics && isLikeOne(metrics)(metric));

/** Metrics of one program begin with the same word, so only these can be meant. */
const isLikeOne = memoize((metrics: NonNullable<SeriesSource['metrics']>) => {
  const byWord = new Map<string, string[]>();
  for (const name of Object.keys(metrics)) {
    byWord.set(firstWord(name), [...(byWord.get(firstWord(name)) ?? []), name]);
  }
  return memoizeText((metric): boolean => {
    const base = metric.replace(/_(bucket|sum|count)$/, '');
    const word = firstWord(metric);
    return [...byWord].some(
      ([known, names]) =>
        isSameWord(known, word) && [metric, base].some((one) => suggest(one, names) !== undefined),
    );
  });
});
