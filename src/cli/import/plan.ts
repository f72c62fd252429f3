import { basename } from 'node:path';
import { contentFinding } from '../../content/faults.js';
import { readDocuments } from '../../content/import/document.js';
import { referencesIn } from '../../content/import/references.js';
import { unwrap } from '../../content/import/unwrap.js';
import { uidOf } from '../../content/load-dashboards.js';
import { ruleFileName } from '../../content/load-rules.js';
import { yamlOf } from '../../model/yaml.js';
import { type Part, partsOf } from './classify.js';

/** A part of a file that is not imported. */
export interface Left {
  readonly file: string;
  readonly what: string;
  readonly reason: string;
}

/** What an import writes, and what not. */
export interface Plan {
  /** Texts by their paths in the project, with the file from which each comes. */
  readonly files: ReadonlyMap<string, { readonly text: string; readonly from: string }>;
  readonly left: readonly Left[];
}

/** A file to import. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Decides what becomes of each part of the files; nothing is left out without a reason. */
export const planOf = (sources: readonly Source[]): Plan => {
  const read = sources.map((source) => ({ ...source, ...documentsOf(source) }));
  const hasMonitor = read.some(({ parts }) => parts.some(({ is }) => is === 'monitor'));
  const files = new Map<string, { text: string; from: string }>();
  const left: Left[] = [];
  for (const { file, text, parts, documents, unreadable } of read) {
    if (unreadable !== undefined) left.push({ file, what: 'the file', reason: unreadable });
    else if (parts.length === 0) left.push({ file, what: 'the file', reason: 'It is empty.' });
    const add = (path: string, content: string): void => {
      const first = files.get(path);
      if (!first) files.set(path, { text: content, from: file });
      else if (first.text !== content) {
        left.push({ file, what: path, reason: `${first.from} has this name too: rename one.` });
      }
    };
    const stem = basename(file).replace(extension, '');
    const whole = new Set(parts.map(({ is }) => is)).size === 1 && !file.endsWith('.json');
    const ofKind = (...kinds: Part['is'][]) =>
      parts.flatMap((part) => (kinds.includes(part.is) && 'value' in part ? [part.value] : []));
    const yaml = (values: readonly unknown[]) =>
      whole ? text : values.map((value) => yamlOf(value as object)).join('---\n');
    for (const [path, content] of dashboardFiles(
      ofKind('dashboard'),
      documents,
      stem,
      file,
      left,
    )) {
      add(path, content);
    }
    const rules = ofKind('rules');
    if (rules.length > 0) add(`alerts/${ruleFileName(stem)}.yaml`, yaml(rules));
    const objects = hasMonitor ? ofKind('monitor', 'supporting') : [];
    if (objects.length > 0) add(`applications/${ruleFileName(stem)}.yaml`, yaml(objects));
    for (const part of parts) {
      if (part.is === 'other') left.push({ file, what: part.name, reason: part.reason });
      if (part.is === 'supporting' && !hasMonitor) {
        const { kind, metadata } = part.value as { kind: string; metadata?: { name?: string } };
        const reason = 'No monitor is imported with it.';
        left.push({ file, what: `${kind} ${metadata?.name ?? ''}`.trim(), reason });
      }
    }
  }
  return { files, left };
};

const extension = /\.(json|ya?ml)$/;

const documentsOf = ({ file, text }: Source) => {
  const read = readDocuments(file, file);
  return 'finding' in read
    ? {
        documents: [],
        parts: [],
        unreadable: /\{\{.*\}\}/.test(text)
          ? 'It is a template: import what helm template writes.'
          : read.finding.message,
      }
    : { documents: read.documents, parts: partsOf(read.documents), unreadable: undefined };
};

/** One file for each dashboard, and one with its folder. */
const dashboardFiles = (
  values: readonly unknown[],
  documents: readonly unknown[],
  stem: string,
  file: string,
  left: Left[],
): [string, string][] => {
  const references = referencesIn(documents);
  const unwrapped = values.map((value) => unwrap(value, '', references));
  for (const fault of unwrapped.flatMap(({ faults }) => faults)) {
    const { message } = contentFinding({ ...fault, place: { file } });
    left.push({ file, what: fault.path || 'a dashboard', reason: message });
  }
  const dashboards = unwrapped.flatMap((one) => one.dashboards);
  return dashboards.flatMap(({ json, name, folder }): [string, string][] => {
    const own = uidOf((dashboards.length > 1 && name) || stem);
    return [
      [`dashboards/${own}.json`, jsonOf(json)],
      ...(folder ? [[`dashboards/${own}.meta.json`, jsonOf({ folder })] as [string, string]] : []),
    ];
  });
};

const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
