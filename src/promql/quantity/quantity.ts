/** What a number measures. */
export interface Quantity {
  /** Powers of base quantities, without zeros: `{ bytes: 1, seconds: -1 }` are bytes per second. */
  readonly of: Readonly<Record<string, number>>;
  /** The number for one of the base quantity: 1000 if the number is in milliseconds. */
  readonly scale: number;
  /**
   * Whether it is a share: a quotient of the same quantity. If the quantity is not known, it is only likely to
   * be one: of two counters, one can count bytes.
   */
  readonly share?: 'sure' | 'likely';
}

/** A constant number. */
export interface Constant {
  readonly number: number;
}

/** A number of things that are not known: requests, or anything that a counter without a unit counts. */
export const things: Quantity = { of: { things: 1 }, scale: 1 };

/** A number of series, or of any objects. */
export const pure: Quantity = { of: {}, scale: 1 };

const isPure = ({ of }: Quantity): boolean => Object.keys(of).length === 0;

const isCounted = ({ of, share }: Quantity): boolean =>
  'things' in of || (isPure({ of, scale: 1 }) && share !== 'sure');

const power = (quantity: Quantity, sign: 1 | -1): [string, number][] =>
  Object.entries(quantity.of).map(([base, exponent]) => [base, sign * exponent]);

/** The product of two quantities, or with `-1` their quotient. */
export const combine = (left: Quantity, right: Quantity, sign: 1 | -1): Quantity => {
  const of: Record<string, number> = { ...left.of };
  for (const [base, exponent] of power(right, sign)) {
    of[base] = (of[base] ?? 0) + exponent;
    if (of[base] === 0) delete of[base];
  }
  const scale = left.scale * right.scale ** sign;
  const cancelled = Object.keys(of).length === 0 && (sign === -1 || !isPure(left));
  const share = isCounted(left) ? 'likely' : 'sure';
  return { of, scale, ...(cancelled && { share }) };
};

/** The quantity per second. */
export const perSecond = (quantity: Quantity): Quantity =>
  combine(quantity, { of: { seconds: 1 }, scale: 1 }, -1);

/** Whether two quantities are the same, with the same scale. */
export const isSame = (left: Quantity, right: Quantity): boolean =>
  left.scale === right.scale &&
  left.share === right.share &&
  Object.keys({ ...left.of, ...right.of }).every((base) => left.of[base] === right.of[base]);

const prefixes = [1, ...[1, 2, 3, 4].flatMap((n) => [1000 ** n, 1024 ** n])];
const conversions = prefixes.flatMap((one) => [one, 8 * one, one / 8]).concat(100);

/** Whether a factor converts to another unit, as 8, 100 and 1024 do; others may mean anything. */
export const isConversion = (factor: number): boolean =>
  factor > 0 && conversions.some((one) => near(factor, one) || near(factor, 1 / one));

const near = (a: number, b: number): boolean => Math.abs(a / b - 1) < 1e-6;
