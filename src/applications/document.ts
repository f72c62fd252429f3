import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { filesIn } from '../config/files-in.js';
import { fileErrorOf } from '../model/file-error.js';
import type { Finding, Place } from '../model/finding.js';
import { type YamlDocument, yamlDocuments } from '../model/yaml-document.js';
import { yamlReason } from '../model/yaml-reason.js';
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
    return filesIn(folder)
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
): {
  readonly documents: readonly Document[];
  /** The name of the file, if it cannot be read. */
  readonly unreadable?: string;
  readonly findings: readonly Finding[];
} => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  const application = entry.replace(/\.(ya?ml|json)$/, '');
  const read = decoded(path, file);
  if (read.text === undefined) {
    return { documents: [], unreadable: application, findings: [read.finding] };
  }
  const { text } = read;
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
        : `The file is not valid YAML: ${yamlReason(`${reason ?? error}`)}`,
      ...(!template && {
        remedy:
          'Correct the YAML: the mistake is in this line or above it, such as a missing bracket.',
      }),
    });
    return { documents: [], unreadable: application, findings: [finding] };
  }
  const lines = yamlDocuments(text).filter(({ value }) => value !== null);
  const documents = values
    .filter((value) => value !== null && value !== undefined)
    .flatMap((value, index) =>
      itemsOf(value).map((item) => documentOf(item, application, file, lines[index])),
    );
  return { documents, findings: [] };
};

const decoded = (
  path: string,
  file: string,
): { readonly text: string } | { readonly text?: undefined; readonly finding: Finding } => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { finding: applicationFinding({ fault: 'invalid-encoding', place: { file } }) };
    }
    const reason = fileErrorOf(error);
    if (reason === undefined) throw error;
    const message = `The file cannot be read: ${reason}.`;
    return { finding: applicationFinding({ fault: 'unreadable-file', place: { file }, message }) };
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

/** An object of a document, and its path there. */
interface Item {
  readonly value: Record<string, unknown>;
  readonly path: readonly (string | number)[];
}

const itemsOf = (value: unknown, path: Item['path'] = []): Item[] => {
  if (value === null || value === undefined) return [];
  if (!isRecord(value)) return [{ value: {}, path }];
  const { kind, items } = value;
  return `${kind}`.endsWith('List') && Array.isArray(items)
    ? items.flatMap((item, index) => itemsOf(item, [...path, 'items', index]))
    : [{ value, path }];
};

const documentOf = (
  { value, path: start }: Item,
  application: string,
  file: string,
  lines: YamlDocument | undefined,
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
      const line = lines?.lineAt([...start, ...stepsOf(path)]);
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

/** The names and indices of a path such as `spec.endpoints[0].params['a.b']`. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\['([^']*)'\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
