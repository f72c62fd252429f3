import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Finding, Place } from '../model/finding.js';
import { applicationFinding } from './faults.js';

/** A Kubernetes object in a file of `applications/`. */
export interface Document {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly value: Readonly<Record<string, unknown>>;
  /** Name of the file without its extension. */
  readonly application: string;
  /** The place of a field in the file. */
  readonly at: (path?: string) => Place;
}

export const extensions = ['.yaml', '.yml', '.json'];

/** The names of the YAML and JSON files of a folder. */
export const yamlFilesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((entry) => !entry.startsWith('.') && extensions.some((one) => entry.endsWith(one)))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Reads the objects of a file: several documents, and the items of lists. */
export const readDocuments = (
  folder: string,
  entry: string,
): { readonly documents: readonly Document[]; readonly findings: readonly Finding[] } => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  const text = decoded(path);
  if (text === undefined) {
    const fault = applicationFinding({ fault: 'invalid-encoding', place: { file } });
    return { documents: [], findings: [fault] };
  }
  let values: unknown[];
  try {
    values = loadAll(text).map(withoutNulls);
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line?: number } };
    const place = { file, ...(mark?.line !== undefined && { line: mark.line + 1 }) };
    const template = /\{\{.*\}\}/.test(text);
    const finding = applicationFinding({
      fault: 'invalid-yaml',
      place,
      message: template
        ? 'The file is a template, not YAML.'
        : `The file is not valid YAML: ${reason ?? error}`,
    });
    return { documents: [], findings: [finding] };
  }
  const application = entry.replace(/\.(ya?ml|json)$/, '');
  const documents = values
    .flatMap(itemsOf)
    .map((value) => documentOf(value, application, file, text));
  return { documents, findings: [] };
};

const decoded = (path: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return undefined;
    }
    throw error;
  }
};

/** A field without a value is the same as no field: https://kubernetes.io/docs/reference/using-api/api-concepts */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, withoutNulls(one)]),
  );
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const itemsOf = (value: unknown): Record<string, unknown>[] => {
  if (value === null || value === undefined) return [];
  if (!isRecord(value)) return [{}];
  const { kind, items } = value;
  return `${kind}`.endsWith('List') && Array.isArray(items) ? items.flatMap(itemsOf) : [value];
};

const documentOf = (
  value: Record<string, unknown>,
  application: string,
  file: string,
  text: string,
): Document => {
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  const kind = typeof value.kind === 'string' ? value.kind : '';
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  return {
    kind,
    metadata: {
      name,
      ...(typeof metadata.namespace === 'string' &&
        metadata.namespace !== '' && { namespace: metadata.namespace }),
      labels: textsOf(metadata.labels),
      annotations: textsOf(metadata.annotations),
    },
    value,
    application,
    at: (path = '') => {
      const line = lineOf(text, kind, name, path);
      return {
        file,
        ...(line && { line }),
        path: [`${kind} ${name}`.trim(), path].filter(Boolean).join(': '),
      };
    },
  };
};

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).map(([key, one]) => [key, String(one)]),
  );

/** The line of the object, or of the last field of a path that stands in a line of its own. */
const lineOf = (text: string, kind: string, name: string, path: string): number | undefined => {
  const lines = text.split('\n');
  const has = (from: number): boolean =>
    lines
      .slice(from, from + 40)
      .some((line) =>
        new RegExp(`\\bname:\\s*["']?${escaped(name)}["']?\\s*(?:[,}#]|$)`).test(line),
      );
  const isKind = new RegExp(`\\bkind["']?:\\s*["']?${escaped(kind)}\\b`);
  const starts = lines.flatMap((line, index) => (isKind.test(line) ? index : []));
  const start = starts.find(has) ?? starts[0];
  if (start === undefined) return undefined;
  let line = start;
  for (const part of path.match(/[\w-]+|\[\d+\]/g) ?? []) {
    const index = /^\[(\d+)\]$/.exec(part)?.[1];
    line =
      (index === undefined ? keyAfter(lines, line, part) : itemAfter(lines, line, Number(index))) ??
      line;
  }
  return line + 1;
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const keyAfter = (lines: readonly string[], from: number, key: string): number | undefined => {
  const pattern = new RegExp(`^\\s*(?:- )*["']?${escaped(key)}["']?\\s*:`);
  for (let index = from; index < lines.length && !/^---/.test(lines[index]!); index += 1) {
    if (pattern.test(lines[index]!)) return index;
  }
  return undefined;
};

const itemAfter = (lines: readonly string[], from: number, count: number): number | undefined => {
  let indent: number | undefined;
  let seen = -1;
  for (let index = from; index < lines.length && !/^---/.test(lines[index]!); index += 1) {
    const [, space] = /^(\s*)- /.exec(lines[index]!) ?? [];
    if (space === undefined) continue;
    indent ??= space.length;
    if (space.length < indent) return undefined;
    if (space.length === indent) seen += 1;
    if (seen === count) return index;
  }
  return undefined;
};
