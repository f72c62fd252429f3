import type { Unit } from '../model/unit.js';
import type { Thresholds } from './house-style.js';

/**
 * The minimum upper end of an axis, by unit. If all values are zero, Grafana's axis ends at 100, which
 * is 10000 % for a ratio, and more than a minute for seconds.
 */
const softMaxima: Readonly<Record<string, number>> = {
  percentunit: 0.01,
  percent: 1,
  s: 0.01,
  ms: 10,
  short: 1,
  none: 1,
  'suffix:cores': 0.01,
  cps: 0.1,
  ops: 0.1,
  reqps: 0.1,
  'count:p/s': 4,
  binBps: 1024,
  bytes: 1000,
};

/** The minimum upper end of an axis; without decimals, large enough for integer ticks. */
export const softMaxOf = (unit: Unit, decimals?: number): number | undefined =>
  decimals === 0 ? 4 : softMaxima[unit];

/** Whether a line at the lowest threshold is visibly above zero on an axis with this end. */
export const isLineReadable = (
  { warning = Number.POSITIVE_INFINITY, critical }: Thresholds,
  reach: number | undefined,
): boolean => {
  const lowest = Math.min(warning, critical);
  return lowest > 0 && (reach === undefined || lowest >= reach / 10);
};
