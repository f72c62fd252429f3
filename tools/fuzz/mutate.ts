import { inheritedNames } from './hostile.js';
import type { Random } from './random.js';

export type Path = readonly (string | number)[];

const isContainer = (value: unknown): value is Record<string, unknown> => {
  if (Array.isArray(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
};

/** All paths of a value, without those inside of hostile objects. */
export const pathsOf = (value: unknown, at: Path = [], around: readonly unknown[] = []): Path[] => {
  if (!isContainer(value) || around.includes(value) || at.length > 12) return [];
  return keysOf(value).flatMap((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (!descriptor || descriptor.get) return [];
    return [[...at, key], ...pathsOf(descriptor.value, [...at, key], [...around, value])];
  });
};

/** The keys of an object; none if a Proxy throws. */
const keysOf = (value: Record<string, unknown>): (string | number)[] => {
  try {
    return Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  } catch {
    return [];
  }
};

/** The value at a path. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) => (isContainer(inner) ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );

const plainField = { enumerable: true, configurable: true, writable: true };

/** A copy in which `change` replaces the value at a path. */
const edited = (
  value: unknown,
  path: Path,
  change: (container: unknown[] | Record<string, unknown>, key: never) => void,
): unknown => {
  // Getters are copied, and not called.
  const copy = Array.isArray(value)
    ? [...value]
    : Object.defineProperties({}, Object.getOwnPropertyDescriptors(value as object));
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (rest.length === 0) change(copy as never, key as never);
  else {
    const inner = edited(valueAt(value, [key]), rest, change);
    Object.defineProperty(copy, key, { ...plainField, value: inner });
  }
  return copy;
};

/** A copy with another value at a path. */
export const withValue = (value: unknown, path: Path, other: unknown): unknown =>
  edited(value, path, (container, key) => {
    Object.defineProperty(container, key, { ...plainField, value: other });
  });

/** A copy without the value at a path. */
export const without = (value: unknown, path: Path): unknown =>
  edited(value, path, (container, key) => {
    if (Array.isArray(container)) container.splice(key, 1);
    else delete container[key];
  });

/** A copy in which one field has another name: an inherited or a misspelt one. */
const renamed = (value: unknown, path: Path, random: Random): unknown => {
  const key = path.at(-1);
  if (typeof key !== 'string') return value;
  const name = random.chance(0.7) ? random.pick(inheritedNames) : `${key}x`;
  return withValue(without(value, path), [...path.slice(0, -1), name], valueAt(value, path));
};

/** A copy with one random change. */
export const mutated = (
  value: unknown,
  random: Random,
  hostile: (random: Random) => unknown,
): unknown => {
  const paths = pathsOf(value);
  if (paths.length === 0) return value;
  const path = random.pick(paths);
  const kind = random.below(10);
  if (kind < 6) return withValue(value, path, hostile(random));
  if (kind < 8) return without(value, path);
  if (kind < 9) return renamed(value, path, random);
  return withValue(value, path, valueAt(value, random.pick(paths)));
};
