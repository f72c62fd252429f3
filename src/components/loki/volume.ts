import type { ConfigFault } from '../../config/faults.js';
import type { FoundFault } from '../../model/fault.js';
import { quantityValue } from '../../model/quantity.js';
import { seconds } from '../../promql/duration.js';
import { fullShare } from './full-share.js';
import type { SizeLimits } from './limits.js';

interface VolumeSize extends SizeLimits {
  readonly volume: string;
  readonly retention: string;
  readonly linesPerSecond: number;
}

/**
 * Bytes on the volume for each line, with its share of the index, for lines that compress badly. `docs/evidence.md` has
 * what lines take that compress well.
 */
export const bytesPerLine = 100;

const gibibyte = 1024 ** 3;

/** Volumes that are full before the retention deletes anything, or that fill up between two looks at them. */
export const volumeFaults = (size: VolumeSize): FoundFault<ConfigFault>[] => {
  const { volume, retention, linesPerSecond, ingestionRate } = size;
  const lines = linesPerSecond * (seconds(retention) ?? 0);
  const needed = Math.ceil((lines * bytesPerLine) / fullShare / gibibyte);
  const bytes = quantityValue(volume);
  // Loki looks every 10 seconds; each line is in the write-ahead log and in a chunk, and checkpoints are copies.
  const between = 20 * quantityValue(ingestionRate) + gibibyte / 8;
  const smallest = Math.ceil(between / (1 - fullShare) / gibibyte);
  if (bytes < smallest * gibibyte) {
    return [
      {
        fault: 'invalid-value',
        place: { path: 'volume' },
        value: volume,
        remedy: `Set it to at least '${smallest}Gi': Loki refuses lines when ${fullShare * 100} % are used, and the rest must have room for what arrives at ingestionRate (${ingestionRate}/s) until it notices.`,
      },
    ];
  }
  if (bytes >= needed * gibibyte) return [];
  return [
    {
      fault: 'small-volume',
      place: { path: 'volume' },
      message: `${linesPerSecond} lines per second for ${retention} need about ${needed}Gi, at ${bytesPerLine} bytes each.`,
      value: volume,
      remedy: `Set it to '${needed}Gi', or set a shorter retention or the expected linesPerSecond.`,
    },
  ];
};
