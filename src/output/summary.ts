import Table from 'cli-table3';
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
  const table = new Table({
    head: [
      'environment',
      'objects',
      'images',
      'requests',
      'memory limit',
      'volumes',
      'warnings',
      out,
    ].map(colours.bold),
    style: { head: [], border: [], compact: true },
    chars: bare,
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const { environment, totals, warnings } of lines) {
    table.push([
      environment,
      totals.objects,
      totals.images.length,
      `${formatCores(totals.cpu)} CPU, ${formatBytes(totals.memory)}`,
      formatBytes(totals.memoryLimit),
      `${totals.claims.length}, ${formatBytes(totals.claims.reduce((sum, { bytes }) => sum + bytes, 0))}`,
      warnings > 0 ? colours.yellow(warnings) : warnings,
      published[environment] ?? '',
    ]);
  }
  const removed = Object.entries(published).filter(([, state]) => state === 'removed');
  return [
    table.toString(),
    ...removed.map(([name]) => `${name}: removed, there is no such environment any more`),
    colours.dim(
      `Requests count a node agent once, for one node. ${(milliseconds / 1000).toFixed(2)} s.`,
    ),
    '',
  ].join('\n');
};

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};
