import type { Mutable } from './input.js';

/** The paths of all values in an object, with the first two items of each list. */
export const pathsOf = (value: unknown, path: string[] = []): string[][] => {
  const parts = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return [
    path,
    ...(Array.isArray(value) ? parts.slice(0, 2) : parts).flatMap(([key, part]) =>
      pathsOf(part, [...path, key]),
    ),
  ];
};

/** The value at a path. */
export const valueAt = (object: object, path: readonly string[]): unknown =>
  path.reduce<Mutable>((one, key) => one[key], object);

/** A copy with another value at a path, or without the value if it is undefined. */
export const mutated = <T extends object>(
  object: T,
  path: readonly string[],
  value: unknown,
): T => {
  const copy = structuredClone(object);
  const parent = path.slice(0, -1).reduce<Mutable>((one, key) => one[key], copy);
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return copy;
};
