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

const mostNamed = 3;

/**
 * The texts of a finding about names that are surely misspelt, with what is meant: one as its value, several as
 * the end of its message.
 */
export const meantTexts = (
  meant: Readonly<Record<string, string>> = {},
): { readonly value?: string; readonly suggestion?: string; readonly message: string } => {
  const all = Object.entries(meant);
  const [first, ...others] = all;
  if (!first) return { message: '' };
  if (others.length === 0) return { value: first[0], suggestion: first[1], message: '' };
  const named = all.slice(0, mostNamed).map(([name, one]) => `${one} for ${name}`);
  const rest = all.length - named.length;
  return { message: ` Did you mean ${named.join(', ')}${rest > 0 ? ` (and ${rest} more)` : ''}?` };
};
