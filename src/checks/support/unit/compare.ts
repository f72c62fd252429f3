import type { Quantity } from '../../../promql/quantity/quantity.js';
import { shownAs } from './shown.js';

/** How a unit contradicts what the values are. */
export interface Contradiction {
  readonly fault: 'other-quantity' | 'other-scale' | 'other-rate';
  /** What the values are. */
  readonly values: string;
  /** By which factor the panel shows too much. @default - another quantity */
  readonly factor?: number;
}

/** The contradiction between a query and the unit of its values; undefined if they fit or may fit. */
export const contradiction = (quantity: Quantity, unit: string): Contradiction | undefined => {
  const shown = shownAs(unit);
  const [of, wanted] = [known(quantity), known(shown)];
  if (!shown || (Object.keys(of).length === 0 && !quantity.share) || isOther(of)) return undefined;
  const values = nameOf(quantity);
  if (!isSameOf(without(of), without(wanted)) || isTime(of) !== isTime(wanted)) {
    // Seconds per second are a share, which is also read as seconds.
    if (quantity.share === 'likely') return undefined;
    if (quantity.share && ['seconds', ''].includes(Object.keys(wanted).join())) return undefined;
    return { fault: 'other-quantity', values };
  }
  // Events per second have no scale.
  if (quantity.share && !shown.share) return undefined;
  const factor = quantity.scale / shown.scale;
  if (factor > 1.3 || factor < 1 / 1.3) return { fault: 'other-scale', values, factor };
  return isSameOf(of, wanted) || 'things' in quantity.of
    ? undefined
    : { fault: 'other-rate', values };
};

/** Without a number of things, by which anything can be multiplied or divided. */
const known = (quantity: Quantity | undefined): Quantity['of'] => {
  const { things: _, ...of } = quantity?.of ?? {};
  return of;
};

/** A number of events per second, which may be a rate of anything, or a product that no unit stands for. */
const isOther = (of: Quantity['of']): boolean => {
  const { seconds = 0, ...rest } = of;
  const others = Object.values(rest);
  return (
    Math.abs(seconds) > 1 || others.some((one) => one !== 1) || (seconds < 0 && others.length === 0)
  );
};

const without = ({ seconds: _, ...of }: Quantity['of']): Quantity['of'] => of;

/** Whether it has no other quantity than time. */
const isTime = (of: Quantity['of']): boolean =>
  Object.keys(of).join() === 'seconds' && of.seconds! > 0;

const isSameOf = (a: Quantity['of'], b: Quantity['of']): boolean =>
  Object.keys({ ...a, ...b }).every((base) => a[base] === b[base]);

const names: Readonly<Record<string, readonly [scale: number, name: string][]>> = {
  bytes: [
    [8, 'bits'],
    [1, 'bytes'],
  ],
  seconds: [
    [1, 'seconds'],
    [1e3, 'milliseconds'],
    [1e6, 'microseconds'],
    [1e9, 'nanoseconds'],
  ],
  '': [
    [1, 'a share from 0 to 1'],
    [100, 'a share from 0 to 100'],
  ],
};

const nameOf = (quantity: Quantity): string => {
  const of = known(quantity);
  const base = Object.keys(of).find((one) => of[one]! > 0) ?? '';
  const found = names[base]?.find(([scale]) => scale === quantity.scale)?.[1];
  const name = found ?? (base || 'a share');
  return of.seconds === -1 ? `${name} per second` : name;
};
