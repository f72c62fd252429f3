import type { Colours } from '../output/colours.js';
import type { Change, Detail } from './change.js';
import { type Entry, effectOf, kindOfDetail, marks, reportOf } from './report.js';

/** Changes as text for a terminal: sections, with one line for each change and its differences below. */
export const changesAsText = (changes: readonly Change[], colours: Colours): string =>
  reportOf(changes)
    .map(({ heading, entries }) =>
      [colours.bold(heading), ...entries.flatMap((entry) => linesOf(entry, colours))].join('\n'),
    )
    .join('\n\n');

/** Of several subjects with the same change, how many are named. */
const shownNames = 8;

const linesOf = (entry: Entry, colours: Colours): string[] => {
  const { kind, subjects, details } = entry;
  const effect = effectOf(entry);
  const subject =
    subjects.length === 1
      ? subjects[0]!
      : `${subjects.slice(0, shownNames).join(', ')}${subjects.length > shownNames ? ` and ${subjects.length - shownNames} more` : ''}`;
  const head = `  ${colourOf(kind, colours)(`${marks[kind]} ${subject}`)}${effect ? ` ${colours.bold(effect)}` : ''}`;
  const texts = details.map((detail) => textOf(detail, kind, colours));
  const [only] = texts;
  if (texts.length === 1 && !only!.includes('\n')) return [`${head}: ${only}`];
  // What is added or removed has facts, and no differences.
  if (kind !== 'changed' && texts.every((text) => !text.includes('\n'))) {
    return [`${head}: ${texts.join(', ')}`.replace(/: $/, '')];
  }
  return [head, ...texts.map((text) => `      ${text.replaceAll('\n', '\n        ')}`)];
};

const textOf = (detail: Detail, kind: Change['kind'], colours: Colours): string => {
  const { what, before, after } = detail;
  const own = kindOfDetail(detail);
  if (own === undefined) return what;
  if (before !== undefined && after !== undefined) {
    if (before.length + after.length <= 80) return `${what} ${before} → ${after}`;
    return [what, colours.red(`- ${before}`), colours.green(`+ ${after}`)].join('\n');
  }
  const text = [what, before ?? after].filter(Boolean).join(' ');
  return own === kind ? text : colourOf(own, colours)(`${marks[own]} ${text}`);
};

const colourOf = (kind: Change['kind'], { green, red, yellow }: Colours) =>
  ({ added: green, removed: red, changed: yellow })[kind];
