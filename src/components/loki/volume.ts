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

/** Bytes of the index for each line: copies of it are on the volume also if lines are in a bucket. */
const indexPerLine = 5;

/** How long lines can be on the volume before all of them are in the bucket. */
const secondsBeforeBucket = 3 * 3600;

const gibibyte = 1024 ** 3;

/** Bytes on the volume. With a bucket, the write-ahead log has new lines twice, since each checkpoint is a copy. */
const bytesOf = ({ linesPerSecond, retention }: VolumeSize, inBucket: boolean): number => {
  const kept = seconds(retention) ?? 0;
  return inBucket
    ? linesPerSecond * (2 * secondsBeforeBucket * bytesPerLine + kept * indexPerLine)
    : linesPerSecond * kept * bytesPerLine;
};

/** Volumes that are full before the retention deletes anything, or that fill up between two looks at them. */
export const volumeFaults = (size: VolumeSize, inBucket: boolean): FoundFault<ConfigFault>[] => {
  const { volume, retention, linesPerSecond, ingestionRate } = size;
  const needed = Math.ceil(bytesOf(size, inBucket) / fullShare / gibibyte);
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
      message: inBucket
        ? `${linesPerSecond} lines per second need about ${needed}Gi beside the bucket: for new lines, at ${2 * bytesPerLine} bytes each, and for an index of ${retention}, at ${indexPerLine}.`
        : `${linesPerSecond} lines per second for ${retention} need about ${needed}Gi, at ${bytesPerLine} bytes each.`,
      value: volume,
      remedy: `Set it to '${needed}Gi', or set a shorter retention or the expected linesPerSecond.`,
    },
  ];
};
