import type { Growth } from './growth.js';
import type { SynthUsage, Usage } from './process.js';
import { median, medians, spread } from './statistics.js';
import { table } from './table.js';

const quantities = { wall: 'wall time, ms', cpu: 'CPU time, ms', memory: 'peak memory, MiB' };

type Quantity = keyof typeof quantities;

/** A comparison of synths and bare apps, and the median ratio of their wall times. */
export const ratioTable = (
  synths: readonly Usage[],
  bares: readonly Usage[],
): { readonly text: string; readonly ratio: number } => {
  const rows = Object.entries(quantities).map(([name, title]) => {
    const key = name as Quantity;
    const values = (usages: readonly Usage[]) => usages.map((usage) => usage[key]);
    return [
      title,
      range(values(synths), 0),
      range(values(bares), 0),
      range(ratios(synths, bares, key), 2),
    ];
  });
  return {
    text: table([['', 'synth', 'bare', 'ratio, pair by pair'], ...rows]),
    ratio: median(ratios(synths, bares, 'wall')),
  };
};

/** The ratios of alternative designs to the current synth. */
export const otherwiseTable = (
  others: Readonly<Record<string, readonly Usage[]>>,
  synths: readonly Usage[],
): string =>
  table([
    ['', ...Object.values(quantities).map((title) => title.replace(/,.*/, ''))],
    ...Object.entries(others).map(([name, usages]) => [
      name,
      ...Object.keys(quantities).map((key) => range(ratios(usages, synths, key as Quantity), 2)),
    ]),
  ]);

const ratios = (some: readonly Usage[], others: readonly Usage[], key: Quantity): number[] =>
  some.map((one, pair) => one[key] / others[pair]![key]);

const range = (values: readonly number[], digits: number): string => {
  const { median: middle, min, max } = spread(values);
  return `${middle.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
};

/** The durations of the stages of a synth, of the time before and after them, and of each check. */
export const profileTable = (
  synths: readonly SynthUsage[],
  timed: readonly SynthUsage[],
): string => {
  const parts = synths.map(({ wall, started, stages }) => {
    const total = Object.values(stages).reduce((sum, time) => sum + time, 0);
    return {
      'start of node': started,
      'library and packages, and the end of the process': wall - started - total,
      ...stages,
    };
  });
  const checks = Object.entries(medians(timed.map(({ checks = {} }) => checks)));
  return table([
    ['', 'ms'],
    ...Object.entries(medians(parts)).flatMap(([name, time]) => [
      [name, time.toFixed(1)],
      ...(name === 'check' ? checks.map(([check, of]) => [`  ${check}`, of.toFixed(1)]) : []),
    ]),
  ]);
};

// With quadratic growth, each item of the last step would cost 2.4 times as much as an earlier one.
const linearUpTo = 1.5;

/** How times grow with the number of items, and whether later items cost more than earlier ones. */
export const growthTable = (thing: string, growth: readonly Growth[]): string => {
  const rows = growth.map((one, index) => {
    const before = growth[index - 1];
    return [
      String(one.count),
      ...[one.wall, one.cpu, one.memory].map((value) => value.toFixed(0)),
      ...(['wall', 'cpu'] as const).map((key) =>
        before ? perAdded(before, one, key).toFixed(1) : '',
      ),
      before ? perAdded(before, one, 'bytes').toFixed(0) : '',
    ];
  });
  const titles = ['wall time', 'CPU time', 'peak memory'];
  const added = ['wall', 'CPU', 'bytes'].map((what) => `${what} per added`);
  return `${table([[`${thing}s`, ...titles, ...added], ...rows])}${verdictOn(thing, growth)}`;
};

const verdictOn = (thing: string, growth: readonly Growth[]): string => {
  const [first, middle, last] = [growth[0]!, growth.at(-2)!, growth.at(-1)!];
  const [early, late] = [perAdded(first, middle, 'cpu'), perAdded(middle, last, 'cpu')];
  const verdict = late <= linearUpTo * early ? 'no steeper than linear' : 'steeper than linear';
  const costs = [
    `${early.toFixed(1)} ms each up to ${middle.count}`,
    `${late.toFixed(1)} ms each from there to ${last.count}`,
  ];
  return `CPU time per added ${thing}: ${costs.join(', ')}: ${verdict}.`;
};

const perAdded = (from: Growth, to: Growth, key: 'wall' | 'cpu' | 'bytes'): number =>
  (to[key] - from[key]) / (to.count - from.count);
