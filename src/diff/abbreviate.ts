/** The longest text that is shown as it is. */
const longest = 100;

/** A value in one line, and not too long. */
export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** Two texts without what they have in common, except for a few words around the difference. */
export const abbreviated = (before: string, after: string): readonly [string, string] => {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const alternatives = [before, after].map((text) => text.split('|'));
  if (alternatives.every((parts) => parts.length > 4)) return ofAlternatives(alternatives);
  const start = commonLength(old, fresh);
  const end = commonLength(old.slice(start).reverse(), fresh.slice(start).reverse());
  const cut = (words: readonly string[]): string => {
    const from = Math.max(0, start - context);
    const to = Math.min(words.length, words.length - end + context);
    const hidden = [words.slice(0, from).join(''), words.slice(to).join('')];
    const [left, right] = hidden.map((text) => (text.length > 3 ? '…' : text));
    return shortened(`${left}${words.slice(from, to).join('')}${right}`);
  };
  return [cut(old), cut(fresh)];
};

const wordsOf = (text: string): readonly string[] => text.match(word) ?? [];

const word = /\w+|\s+|[^\w\s]/g;

/** The number of words, spaces and signs that are shown around a difference. */
const context = 5;

const commonLength = (one: readonly string[], other: readonly string[]): number => {
  const index = one.findIndex((text, at) => text !== other[at]);
  return index < 0 ? Math.min(one.length, other.length) : index;
};

/** Of a list of names, as in a regular expression, only those that one side has. */
const ofAlternatives = ([old = [], fresh = []]: readonly string[][]): readonly [string, string] => {
  const only = (list: readonly string[], other: readonly string[]): string =>
    shortened(['…', ...list.filter((one) => !other.includes(one)), '…'].join('|'));
  return [only(old, fresh), only(fresh, old)];
};
