import { bucketBoundsOf, bucketEdgesOf } from '../../../catalogues/catalogue.js';
import { storedBound } from '../../../promql/bucket-bound.js';
import type { Job } from '../../support/query/job.js';

/** Why no bucket has a bound, and what to use instead. */
interface Missing {
  readonly why: string;
  readonly remedy: string;
}

/**
 * Tells that a histogram has no bucket with a finite bound; undefined if it has one, or if nobody
 * knows the buckets of a job that exposes it.
 */
export const missingBucket = (
  histogram: string,
  bound: number,
  exposing: readonly Job[],
): Missing | undefined => {
  const bounds = boundsOf(histogram, exposing);
  if (bounds?.includes(bound)) return undefined;
  const below = bounds?.findLast((one) => one < bound);
  const above = bounds?.find((one) => one > bound);
  if (below !== undefined && above !== undefined) {
    return {
      why: `the nearest bounds that it has are ${written(below)} and ${written(above)}`,
      remedy: `Use ${written(below)} or ${written(above)}.`,
    };
  }
  const edges = bounds ? [bounds[0]!, bounds.at(-1)!] : edgesOf(histogram, bound, exposing);
  if (!edges) return undefined;
  const [first, last] = edges.map(written);
  return {
    why: `its finite buckets are from ${first} to ${last}`,
    remedy: `Use a bound from ${first} to ${last}, or +Inf.`,
  };
};

const written = (bound: number): string => storedBound(`${bound}`)!;

/**
 * All bounds on the captured pages of the jobs; undefined if one of the pages was not captured with it, such as that of
 * an application that declares the same histogram: its buckets can have other bounds.
 */
const boundsOf = (histogram: string, exposing: readonly Job[]): readonly number[] | undefined => {
  const pages = exposing.map(({ catalogue }) => catalogue && bucketBoundsOf(catalogue, histogram));
  const known = pages.filter((one) => typeof one === 'object');
  if (known.length === 0 || known.length < pages.length) return undefined;
  return [...new Set(known.flat())].sort((a, b) => a - b);
};

/** The first and the last bound, if the bound is outside of them. */
const edgesOf = (histogram: string, bound: number, exposing: readonly Job[]) => {
  const edges = exposing.every(({ catalogue }) => catalogue) && bucketEdgesOf(histogram);
  if (!edges || bound === 0) return undefined;
  const [[first], [last]] = [edges.first, edges.last];
  return bound < first || bound > last ? [first, last] : undefined;
};
