import type { Detail } from './change.js';

/** Two values that differ, and where; a value that does not exist is undefined. */
export interface Difference {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Where two values differ. Items of a list are paired by a field that identifies them (`name`,
 * `mountPath`, …), flags by their names, other items by their values or positions.
 */
export const differences = (
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): Difference[] => {
  if (before === after) return [];
  const [left, right] = [before ?? emptyOf(after), after ?? emptyOf(before)];
  const [old, fresh] = [keyed(left, right), keyed(right, left)];
  if (!old || !fresh) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  const found = names.flatMap((name) =>
    differences(old.get(name), fresh.get(name), name.startsWith(unnamed) ? path : [...path, name]),
  );
  const isReordered =
    Array.isArray(before) && found.length === 0 && JSON.stringify(before) !== JSON.stringify(after);
  return isReordered ? [{ path: [...path, 'order'], before, after }] : found;
};

/** Differences as details, without the first parts of their paths. */
export const detailsOf = (found: readonly Difference[], from = 0): Detail[] =>
  found.map(({ path, before, after }) => {
    const what = path.slice(from).join(' ').replaceAll(' [', '[');
    if (path.at(-1) === 'order') return { what };
    return {
      what,
      ...(before !== undefined && { before: textOf(before) }),
      ...(after !== undefined && { after: textOf(after) }),
    };
  });

/** A value as text for people. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

// A list that exists on one side only is compared item by item.
const emptyOf = (other: unknown): unknown => (Array.isArray(other) ? [] : undefined);

type Keyed = ReadonlyMap<string, unknown>;

/** The parts of a value by their names, if both values have parts. */
const keyed = (value: unknown, other: unknown): Keyed | undefined => {
  if (Array.isArray(value) && Array.isArray(other)) return itemsOf(value, other);
  if (!isRecord(value) || !isRecord(other)) return undefined;
  return new Map(Object.entries(value));
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that identify an item in lists of Kubernetes and of the engines. */
const identities = [
  'name',
  'job_name',
  'uid',
  'mountPath',
  'refId',
  'title',
  'containerPort',
  'port',
  'id',
];

// An item that only its value identifies has no name in paths.
const unnamed = '\0';

const itemsOf = (list: readonly unknown[], other: readonly unknown[]): Keyed => {
  const field = identities.find((name) => identifies(name, list) && identifies(name, other));
  if (field !== undefined) {
    return new Map(list.map((item) => [`[${(item as Record<string, unknown>)[field]}]`, item]));
  }
  const flags = flagsOf(list);
  if (flags && flagsOf(other)) return flags;
  if (list.length === other.length && list.some(isRecord)) {
    return new Map(list.map((item, index) => [`[${index}]`, item]));
  }
  const counts = new Map<string, number>();
  return new Map(
    list.map((item) => {
      const text = textOf(item);
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      return [`${unnamed}${count} ${text}`, item];
    }),
  );
};

const identifies = (field: string, list: readonly unknown[]): boolean => {
  const values = list.map((item) => (isRecord(item) ? item[field] : undefined));
  return (
    values.every((value) => typeof value === 'string' || typeof value === 'number') &&
    new Set(values).size === list.length
  );
};

/** Flags of a command line by their names; undefined if the list has something else. */
const flagsOf = (list: readonly unknown[]): Keyed | undefined => {
  const flags = new Map<string, string>();
  for (const item of list) {
    const [, name, value = ''] = /^(--?[a-zA-Z][\w.-]*)(?:=(.*))?$/s.exec(`${item}`) ?? [];
    if (name === undefined) return undefined;
    const earlier = flags.get(name);
    flags.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return flags;
};
