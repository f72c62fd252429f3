/** A property of an override in Grafana's format. */
export interface Property {
  readonly id: string;
  readonly value?: unknown;
}

/** The size of a column in pixels. */
export interface ColumnSize {
  /** @default - enough for the title of a number; names share the remaining width */
  readonly width?: number;
  /** Minimum width of a column of names: if there is less space, the table scrolls. @default - enough for the title */
  readonly minWidth?: number;
}

/** Width of other columns; Grafana's default of 150 moves the last columns out of view. */
export const leastWidth = 80;

/** Width of a title with its sort arrow. */
const roomFor = (title: string): number => Math.ceil(7.5 * title.length) + 38;

/** The size of a column of names, which share the width that numbers do not use. */
export const nameSize = (title: string, { width, minWidth }: ColumnSize): Property[] => {
  if (width !== undefined) return [{ id: 'custom.width', value: width }];
  const least = minWidth ?? roomFor(title);
  return least > leastWidth ? [{ id: 'custom.minWidth', value: least }] : [];
};

// Other units are words after the number.
const shortUnits = ['', 'short', 'none', 'percent', 'percentunit', 's', 'ms', 'bytes', 'decbytes'];

/** The size of a column of numbers, which need less width than names. */
export const numberSize = (
  title: string,
  { width, minWidth, unit = '' }: ColumnSize & { readonly unit?: string },
): Property[] => {
  if (minWidth !== undefined && width === undefined) return nameSize(title, { minWidth });
  const least = shortUnits.includes(unit) ? 90 : 110;
  return [{ id: 'custom.width', value: width ?? Math.max(least, roomFor(title)) }];
};
