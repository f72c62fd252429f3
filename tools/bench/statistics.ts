/** The median, the minimum and the maximum. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The middle one of the values, or the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
};

/** The spread of values. */
export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** The median of the values of each key; a missing key counts as 0. */
export const medians = (
  records: readonly Readonly<Record<string, number>>[],
): Record<string, number> => {
  const keys = new Set(records.flatMap(Object.keys));
  return Object.fromEntries(
    [...keys].map((key) => [key, median(records.map((record) => record[key] ?? 0))]),
  );
};
