import type { YamlDocument } from '../../model/yaml-document.js';

/** A part of a file that has rule groups, or another object. */
export interface FoundObject {
  /** The kind of the object. @default - it is a plain rule file */
  readonly kind?: string;
  readonly name?: string;
  /** The value with `groups`. */
  readonly value: unknown;
  /** Where the value is in its document. */
  readonly path: readonly (string | number)[];
  readonly document: YamlDocument;
}

/** The objects of a document: itself, or the items of a list. */
export const objectsIn = (
  document: YamlDocument,
  value: unknown = document.value,
  path: FoundObject['path'] = [],
): FoundObject[] => {
  if (value === null) return [];
  const { apiVersion, kind, metadata, items, spec } = recordOf(value);
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    return [{ value, path, document }];
  }
  if (kind.endsWith('List')) {
    const list = Array.isArray(items) ? items : [];
    return list.flatMap((item, index) => objectsIn(document, item, [...path, 'items', index]));
  }
  const { name } = recordOf(metadata);
  return [
    {
      kind,
      ...(typeof name === 'string' && { name }),
      value: spec ?? {},
      path: [...path, 'spec'],
      document,
    },
  ];
};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
