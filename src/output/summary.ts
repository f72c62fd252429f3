import { formatBytes, formatCores } from '../model/quantity.js';
import { colours } from './colours.js';
import type { Published } from './publish.js';
import type { Totals } from './total.js';

/** What one environment came to. */
export interface Line {
  readonly environment: string;
  readonly totals: Totals;
  readonly warnings: number;
}

/** The table after a synth that succeeded: what there is, and how long it took. */
export const summary = (
  lines: readonly Line[],
  published: Published,
  out: string,
  milliseconds: number,
): string => {
  const rows = lines.map(({ environment, totals, warnings }) => [
    environment,
    `${totals.objects}`,
    `${totals.images.length}`,
    `${formatCores(totals.cpu)} CPU, ${formatBytes(totals.memory)}`,
    formatBytes(totals.memoryLimit),
    `${totals.claims.length}, ${formatBytes(totals.claims.reduce((sum, { bytes }) => sum + bytes, 0))}`,
    `${warnings}`,
    published[environment] ?? '',
  ]);
  const removed = Object.entries(published).filter(([, state]) => state === 'removed');
  return [
    ...table([[...titles, out], ...rows]),
    ...removed.map(([name]) => `${name}: removed, there is no such environment any more`),
    colours.dim(
      `Requests count a node agent once, for one node. ${(milliseconds / 1000).toFixed(2)} s.`,
    ),
    '',
  ].join('\n');
};

const titles = [
  'environment',
  'objects',
  'images',
  'requests',
  'memory limit',
  'volumes',
  'warnings',
] as const;

/** Lines in columns: names and states flush left, amounts flush right. */
const table = (rows: readonly (readonly string[])[]): string[] =>
  rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const width = Math.max(...rows.map((one) => one[column]!.length));
      const isAmount = column > 0 && column < titles.length;
      const padded = isAmount ? cell.padStart(width) : cell.padEnd(width);
      if (index === 0) return colours.bold(padded);
      return titles[column] === 'warnings' && cell !== '0' ? colours.yellow(padded) : padded;
    });
    return ` ${cells.join('   ')}`.trimEnd();
  });
