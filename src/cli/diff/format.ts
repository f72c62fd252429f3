import type { Change } from '../../diff/change.js';
import { changesAsMarkdown, code } from '../../diff/markdown.js';
import { tally } from '../../diff/tally.js';
import { changesAsText } from '../../diff/text.js';
import type { Colours } from '../../output/colours.js';
import { type OptionChange, otherChanges } from './options.js';

/** What changes in an environment. */
export interface Comparison {
  readonly environment: string;
  /** Whether nothing was there before. */
  readonly isNew: boolean;
  readonly changes: readonly Change[];
  /** The options that cause changes. @default - the earlier options are not known */
  readonly options?: readonly OptionChange[];
}

type Format = (comparisons: readonly Comparison[], colours: Colours) => string;

const text: Format = (comparisons, colours) =>
  comparisons
    .map((one) => {
      const title = `${colours.bold(one.environment)}: ${summaryOf(one)}\n`;
      if (one.changes.length === 0 || one.isNew) return title;
      const options = optionLines(one, String).map((line) => `  ${line}`);
      const causes = options.length > 0 ? [[colours.bold(heading), ...options].join('\n')] : [];
      return `${[title.trimEnd(), ...causes, changesAsText(one.changes, colours)].join('\n\n')}\n`;
    })
    .join('\n');

const markdown: Format = (comparisons) =>
  comparisons
    .map((one) => {
      const title = `### ${one.environment}: ${summaryOf(one)}`;
      if (one.changes.length === 0 || one.isNew) return `${title}\n`;
      const options = optionLines(one, code).map((line) => `- ${line}`);
      const causes = options.length > 0 ? [[`#### ${heading}`, ...options].join('\n')] : [];
      return `${[title, ...causes, changesAsMarkdown(one.changes)].join('\n\n')}\n`;
    })
    .join('\n');

const json: Format = (comparisons) =>
  `${JSON.stringify({
    environments: comparisons.map((one) => ({
      environment: one.environment,
      isNew: one.isNew,
      summary: summaryOf(one),
      changes: one.changes,
      ...(one.options && { options: one.options.map(withoutDetails) }),
    })),
  })}\n`;

const withoutDetails = ({ causes, ...option }: OptionChange) => ({
  ...option,
  causes: causes.map(({ section, subject }) => ({ section, subject })),
});

/** How a report is written. */
export const formats = { text, markdown, json } as const;

const heading = 'Options that cause it';

const optionLines = (
  { changes, options = [] }: Comparison,
  quoted: (text: string) => string,
): string[] => {
  if (options.length === 0) return [];
  const others = tally(otherChanges(changes, options));
  return [
    ...options.map(({ option, before = 'not set', after = 'not set', causes }) => {
      return `${quoted(option)} ${quoted(before)} → ${quoted(after)}: ${tally(causes)}`;
    }),
    ...(others ? [`by other causes: ${others}`] : []),
  ];
};

const summaryOf = ({ isNew, changes }: Comparison): string => {
  if (isNew) return 'a new environment';
  return changes.length === 0 ? 'no change' : tally(changes) || 'only the estimate changes';
};
