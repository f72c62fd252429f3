import { opaque } from '../promql/open-end.js';
import { functions } from './function.js';

/**
 * The text in the part of LogQL that the grammar of Grafana's editor has, with the same places: Loki also accepts
 * functions in capitals, an offset after an unwrapped range, a range after parentheses, IP addresses as
 * alternatives of a line filter, and label filters without a comma.
 * https://github.com/grafana/loki/blob/v3.7.6/pkg/logql/syntax/syntax.y
 */
export const inGrammar = (text: string): string =>
  rules.reduce((all, rule) => rule(all), withoutRangedParentheses(text));

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Replaces what matches outside strings and comments. */
const outside = (pattern: string, replace: (found: string) => string) => {
  const either = new RegExp(`(?:${opaque})|(${pattern})`, 'gi');
  return (text: string): string =>
    text.replace(either, (whole: string, ...groups: (string | undefined)[]) =>
      // The groups of the strings, and that of the pattern.
      groups[3] === undefined ? whole : replace(whole),
    );
};

const rules: readonly ((text: string) => string)[] = [
  // The name of a function, which is followed by parameters or a grouping.
  outside(`\\b(?:${functions.join('|')})\\b(?=\\s*(?:\\(|(?:by|without)\\s*\\())`, (found) =>
    found.toLowerCase().replace('approx_topk', 'topk       '),
  ),
  // The name of a label that is also that of a function.
  outside('\\b(?:vector|label_replace)\\b(?!\\s*\\()', (found) => `${found.slice(0, -1)}_`),
  outside('(?<=\\]\\s*)offset\\s+-?(?:\\d+(?:\\.\\d+)?(?:ns|us|µs|ms|[smhdwy]))+', blank),
  (text) =>
    text.replace(addressFilter, (_, before, name, value) => `${before}${blank(name)}${value} `),
  (text) =>
    text.replace(adjacentFilters, (found, value?: string) =>
      value === undefined ? found : `${value},${found.slice(value.length + 1)}`,
    ),
];

const string = '"(?:[^"\\\\\\n]|\\\\[^\\n])*"|`[^`]*`';

/** An address as an alternative of a line filter, or a line filter with alternatives. */
const addressFilter = new RegExp(
  `(\\bor\\s+|\\|=\\s*(?=ip\\s*\\(\\s*(?:${string})\\s*\\)\\s*or\\b))(ip\\s*\\(\\s*)(${string})\\s*\\)`,
  'g',
);

/** A value of a label filter before the next filter, which is not in a selector. */
const adjacentFilters = new RegExp(
  `\\{(?:${string}|[^"\`{}])*\\}|((?:=~?|!=|!~)\\s*(?:${string}))\\s+(?!(?:and|or|by|without|unless)\\b)[a-z_]\\w*\\s*[=!<>]|${opaque}`,
  'gi',
);

/** Removes the parentheses before a range, which are not those of a function: `({…} | json)[5m]`. */
const withoutRangedParentheses = (text: string): string => {
  if (!/\)\s*\[/.test(text)) return text;
  const open: number[] = [];
  const removed = new Set<number>();
  for (const { 0: found, index } of text.matchAll(parentheses)) {
    if (found === '(') open.push(index);
    if (found !== ')') continue;
    const start = open.pop() ?? 0;
    const isRanged = /^\)\s*\[/.test(text.slice(index)) && !/\w\s*$/.test(text.slice(0, start));
    if (isRanged) removed.add(start).add(index);
  }
  return text.replace(/[()]/g, (found, at: number) => (removed.has(at) ? ' ' : found));
};

const parentheses = new RegExp(`${opaque}|[()]`, 'g');
