import type { ReadField, ReadPanel } from '../../../model/dashboard.js';
import { ownValue } from '../../../model/own-value.js';
import { listOf } from '../../support/untyped.js';
import type { PanelFault } from './faults.js';

/** Faults of the axis and the unit of a panel. */
export const scaleFaults = (panel: ReadPanel): PanelFault[] => {
  const defaults = panel.fieldConfig?.defaults ?? {};
  const expressions = listOf(panel.targets).flatMap(({ expr }) =>
    typeof expr === 'string' ? [expr] : [],
  );
  return [
    ...(panel.type === 'timeseries'
      ? [...openAxis(defaults), ...linesAtZero(defaults), ...wordsAsTicks(defaults)]
      : []),
    ...units(defaults, expressions),
  ];
};

// Grafana draws the axis to 100 if all values are zero.
const misleading: Readonly<Record<string, readonly [end: string, remedy: string]>> = {
  percentunit: ['10000 %', 'Set the maximum of the axis to 1, which is 100 % in this unit.'],
  percent: ['100 %', 'Set the maximum of the axis to 100, or to a lower soft maximum.'],
  s: ['100 seconds', 'Set a soft maximum that is close to the usual values.'],
};

const openAxis = ({ unit, max, custom }: ReadField): PanelFault[] => {
  const known = ownValue(misleading, `${unit}`);
  if (!known || max !== undefined || custom?.axisSoftMax !== undefined) return [];
  const [end, remedy] = known;
  const message = `The axis ends at ${end} while all values are zero.`;
  return [{ fault: 'open-axis', message, remedy }];
};

const linesAtZero = ({ thresholds, max, custom }: ReadField): PanelFault[] => {
  const mode = custom?.thresholdsStyle?.mode;
  if (typeof mode !== 'string' || !/line|dashed/.test(mode)) return [];
  const reach = max ?? custom?.axisSoftMax;
  return listOf(thresholds?.steps)
    .map(({ value }) => value)
    .filter((value): value is number => typeof value === 'number')
    .filter((value) => value <= 0 || (typeof reach === 'number' && value < reach / 10))
    .map((value) => ({
      fault: 'threshold-at-zero',
      value,
    }));
};

/**
 * Grafana 9.4 writes `noValue` at each tick that is not a whole number:
 * https://github.com/grafana/grafana/blob/v9.4.0/packages/grafana-ui/src/components/uPlot/config/UPlotAxisBuilder.ts
 */
const wordsAsTicks = ({ decimals, noValue, max, custom }: ReadField): PanelFault[] => {
  const reach: unknown = max ?? custom?.axisSoftMax;
  if (decimals !== 0 || !noValue || (typeof reach === 'number' && reach >= 4)) return [];
  return [
    {
      fault: 'fractional-ticks',
      message: `The axis has ticks between whole numbers, labelled '${noValue}' or not at all.`,
      value: reach,
    },
  ];
};

/** Units that Grafana also writes with a prefix for values below 1: 0.05 p/s as "50 mp/s". */
const smallPrefix: Readonly<Record<string, string>> = { pps: 'count:p/s', Bps: 'binBps' };

const cpuTime =
  /rate\(\w*cpu\w*_seconds_total\b|irate\(\w*cpu\w*_seconds_total\b|cpu_usage_seconds:rate/;

const units = ({ unit, decimals }: ReadField, expressions: readonly string[]): PanelFault[] => {
  const better = smallPrefix[`${unit}`];
  if (better !== undefined) {
    return [
      {
        fault: 'prefixed-unit',
        value: unit,
        remedy: `Use '${better}'.`,
      },
    ];
  }
  if (!['short', 'none', 'locale'].includes(`${unit}`)) return [];
  const cpu = expressions.find((expr) => cpuTime.test(expr) && !expr.includes('/'));
  const grown = expressions.find((expr) => /\bincrease\(/.test(expr) && !/\/|\bround\(/.test(expr));
  return [
    ...(cpu === undefined
      ? []
      : [
          {
            fault: 'no-cpu-unit' as const,
            value: unit,
          },
        ]),
    ...(grown === undefined || decimals === 0
      ? []
      : [
          {
            fault: 'fractional-count' as const,
            value: grown,
          },
        ]),
  ];
};
