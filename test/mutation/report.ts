import type { Score } from './score.js';

/** Share of the faults with consequences that must be detected. */
export const share = (scores: readonly Score[]): number => {
  const caught = scores.reduce((sum, one) => sum + one.caught, 0);
  const survived = scores.reduce((sum, one) => sum + survivors(one), 0);
  return caught + survived === 0 ? 1 : caught / (caught + survived);
};

/** A line for each operator, and one for all. */
export const scoreTable = (scores: readonly Score[]): string => {
  const rows = scores.map((one) => [
    one.operator,
    `${one.places}`,
    `${one.caught}`,
    `${one.survived.length - survivors(one)}`,
    `${survivors(one)}`,
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
    `${scores.reduce((total, one) => total + survivors(one), 0)}`,
    `${(share(scores) * 100).toFixed(1)} %`,
    '',
  ];
  const head = [
    'operator',
    'places',
    'caught',
    'harmless',
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
          column === 0 || column === 6
            ? cell.padEnd(widths[column]!)
            : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The number of undetected faults with consequences. */
const survivors = ({ survived }: Score): number =>
  survived.filter(({ harmless }) => harmless === undefined).length;
