import type { Growth } from './growth.js';
import type { SynthUsage, Usage } from './process.js';
import { median, medians, spread } from './statistics.js';
import { table } from './table.js';

const quantities = { wall: 'wall time, ms', cpu: 'CPU time, ms', memory: 'peak memory, MiB' };

/** What synths and others took side by side, and the median ratio of their wall times. */
export const ratioTable = (
  synths: readonly Usage[],
  others: readonly Usage[],
  title: string,
): { readonly text: string; readonly ratio: number } => {
  const ratios = (key: keyof Usage) => synths.map((synth, pair) => synth[key] / others[pair]![key]);
  const rows = Object.entries(quantities).map(([name, quantity]) => {
    const key = name as keyof typeof quantities;
    const values = (usages: readonly Usage[]) => usages.map((usage) => usage[key]);
    return [quantity, range(values(synths), 0), range(values(others), 0), range(ratios(key), 2)];
  });
  return {
    text: table([['', 'synth', title, 'ratio, pair by pair'], ...rows]),
    ratio: median(ratios('wall')),
  };
};

const range = (values: readonly number[], digits: number): string => {
  const { median: middle, min, max } = spread(values);
  return `${middle.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
};

/** The stages of a synth, what comes before and after them, and the single checks. */
export const profileTable = (
  synths: readonly SynthUsage[],
  profiled: readonly SynthUsage[],
): string => {
  const parts = synths.map(({ wall, started, bundled, loaded, stages }) => {
    const total = Object.values(stages).reduce((sum, time) => sum + time, 0);
    return {
      'start of node': started,
      bundling: bundled! - started,
      'loading of modules': loaded - bundled!,
      ...stages,
      'the rest': wall - loaded - total,
    };
  });
  const checks = Object.entries(medians(profiled.map((one) => one.checks)));
  return table([
    ['', 'ms'],
    ...Object.entries(medians(parts)).flatMap(([name, time]) => [
      [name, time.toFixed(1)],
      ...(name === 'check' ? checks.map(([check, of]) => [`  ${check}`, of.toFixed(1)]) : []),
    ]),
  ]);
};

// Of quadratic growth, the last step would cost 2.4 times as much each as those before.
const linearUpTo = 1.5;

/** How times grow with the number of things, and whether later ones cost what earlier ones do. */
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
