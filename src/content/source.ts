import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ContentSource, isImported, type Runbook } from '../model/check.js';
import { memoize, memoizeText } from '../model/memoize.js';
import { runbookQueries, runbookSections } from './runbook.js';

/** The source file of content: the same object as long as the file is unchanged, so that findings in it stay valid. */
export const sourceOf = (file: string, shipped: boolean): ContentSource =>
  sourceIn(JSON.stringify([file, shipped, resolve(file), stateOf(file)]));

/** What changes with the content of a file. */
const stateOf = (file: string): string => {
  const state = statSync(file, { throwIfNoEntry: false });
  return `${state?.mtimeMs} ${state?.size}`;
};

/** It is read only when a line is requested. */
const sourceIn = memoizeText((key): ContentSource => {
  const [file, shipped] = JSON.parse(key);
  let text: SourceText | undefined;
  return {
    file,
    shipped,
    lineOf: (wanted, after) => {
      text ??= sourceText(readFileSync(file, 'utf8'));
      const offset = offsetOf(text.offsetsOf, wanted, after, isImported({ file }));
      return offset === undefined ? undefined : text.lineAt(offset);
    },
  };
});

/** The text of a file; an imported dashboard has thousands of findings, so that lookups are fast. */
interface SourceText {
  /** Where a text occurs. */
  readonly offsetsOf: (text: string) => readonly number[];
  readonly lineAt: (offset: number) => number;
}

const sourceText = (whole: string): SourceText => {
  const ends = indicesOf(whole, '\n');
  return {
    offsetsOf: memoizeText((text) => offsetsOf(whole, text)),
    lineAt: (offset) => {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle]! < offset) low = middle + 1;
        else high = middle;
      }
      return low + 1;
    },
  };
};

/** The file with the same name and another extension. */
export const fileBeside = ({ file }: Pick<ContentSource, 'file'>, extension: string): string =>
  file.replace(/\.([jt]s|ya?ml)$/, extension);

/** The source of rules that record these series, with its runbook; the same object for the same source. */
export const withRunbook = (source: ContentSource, records: readonly string[]): ContentSource => {
  const file = fileBeside(source, '.md');
  return ruleSources(source)(JSON.stringify([stateOf(file), records]));
};

const ruleSources = memoize((source: ContentSource) =>
  memoizeText((key): ContentSource => {
    const [, records] = JSON.parse(key);
    return { ...source, records, runbook: runbookOf(fileBeside(source, '.md')) };
  }),
);

/** A runbook, which is read only when its queries are requested. */
const runbookOf = (file: string): Runbook => {
  let text: string | undefined;
  const read = (): string => {
    text ??= existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text;
  };
  let alerts: ReturnType<Runbook['alerts']> | undefined;
  let queries: ReturnType<Runbook['queries']> | undefined;
  return {
    file,
    alerts: () => {
      alerts ??= runbookSections(read()).map(({ alert }) => alert);
      return alerts;
    },
    queries: () => {
      queries ??= runbookQueries(read());
      return queries;
    },
  };
};

const offsetOf = (
  offsetsOf: SourceText['offsetsOf'],
  text: string,
  after: readonly string[] | undefined,
  unordered: boolean,
): number | undefined => {
  const found = offsetsOf(text);
  if (after === undefined || found.length < 2) return found[0];
  // Grafana sorts exported JSON by key: the title of a panel is after its queries.
  if (unordered) return undefined;
  const start = after.reduce((at, one) => {
    const offsets = offsetsOf(one);
    return (offsets.length === 1 ? offsets[0] : offsets.find((offset) => offset > at)) ?? at;
  }, -1);
  return found.find((offset) => offset > start);
};

/** Where a text occurs: as a whole literal, or else between other words. */
const offsetsOf = (whole: string, text: string): readonly number[] => {
  const found = indicesOf(whole, text);
  const literals = found.filter((index) => {
    const quote = whole[index - 1] ?? '';
    return '\'"`'.includes(quote) && quote !== '' && whole[index + text.length] === quote;
  });
  if (literals.length > 0) return literals;
  const [first, last] = [text[0] ?? '', text.at(-1) ?? ''];
  return found.filter(
    (index) =>
      !(isWord(first) && isWord(whole[index - 1])) &&
      !(isWord(last) && isWord(whole[index + text.length])),
  );
};

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /^\w$/.test(character);

const indicesOf = (whole: string, text: string): number[] => {
  const found: number[] = [];
  if (text === '') return found;
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + text.length)) {
    found.push(at);
  }
  return found;
};
