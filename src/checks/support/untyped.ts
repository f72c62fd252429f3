import type { Manifest } from '../../model/manifest.js';

/** A value of a shipped object, of any type: the check `schema` validates it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Untyped = any;

/** The value as a list; empty if it is no list. Null items become empty objects. */
export const listOf = (value: unknown): Untyped[] =>
  !Array.isArray(value)
    ? []
    : value.includes(null) || value.includes(undefined)
      ? Array.from(value, (item) => item ?? {})
      : value;

/** The values that are strings. */
export const textsOf = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string');

/** The value as an object; empty if it is no object. */
export const recordOf = (value: unknown): Readonly<Record<string, Untyped>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, Untyped>)
    : {};

/** The manifests with a name; the check `schema` reports the others. */
export const named = <T extends Pick<Manifest, 'object'>>(manifests: readonly T[]): T[] =>
  manifests.filter(({ object }) => typeof (object as Untyped)?.metadata?.name === 'string');
