import type { Change } from '../../diff/change.js';
import { changesAsMarkdown } from '../../diff/markdown.js';
import { tally } from '../../diff/tally.js';
import { changesAsText } from '../../diff/text.js';
import type { Colours } from '../../output/colours.js';

/** What changes in an environment. */
export interface Comparison {
  readonly environment: string;
  /** Whether nothing was there before. */
  readonly isNew: boolean;
  readonly changes: readonly Change[];
}

type Format = (comparisons: readonly Comparison[], colours: Colours) => string;

const text: Format = (comparisons, colours) =>
  comparisons
    .map((one) => {
      const title = `${colours.bold(one.environment)}: ${summaryOf(one)}\n`;
      return one.changes.length === 0 || one.isNew
        ? title
        : `${title}\n${changesAsText(one.changes, colours)}\n`;
    })
    .join('\n');

const markdown: Format = (comparisons) =>
  comparisons
    .map((one) => {
      const title = `### ${one.environment}: ${summaryOf(one)}\n`;
      return one.changes.length === 0 || one.isNew
        ? title
        : `${title}\n${changesAsMarkdown(one.changes)}\n`;
    })
    .join('\n');

const json: Format = (comparisons) =>
  `${JSON.stringify({
    environments: comparisons.map((one) => ({ ...one, summary: summaryOf(one) })),
  })}\n`;

/** How a report is written. */
export const formats = { text, markdown, json } as const;

const summaryOf = ({ isNew, changes }: Comparison): string => {
  if (isNew) return 'a new environment';
  return changes.length === 0 ? 'no change' : tally(changes) || 'only the estimate changes';
};
