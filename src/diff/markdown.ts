import type { Change, Detail } from './change.js';
import { type Entry, effectOf, kindOfDetail, reportOf } from './report.js';

/** The largest number of lines of a section that is not folded. */
const mostOpen = 20;

/** Changes as Markdown for a pull request; long sections are folded. */
export const changesAsMarkdown = (changes: readonly Change[]): string =>
  reportOf(changes)
    .map(({ heading, entries }) => {
      const lines = entries.flatMap(linesOf);
      if (lines.length <= mostOpen) return `#### ${heading}\n${lines.join('\n')}`;
      const summary = `<summary><b>${heading}</b> (${lines.length} lines)</summary>`;
      return `<details>${summary}\n\n${lines.join('\n')}\n\n</details>`;
    })
    .join('\n\n');

/** Of several subjects with the same change, how many are named. */
const shownNames = 8;

const words = { added: 'new', removed: 'removed', changed: '' } as const;

const linesOf = (entry: Entry): string[] => {
  const { kind, subjects, details } = entry;
  const effect = effectOf(entry);
  const more = subjects.length - shownNames;
  const names = subjects.slice(0, shownNames).map(code).join(', ');
  const count = more > 0 ? `${names} and ${more} more` : names;
  const state = [effect && `**${effect}**`, words[kind]].filter(Boolean).join(', ');
  const head = `- ${count}${state && ` ${state}`}`;
  const texts = details.map((detail) => textOf(detail, kind));
  if (texts.length === 0) return [head];
  if (texts.length === 1 || kind !== 'changed') return [`${head}: ${texts.join(', ')}`];
  return [head, ...texts.map((text) => `  - ${text}`)];
};

const textOf = (detail: Detail, kind: Change['kind']): string => {
  const { before, after } = detail;
  const what = code(detail.what);
  if (before !== undefined && after !== undefined)
    return `${what} ${code(before)} → ${code(after)}`;
  const own = kindOfDetail(detail);
  const value = before || after;
  const text = value ? `${what} ${code(value)}` : what;
  return own === undefined || own === kind ? text : `${words[own]}: ${text}`;
};

/** Inline code, also for a text with backticks; of an empty text, a word. */
export const code = (text: string): string => {
  if (text === '') return '(empty)';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
};
