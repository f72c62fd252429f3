import { seconds } from '../../promql/duration.js';

/** The periods of error budgets, from the longest. */
export const periods = ['30d', '14d', '7d'] as const;

export type Period = (typeof periods)[number];

/** A condition of an alert: the error ratio exceeds a threshold over a long window, and still does over a short one. */
export interface BurnWindow {
  readonly long: '1h' | '6h' | '1d' | '3d';
  readonly short: '5m' | '30m' | '2h' | '6h';
  readonly severity: 'critical' | 'warning';
  /** The share of the error budget of the period that is spent in the long window when the alert fires. */
  readonly budget: Readonly<Record<Period, number>>;
}

/**
 * The windows of the SRE workbook, for 30 days; sloth's for 7 days, which has the same windows with larger
 * shares: with the same shares, an alert over 3 days would fire although the objective is met.
 * https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_a
 * https://github.com/slok/sloth/blob/v0.16.0/examples/windows/7d.yaml
 */
export const burnWindows: readonly BurnWindow[] = [
  {
    long: '1h',
    short: '5m',
    severity: 'critical',
    budget: { '30d': 0.02, '14d': 0.04, '7d': 0.08 },
  },
  {
    long: '6h',
    short: '30m',
    severity: 'critical',
    budget: { '30d': 0.05, '14d': 0.08, '7d': 0.125 },
  },
  {
    long: '1d',
    short: '2h',
    severity: 'warning',
    budget: { '30d': 0.1, '14d': 0.14, '7d': 0.2 },
  },
  {
    long: '3d',
    short: '6h',
    severity: 'warning',
    budget: { '30d': 0.1, '14d': 0.21, '7d': 0.42 },
  },
];

/** How many times faster than allowed the budget is spent when the alert fires: 14.4 for 2 % of 30 days in an hour. */
export const burnRate = ({ long, budget }: BurnWindow, period: Period): number =>
  exact((budget[period] * seconds(period)!) / seconds(long)!);

/** A number without the error of its calculation in binary: 0.001 for 1 - 0.999. */
export const exact = (value: number): number => Number(value.toPrecision(12));

/** The share of events that may fail: 0.001 for a target of 99.9 %. */
export const budgetOf = (target: number): number => Number((1 - target / 100).toFixed(15));

/** Days of a period. */
export const daysOf = (period: Period): number => seconds(period)! / 86_400;

/** The longest period that fits a retention; undefined if none fits. */
export const periodFor = (retentionSeconds: number): Period | undefined =>
  periods.find((one) => seconds(one)! <= retentionSeconds);
