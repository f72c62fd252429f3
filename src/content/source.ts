import { readFileSync } from 'node:fs';
import type { ContentSource } from '../model/check.js';

/** The file of which content was made; it is read only once somebody asks for a line. */
export const sourceOf = (file: string, shipped: boolean): ContentSource => {
  let read: string | undefined;
  return {
    file,
    shipped,
    lineOf: (text, after) => {
      read ??= readFileSync(file, 'utf8');
      const offset = offsetOf(read, text, after, file.endsWith('.json'));
      return offset === undefined ? undefined : read.slice(0, offset).split('\n').length;
    },
  };
};

const offsetOf = (
  whole: string,
  text: string,
  after: readonly string[] | undefined,
  unordered: boolean,
): number | undefined => {
  const found = offsetsOf(whole, text);
  if (after === undefined || found.length < 2) return found[0];
  // Grafana sorts what it exports by key: the title of a panel stands behind its queries.
  if (unordered) return undefined;
  const start = after.reduce((at, one) => {
    const offsets = offsetsOf(whole, one);
    return (offsets.length === 1 ? offsets[0] : offsets.find((offset) => offset > at)) ?? at;
  }, -1);
  return found.find((offset) => offset > start);
};

/** Where a text stands by itself: as a literal, or else between other words. */
const offsetsOf = (whole: string, text: string): number[] => {
  const exact = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const literal = indicesOf(whole, new RegExp(`(?<=(['"\`]))${exact}(?=\\1)`, 'g'));
  if (literal.length > 0) return literal;
  const [before, behind] = [/^\w/.test(text) ? '(?<!\\w)' : '', /\w$/.test(text) ? '(?!\\w)' : ''];
  return indicesOf(whole, new RegExp(`${before}${exact}${behind}`, 'g'));
};

const indicesOf = (whole: string, pattern: RegExp): number[] =>
  [...whole.matchAll(pattern)].map(({ index }) => index);
