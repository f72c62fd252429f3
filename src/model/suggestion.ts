import { closest, distance } from 'fastest-levenshtein';

/** The candidate that is most similar to `value`; undefined if none is similar. */
export const suggest = (value: string, candidates: readonly string[]): string | undefined => {
  if (candidates.length === 0) return undefined;
  const lower = value.toLowerCase();
  const byLower = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const nearest = closest(lower, [...byLower.keys()]);
  const limit = Math.max(2, Math.floor(nearest.length / 3));
  return distance(lower, nearest) <= limit ? byLower.get(nearest) : undefined;
};
