import type { CheckInput } from '../../../model/check.js';
import { memoize } from '../../../model/memoize.js';
import { seconds } from '../../../promql/duration.js';
import { filesIn, type MountedFile } from '../file.js';
import { prometheusConfig } from '../prometheus-file.js';
import { estimateJobs } from './estimate.js';
import { type Need, needOf } from './need.js';

/** The retention in the configuration of Prometheus. */
export interface Retention {
  readonly seconds: number;
  /** Bytes. @default - no limit */
  readonly size?: number;
  /** Of the disk. @default - no limit */
  readonly percentage?: number;
}

/** The expected need of Prometheus, and its configuration file. */
export interface Expected {
  readonly need: Need;
  readonly retention: Retention;
  readonly file: MountedFile;
}

/** The expected need of Prometheus; undefined if it does not ship, or if its file cannot be parsed. */
export const expectedOf = memoize((input: CheckInput): Expected | undefined => {
  const file = filesIn(input).find((one) => one.file?.kind === 'prometheus-config');
  if (!file?.content || file.content.fault !== undefined) return undefined;
  const retention = retentionIn(file.content.value);
  return { need: needOf(estimateJobs(input), retention.seconds), retention, file };
});

const retentionIn = (value: unknown): Retention => {
  const {
    time = '',
    size = '',
    percentage,
  } = prometheusConfig(value).storage?.tsdb?.retention ?? {};
  const [, amount, unit] = /^(\d+)(B|KB|MB|GB|TB|PB|EB)$/.exec(size) ?? [];
  const power = { KB: 10, MB: 20, GB: 30, TB: 40, PB: 50, EB: 60 }[unit ?? ''] ?? 0;
  return {
    seconds: seconds(time) ?? 0,
    // Prometheus then ignores the limit by size.
    ...(percentage !== undefined && percentage > 0 && { percentage }),
    size: amount === undefined ? undefined : Number(amount) * 2 ** power,
  };
};
