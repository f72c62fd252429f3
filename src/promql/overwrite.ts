import type { Call, Matcher } from './expression.js';
import { type Facts, factOf } from './facts.js';
import { anything, eitherFact, fixed, type LabelFact, missing, present } from './label-fact.js';
import { anchored } from './regex.js';
import { matches } from './selector.js';

/** What a function does to one label. */
export interface Overwrite {
  readonly label: string;
  /** The label after it. */
  readonly fact: LabelFact;
  /** Whether series with different values get the same one. */
  readonly merges: boolean;
}

/** The label that `label_replace` or `label_join` sets; undefined if a parameter is no string. */
export const overwritten = ({ name, parameters }: Call, facts: Facts): Overwrite | undefined => {
  const texts = parameters.slice(1).flatMap((one) => (one.kind === 'string' ? one.value : []));
  const [label, second, ...others] = texts;
  if (texts.length < parameters.length - 1 || label === undefined || second === undefined) {
    return undefined;
  }
  return name === 'label_join'
    ? joined(label, second, others, facts)
    : replaced(label, second, others, facts);
};

const joined = (
  label: string,
  separator: string,
  sources: readonly string[],
  facts: Facts,
): Overwrite => {
  const all = sources.map((one) => factOf(facts, one));
  const always = all.some(({ absent }) => !absent) || (separator !== '' && all.length > 1);
  // Without sources, or with sources that no series has, the value is empty: the label is removed.
  const none = !always && all.every(({ values }) => values?.size === 0);
  return { label, fact: none ? missing : always ? present : anything, merges: none };
};

const replaced = (
  label: string,
  replacement: string,
  [source = '', pattern = '']: readonly string[],
  facts: Facts,
): Overwrite => {
  const from = source === '' ? missing : factOf(facts, source);
  const old = factOf(facts, label);
  const matcher: Matcher = { label: source, operator: '=~', value: pattern, from: 0, to: 0 };
  const matchesEmpty = matches(matcher, '') === true;
  const matchesAll =
    /^\(?\.\*\)?$/.test(pattern) ||
    (/^\(?\.\+\)?$/.test(pattern) && !from.absent) ||
    (matchesEmpty && from.values?.size === 0) ||
    (from.values !== undefined &&
      (!from.absent || matchesEmpty) &&
      [...from.values].every((one) => matches(matcher, one) === true));
  if (source === label && old.values) {
    const images = [...old.values].map((one) => imageOf(one, pattern, replacement));
    const values = new Set(images.filter((one) => one !== ''));
    const absent = old.absent || images.includes('');
    const merges = new Set(images).size < images.length;
    return { label, fact: { absent, values, known: true }, merges };
  }
  const set = replacement.includes('$') ? ofGroups(replacement, pattern, from) : fixed(replacement);
  return {
    label,
    fact: matchesAll ? set : eitherFact(old, set),
    merges: matchesAll && !replacement.includes('$'),
  };
};

/** The value that `label_replace` makes of one; the same if there is no JavaScript equivalent. */
const imageOf = (value: string, pattern: string, replacement: string): string => {
  const regex = anchored(pattern);
  const inJavaScript = replacement.replace(/\$\{(\d+)\}/g, '$$$1');
  return regex && /^(?:[^$]|\$\d)*$/.test(inJavaScript)
    ? value.replace(regex, inJavaScript)
    : value;
};

/** A replacement that is the whole source has its values; with a text around it, all series that have the source have the label. */
const ofGroups = (replacement: string, pattern: string, from: LabelFact): LabelFact => {
  if (!/^\(\.[*+]\)$/.test(pattern)) return anything;
  if (/^\$(?:1|\{1\})$/.test(replacement)) return from;
  const isAround = pattern === '(.+)' && /^[^$]*\$(?:1(?!\w)|\{1\})[^$]*$/.test(replacement);
  return isAround && from.known ? { absent: from.absent, known: true } : anything;
};
