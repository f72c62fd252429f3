import type { RunbookQuery } from '../model/check.js';
import { aggregations, functions } from '../promql/function.js';

/** The paragraphs of the section of an alert, in this order. */
export const runbookParts = ['Meaning', 'Impact', 'Diagnosis', 'Remedy'] as const;

/** The section of one alert. */
export interface RunbookSection {
  readonly alert: string;
  /** 1-based line of the heading. */
  readonly line: number;
  /** Missing parts of `runbookParts`. */
  readonly missing: readonly string[];
}

/** The sections of a runbook, each below a heading `## AlertName`. */
export const runbookSections = (text: string): RunbookSection[] =>
  [...text.matchAll(/^## +(\S.*)$/gm)].map((heading) => {
    const body = text.slice(heading.index + heading[0].length).split(/^## /m, 1)[0]!;
    return {
      alert: heading[1]!.trim(),
      line: text.slice(0, heading.index).split('\n').length,
      missing: runbookParts.filter(
        (part) => !new RegExp(`^\\*\\*${part}\\.\\*\\* +\\S`, 'm').test(body),
      ),
    };
  });

/** The queries of a runbook: the inline code that starts like PromQL. */
export const runbookQueries = (text: string): RunbookQuery[] => {
  let alert: string | undefined;
  return text.split('\n').flatMap((line, index) => {
    alert = /^## +(\S.*)$/.exec(line)?.[1]?.trim() ?? alert;
    const about = alert;
    if (about === undefined) return [];
    return [...line.matchAll(/`([^`]+)`/g)]
      .filter(([, code = '']) => isQuery(code))
      .map(([, expr = '']) => ({ alert: about, expr, line: index + 1 }));
  });
};

// Other inline code is a command, an option or a label.
const beginnings = [
  // A selector. Without a label matcher it is a name with two underscores or a colon, which labels do not have.
  /[\w:]*\{/,
  /[a-z]+(?:_[A-Za-z0-9]+){2,}\b(?!\/)/,
  /[a-z]\w*:[a-z]\w*:/,
  /up\b/,
  new RegExp(`(?:${[...functions.keys(), ...aggregations.keys()].join('|')})\\s*\\(`),
  new RegExp(`(?:${[...aggregations.keys()].join('|')}) (?:by|without)\\b`),
];
const beginsAsQuery = new RegExp(`^[(\\s]*(?:${beginnings.map(({ source }) => source).join('|')})`);

const isQuery = (code: string): boolean => beginsAsQuery.test(code);
