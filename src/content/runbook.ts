/** What the section of an alert says, in this order. */
export const runbookParts = ['Meaning', 'Impact', 'Diagnosis', 'Remedy'] as const;

/** What a runbook says of one alert. */
export interface RunbookSection {
  readonly alert: string;
  /** 1-based, of the heading. */
  readonly line: number;
  /** Of `runbookParts`, those that it lacks. */
  readonly missing: readonly string[];
}

/** The sections of a runbook: one below each heading `## AlertName`. */
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
