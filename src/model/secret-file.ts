import { secretPath } from './identity.js';
import type { SecretReference } from './prerequisite.js';

/** The references to Secrets in what an environment says in an engine's own words. */
export const referencesIn = (value: unknown): SecretReference[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isReference(value) ? [value] : Object.values(value).flatMap(referencesIn);
};

/** The same with the path of a file, `name_file`, where it refers to a Secret. */
export const withFiles = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withFiles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      isReference(one) ? [`${name}_file`, secretPath(one)] : [name, withFiles(one)],
    ),
  );
};

const isReference = (value: unknown): value is SecretReference =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  'secret' in value &&
  'key' in value;
