import type { Score } from './score.js';

/** Share of the faults with consequences that an error reports. */
export const share = (scores: readonly Score[]): number => shareOf(scores, () => 0);

/** Share of the faults with consequences that an error or a warning reports. */
export const reportedShare = (scores: readonly Score[]): number => shareOf(scores, warnings);

const shareOf = (scores: readonly Score[], also: (score: Score) => number): number => {
  const found = scores.reduce((sum, one) => sum + one.caught + also(one), 0);
  const all = scores.reduce((sum, one) => sum + one.caught + survivors(one), 0);
  return all === 0 ? 1 : found / all;
};

/** A line for each operator, and one for all. */
export const scoreTable = (scores: readonly Score[]): string => {
  const rows = scores.map((one) => [
    one.operator,
    `${one.places}`,
    `${one.caught}`,
    `${one.survived.length - survivors(one)}`,
    `${warnings(one)}`,
    `${survivors(one) - warnings(one)}`,
    `${(share([one]) * 100).toFixed(1)} %`,
    Object.entries(one.by)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([check, count]) => `${check} ${count}`)
      .join(', '),
  ]);
  const all = [
    'all',
    `${scores.reduce((total, one) => total + one.places, 0)}`,
    `${scores.reduce((total, one) => total + one.caught, 0)}`,
    `${scores.reduce((total, one) => total + one.survived.length - survivors(one), 0)}`,
    `${scores.reduce((total, one) => total + warnings(one), 0)}`,
    `${scores.reduce((total, one) => total + survivors(one) - warnings(one), 0)}`,
    `${(share(scores) * 100).toFixed(1)} %`,
    '',
  ];
  const head = [
    'operator',
    'places',
    'caught',
    'harmless',
    'warned',
    'survived',
    'share',
    'first detected by',
  ];
  const lines = [head, ...rows, all];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 || column === 7
            ? cell.padEnd(widths[column]!)
            : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The number of faults with consequences that no error reports. */
const survivors = ({ survived }: Score): number =>
  survived.filter(({ harmless }) => harmless === undefined).length;

/** The number of those that a warning reports. */
const warnings = ({ survived }: Score): number =>
  survived.filter(({ harmless, warned }) => harmless === undefined && warned).length;
