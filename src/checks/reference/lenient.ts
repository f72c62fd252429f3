import type { Manifest } from '../../model/manifest.js';

/** A value of an object as it ships, of any shape: the schema check judges that. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Loose = any;

/** The value as a list; an empty one where it is none, and empty objects for its null items. */
export const listOf = (value: unknown): Loose[] =>
  !Array.isArray(value)
    ? []
    : value.includes(null) || value.includes(undefined)
      ? Array.from(value, (item) => item ?? {})
      : value;

/** Those of the values that are text. */
export const textsOf = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string');

/** The value as an object; an empty one where it is none. */
export const recordOf = (value: unknown): Readonly<Record<string, Loose>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, Loose>)
    : {};

/** The manifests that can be named in a finding; of the others the schema check tells. */
export const named = <T extends Pick<Manifest, 'object'>>(manifests: readonly T[]): T[] =>
  manifests.filter(({ object }) => typeof (object as Loose)?.metadata?.name === 'string');
