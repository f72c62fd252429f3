import { existsSync, readFileSync } from 'node:fs';
import { type ContentSource, isImported, type Runbook } from '../model/check.js';
import { runbookQueries, runbookSections } from './runbook.js';

/** The source file of content; it is read only when a line is requested. */
export const sourceOf = (file: string, shipped: boolean): ContentSource => {
  let read: string | undefined;
  return {
    file,
    shipped,
    lineOf: (text, after) => {
      read ??= readFileSync(file, 'utf8');
      const offset = offsetOf(read, text, after, isImported({ file }));
      return offset === undefined ? undefined : read.slice(0, offset).split('\n').length;
    },
  };
};

/** The file with the same name and another extension. */
export const fileBeside = ({ file }: Pick<ContentSource, 'file'>, extension: string): string =>
  file.replace(/\.([jt]s|ya?ml)$/, extension);

/** A source with its runbook, which is read only when its queries are requested. */
export const withRunbook = (source: ContentSource): ContentSource => {
  const file = fileBeside(source, '.md');
  let text: string | undefined;
  const read = (): string => {
    text ??= existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text;
  };
  let alerts: ReturnType<Runbook['alerts']> | undefined;
  let queries: ReturnType<Runbook['queries']> | undefined;
  return {
    ...source,
    runbook: {
      file,
      alerts: () => {
        alerts ??= runbookSections(read()).map(({ alert }) => alert);
        return alerts;
      },
      queries: () => {
        queries ??= runbookQueries(read());
        return queries;
      },
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
  // Grafana sorts exported JSON by key: the title of a panel is after its queries.
  if (unordered) return undefined;
  const start = after.reduce((at, one) => {
    const offsets = offsetsOf(whole, one);
    return (offsets.length === 1 ? offsets[0] : offsets.find((offset) => offset > at)) ?? at;
  }, -1);
  return found.find((offset) => offset > start);
};

/** Where a text occurs: as a whole literal, or else between other words. */
const offsetsOf = (whole: string, text: string): number[] => {
  const exact = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const literal = indicesOf(whole, new RegExp(`(?<=(['"\`]))${exact}(?=\\1)`, 'g'));
  if (literal.length > 0) return literal;
  const [before, behind] = [/^\w/.test(text) ? '(?<!\\w)' : '', /\w$/.test(text) ? '(?!\\w)' : ''];
  return indicesOf(whole, new RegExp(`${before}${exact}${behind}`, 'g'));
};

const indicesOf = (whole: string, pattern: RegExp): number[] =>
  [...whole.matchAll(pattern)].map(({ index }) => index);
