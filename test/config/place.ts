import { z } from 'zod';
import { minimal } from '../environment.js';

type Key = string | number;

/** The keys of a path such as `parties[0].name`. */
export const keysOf = (path: string): Key[] =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key.replace(/^'(.*)'$/, '$1')));

/** A copy with another value at a path; `undefined` removes the option. */
export const put = (root: unknown, [key, ...rest]: readonly Key[], value: unknown): unknown => {
  if (key === undefined) return value;
  const inner = (root as Record<Key, unknown> | undefined)?.[key];
  if (Array.isArray(root)) return root.with(key as number, put(inner, rest, value));
  return { ...(root as object), [key]: put(inner, rest, value) };
};

/**
 * The required options, those with a single value, and the one with a path: validating all others again would take
 * most of the time.
 */
export const alone = (root: object, [key]: readonly Key[]): object => {
  const single = Object.entries(root).filter(([, value]) => typeof value !== 'object');
  const own = Object.entries(root).filter(([name]) => name === key);
  return { ...Object.fromEntries(single), ...minimal, ...Object.fromEntries(own) };
};

/** All objects in a value, with their paths, without functions, schemas and scalars. */
export const objectsIn = (value: unknown, path = ''): { path: string; object: object }[] => {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => objectsIn(one, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || value instanceof z.ZodType) return [];
  return [
    { path, object: value },
    ...Object.entries(value).flatMap(([key, inner]) =>
      objectsIn(inner, path ? `${path}.${key}` : key),
    ),
  ];
};
