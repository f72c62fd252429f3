import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningEngine } from '../engines/process.js';

/** The size of one block of Prometheus on disk. */
interface Block {
  readonly samples: number;
  readonly series: number;
  readonly chunks: number;
  /** Bytes of all chunks. */
  readonly chunkBytes: number;
  /** Bytes. */
  readonly indexBytes: number;
}

/** Writes the head as a block, which is the permanent form; needs the admin API. */
export const writeBlock = async ({ url }: RunningEngine, data: string): Promise<Block> => {
  const response = await fetch(`${url}/api/v1/admin/tsdb/snapshot`, { method: 'POST' });
  const answer = (await response.json()) as { data?: { name: string }; error?: string };
  if (!answer.data) throw new Error(`no snapshot: ${answer.error}`);
  const snapshot = join(data, 'snapshots', answer.data.name);
  const blocks = readdirSync(snapshot);
  if (blocks.length !== 1) throw new Error(`${blocks.length} blocks, where one was expected.`);
  const block = join(snapshot, blocks[0]!);
  const { stats } = JSON.parse(readFileSync(join(block, 'meta.json'), 'utf8'));
  const chunks = join(block, 'chunks');
  return {
    samples: stats.numSamples,
    series: stats.numSeries,
    chunks: stats.numChunks,
    chunkBytes: readdirSync(chunks).reduce((sum, file) => sum + size(join(chunks, file)), 0),
    indexBytes: size(join(block, 'index')),
  };
};

const size = (file: string): number => statSync(file).size;

/**
 * Bytes of a chunk for timestamps, in milliseconds, whose intervals differ from the previous one: a
 * regular timestamp needs a single bit.
 * https://github.com/prometheus/prometheus/blob/v3.14.0/tsdb/chunkenc/xor.go
 */
export const irregularBytes = (times: readonly number[]): number =>
  steps(steps(times)).reduce((sum, change) => sum + bitsFor(change) - 1, 0) / 8;

const steps = (values: readonly number[]): number[] =>
  values.slice(1).map((value, index) => value - values[index]!);

const bitsFor = (change: number): number => {
  if (change === 0) return 1;
  const [prefix, bits] = widths.find(([, width]) => Math.abs(change) < 2 ** (width - 1)) ?? [4, 64];
  return prefix + bits;
};

/** Bits of the prefix, and of the change after it. */
const widths = [
  [2, 14],
  [3, 17],
  [4, 20],
] as const;
