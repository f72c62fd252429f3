import type { z } from 'zod';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import type { Document } from './document.js';
import { applicationFinding } from './faults.js';

/** What can be read of an object, so that all its faults are reported together. */
export interface ValidPart<T> {
  /** The object without its invalid fields. @default - a required field is missing, or invalid */
  readonly data?: T;
  readonly findings: readonly Finding[];
  /** The paths of the invalid fields. */
  readonly removed: readonly string[];
}

/** Reads an object without the fields that `schema` rejects. */
export const validPart = <T>(schema: z.ZodType<T>, { value, at }: Document): ValidPart<T> => {
  const removed: string[] = [];
  const findings: Finding[] = [];
  let rest: unknown = value;
  // A rule between fields applies only once the fields are valid.
  for (let round = 0; round < 3; round += 1) {
    const { data, faults } = validateValue(schema, rest, '');
    for (const { place, ...fault } of faults) {
      if (removed.some((one) => parentOf(one) === parentOf(`${place.path}`))) continue;
      findings.push(applicationFinding({ ...fault, place: at(place.path) }));
    }
    if (data !== undefined) return { data, findings, removed };
    const paths = faults.map(({ place }) => `${place.path}`);
    removed.push(...paths);
    rest = paths.reduce((all, path) => without(all, keysOf(path)), rest);
  }
  return { findings, removed };
};

/** Whether a fault can be the consequence of an invalid field. */
export const isConsequence = (path: string, removed: readonly string[]): boolean =>
  removed.some(
    (one) =>
      /^(metadata|spec\.(selector|namespaceSelector))\b/.test(one) ||
      one.startsWith(path) ||
      path.startsWith(one) ||
      (/\.(port|targetPort|portNumber)$/.test(one) && path.startsWith(parentOf(one))),
  );

const parentOf = (path: string): string => path.replace(/(?:\.[^.[\]]+|\[\d+\])$/, '');

type Key = string | number;

const keysOf = (path: string): Key[] =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** A copy without the field at a path; an item of a list is removed from it. */
const without = (root: unknown, [key, ...rest]: readonly Key[]): unknown => {
  if (key === undefined || typeof root !== 'object' || root === null || !(key in root)) return root;
  if (Array.isArray(root)) {
    return rest.length === 0 ? root : root.with(Number(key), without(root[Number(key)], rest));
  }
  const { [key]: inner, ...others } = root as Record<Key, unknown>;
  return rest.length === 0 ? others : { ...root, [key]: without(inner, rest) };
};
