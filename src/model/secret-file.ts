import { secretPath } from './identity.js';
import type { SecretReference } from './prerequisite.js';

/** The references to Secrets in native configuration of an engine. */
export const referencesIn = (value: unknown): SecretReference[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isReference(value) ? [value] : Object.values(value).flatMap(referencesIn);
};

/** The same with paths of files instead of references: `name_file`, or a list `files`. */
export const withFiles = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withFiles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (isReference(one)) {
        return [name.endsWith('_file') ? name : `${name}_file`, secretPath(one)];
      }
      // A header can have several secret values.
      if (name === 'secrets' && Array.isArray(one) && one.every(isReference)) {
        return ['files', one.map(secretPath)];
      }
      return [name, withFiles(one)];
    }),
  );
};

/** Whether a value refers to a key of a Secret. */
export const isReference = (value: unknown): value is SecretReference =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  'secret' in value &&
  'key' in value;
