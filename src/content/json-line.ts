import { existsSync, readFileSync } from 'node:fs';
import type { Finding } from '../model/finding.js';
import { memoizeText } from '../model/memoize.js';
import { yamlDocuments } from '../model/yaml-document.js';

/** Adds the line of its path to a finding about a JSON file, if the file has such a part. */
export const withJsonLine = (finding: Finding): Finding => {
  const { file, line, path } = finding.place;
  if (!file?.endsWith('.json') || line !== undefined || path === undefined) return finding;
  const found = lineOf(file, partsOf(path));
  return found === undefined ? finding : { ...finding, place: { ...finding.place, line: found } };
};

const documentOf = memoizeText((text: string) => {
  try {
    return yamlDocuments(text.replace(/^\uFEFF/, ''))[0];
  } catch {
    return undefined;
  }
});

const lineOf = (file: string, path: readonly (string | number)[]): number | undefined => {
  const document = existsSync(file) ? documentOf(readFileSync(file, 'utf8')) : undefined;
  // A resource has the dashboard in `spec`.
  const starts = [[], ['spec']];
  const start = starts.find((one) => hasPart(document?.value, [...one, ...path.slice(0, 1)]));
  return start && document?.lineAt([...start, ...path]);
};

const hasPart = (value: unknown, [part, ...rest]: readonly (string | number)[]): boolean => {
  if (part === undefined) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
  return hasPart((value as Readonly<Record<PropertyKey, unknown>>)[part], rest);
};

/** The parts of a path such as `panels[0].targets`. */
const partsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\['(.*?)'\]|([\w$-]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
