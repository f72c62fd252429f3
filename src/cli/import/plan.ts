import { basename } from 'node:path';
import { contentFinding } from '../../content/faults.js';
import { readDocuments } from '../../content/import/document.js';
import { referencesIn } from '../../content/import/references.js';
import { unwrap } from '../../content/import/unwrap.js';
import { uidOf } from '../../content/load-dashboards.js';
import { logRulesExtension, ruleFileName } from '../../content/load-rules.js';
import { analyse } from '../../logql/analyse.js';
import type { Place } from '../../model/finding.js';
import { yamlOf } from '../../model/yaml.js';
import { analyse as analysePromql } from '../../promql/analyse.js';
import type { Library } from '../new/library.js';
import { type Part, partsOf } from './classify.js';
import type { Left } from './left.js';
import { distinct, type Piece } from './native/piece.js';
import { pieceOf } from './native/pieces.js';
import type { Selectors } from './native/place.js';

/** What an import writes, and what not. */
export interface Plan {
  /** Texts by their paths in the project, with the file from which each comes. */
  readonly files: ReadonlyMap<string, Written>;
  /** What is not imported. */
  readonly left: readonly Left[];
  /** What settings do not have, or have in another way. */
  readonly changed: readonly Left[];
  /** Keys of Secrets that must exist, with the field that each replaces. */
  readonly secrets: readonly Left[];
}

/** A text to write, and the file from which it comes. */
interface Written {
  readonly text: string;
  readonly from: string;
  /** The option of an environment whose value it is. @default - a file that is found by its folder */
  readonly option?: Piece['option'];
}

/** What is known about the project. */
export interface Project {
  /** Names of the scrape jobs of its environments. */
  readonly jobs: readonly string[];
  readonly library: Pick<Library, 'index'>;
}

/** A file to import. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Decides what becomes of each part of the files; nothing is left out without a reason. */
export const planOf = (all: readonly Source[], project: Project): Plan => {
  const templates = all.filter(({ file }) => file.endsWith('.tmpl'));
  const sources = all.filter((one) => !templates.includes(one));
  const read = sources.map((source) => ({ ...source, ...documentsOf(source) }));
  const known = {
    jobs: project.jobs,
    selectors: selectorsIn(read.flatMap(({ documents }) => documents)),
    rules: read.flatMap(({ file, parts }) =>
      parts.some(({ is }) => is === 'rules') ? [basename(file)] : [],
    ),
  };
  const secrets: Left[] = [];
  let hasAlertmanager = false;
  const hasMonitor = read.some(({ parts }) => parts.some(({ is }) => is === 'monitor'));
  const files = new Map<string, Written>();
  const left: Left[] = [];
  const changed: Left[] = [];
  for (const { file, text, parts, documents, unreadable } of read) {
    if (unreadable !== undefined) left.push({ what: 'the file', ...unreadable });
    else if (parts.length === 0) left.push({ file, what: 'the file', reason: 'It is empty.' });
    const add = (path: string, content: string, option?: Piece['option']): void => {
      const first = files.get(path);
      if (!first) files.set(path, { text: content, from: file, ...(option && { option }) });
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
    if (rules.length > 0) {
      const extension = isInLogql(rules) ? logRulesExtension : '.yaml';
      add(`alerts/${ruleFileName(stem).replace(/\.logql$/, '')}${extension}`, yaml(rules));
    }
    const objects = hasMonitor ? ofKind('monitor', 'supporting') : [];
    if (objects.length > 0) add(`applications/${ruleFileName(stem)}.yaml`, yaml(objects));
    for (const part of parts) {
      if (part.is === 'settings') {
        const piece = pieceOf(part.value, { file, text }, templates, known, project.library);
        add(piece.path, piece.text, piece.option);
        changed.push(...distinct(piece.left));
        secrets.push(...piece.secrets);
        hasAlertmanager ||= piece.option === 'alerting';
      }
      if (part.is === 'other') left.push({ file, what: part.name, reason: part.reason });
      if (part.is === 'supporting' && !hasMonitor) {
        const { kind, metadata } = part.value as { kind: string; metadata?: { name?: string } };
        const reason = 'No monitor is imported with it.';
        left.push({ file, what: `${kind} ${metadata?.name ?? ''}`.trim(), reason });
      }
    }
  }
  if (!hasAlertmanager) {
    const reason =
      'It is a template of Alertmanager: import it with the alertmanager.yml that uses it.';
    left.push(...templates.map(({ file }) => ({ file, what: 'the file', reason })));
  }
  return { files, left, changed, secrets };
};

/** Whether rules are those of the ruler of Loki: some are no PromQL, and all are LogQL. */
const isInLogql = (values: readonly unknown[]): boolean => {
  const expressions = values.flatMap(expressionsIn);
  return (
    expressions.some((expr) => analysePromql(expr).faults.length > 0) &&
    expressions.every((expr) => analyse(expr).faults.length === 0)
  );
};

const expressionsIn = (value: unknown): string[] => {
  const { groups, spec } = Object(value) as { readonly groups?: unknown; readonly spec?: unknown };
  const all = groups ?? Object(spec).groups;
  return (Array.isArray(all) ? all : []).flatMap((group) => {
    const { rules } = Object(group);
    return (Array.isArray(rules) ? rules : []).flatMap((rule) => {
      const { expr } = Object(rule);
      return typeof expr === 'string' ? [expr] : [];
    });
  });
};

/** The labels of the pods behind the Services of the files. */
const selectorsIn = (documents: readonly unknown[]): Selectors =>
  new Map(
    documents.flatMap((document): [string, Readonly<Record<string, string>>][] => {
      const { kind, metadata, spec, items } = Object(document);
      if (Array.isArray(items)) return [...selectorsIn(items)];
      const { name, namespace = 'default' } = Object(metadata);
      return kind === 'Service' && Object(spec).selector
        ? [[`${name}.${namespace}`, spec.selector]]
        : [];
    }),
  );

const extension = /\.(json|ya?ml)$/;

const documentsOf = ({ file, text }: Source) => {
  const read = readDocuments(file, file);
  return 'finding' in read
    ? {
        documents: [],
        parts: [],
        unreadable: /\{\{.*\}\}/.test(text)
          ? { file, reason: 'It is a template: import what helm template writes.' }
          : { file: positionOf(read.finding.place), reason: read.finding.message },
      }
    : { documents: read.documents, parts: partsOf(read.documents), unreadable: undefined };
};

const positionOf = ({ file, line }: Place): string =>
  line === undefined ? `${file}` : `${file}:${line}`;

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
