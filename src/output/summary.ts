import { formatBytes, formatCores } from '../model/quantity.js';
import { colours } from './colours.js';
import { columns } from './columns.js';
import type { Totals } from './total.js';

/** The result of one environment. */
export interface Line {
  readonly environment: string;
  readonly totals: Totals;
  readonly warnings: number;
}

/** The table after a successful synth. */
export const summary = (
  lines: readonly Line[],
  /** What happened to the folder of each environment. */
  published: Readonly<Record<string, string>> = {},
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
    ...removed.map(([name]) => `${name}: removed: this environment no longer exists`),
    colours.dim(
      `Requests and limits are for all nodes (cluster.nodes). ${(milliseconds / 1000).toFixed(2)} s.`,
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

/** The rows in columns, with the titles first. */
const table = (rows: readonly (readonly string[])[]): string[] =>
  columns(rows, {
    left: [titles.length],
    style: (padded, row, column) => {
      if (row === 0) return colours.bold(padded);
      return titles[column] === 'warnings' && padded.trim() !== '0'
        ? colours.yellow(padded)
        : padded;
    },
  });
