/**
 * The only candidate of which `value` is another form: with another case or separator, or with abbreviated words, as
 * `authUrl` or `auth_url` for `authorizationUrl`.
 */
export const unabbreviated = (value: string, candidates: readonly string[]): string | undefined => {
  const own = wordsOf(value);
  const found = candidates.filter((candidate) => {
    const words = wordsOf(candidate);
    return words.length === own.length && words.every((word, at) => isShort(word, own[at]!));
  });
  return found.length === 1 ? found[0] : undefined;
};

const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]*[a-z0-9]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase());

const isShort = (word: string, own: string): boolean =>
  word === own || (own.length >= 3 && word.startsWith(own));
