import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesIn } from '../config/files-in.js';
import type { ContentSource } from '../model/check.js';
import type { RuleGroup } from '../model/content.js';
import type { Finding } from '../model/finding.js';
import { contentFinding } from './faults.js';
import { unreadableFile } from './import/document.js';
import { importRules, lineKey } from './import/import-rules.js';

/** A rule file of others: PrometheusRule objects, or a rule file of Prometheus. */
export interface RuleFile {
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  readonly source: ContentSource;
  readonly findings: readonly Finding[];
  /** Whether its rules are in LogQL. */
  readonly ofLogs: boolean;
}

/** The extension of files with rules in LogQL. */
export const logRulesExtension = '.logql.yaml';

const extension = /\.ya?ml$/;

/** Loads the rule files of a folder, sorted by name. */
export const loadRules = (folder: string, shipped: boolean): RuleFile[] =>
  existsSync(folder)
    ? filesIn(folder)
        .filter((entry) => extension.test(entry) && !/^\.|\.test\.yaml$/.test(entry))
        .sort()
        .map((entry) => loadFile(folder, entry, shipped))
    : [];

const loadFile = (folder: string, entry: string, shipped: boolean): RuleFile => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  const { text, finding } = readText(path, file);
  const imported = text === undefined ? undefined : importRules(text, file);
  const ofLogs = /\.logql\.ya?ml$/.test(entry);
  const groups = imported?.groups ?? [];
  const findings = imported?.findings ?? (finding ? [finding] : []);
  return {
    name: ruleFileName(entry),
    groups,
    ofLogs,
    source: {
      file,
      shipped,
      lineOf: (part, after) =>
        imported?.lines.get(lineKey(part, after)) ?? (after ? undefined : lineIn(text ?? '', part)),
    },
    findings: [...findings, ...(ofLogs ? recordings(groups, file, imported?.lines) : [])],
  };
};

/** Recording rules in LogQL, which need a server that takes their series by remote write. */
const recordings = (
  groups: readonly RuleGroup[],
  file: string,
  lines: ReadonlyMap<string, number> = new Map(),
): Finding[] =>
  groups
    .flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []))
    .map((record) =>
      contentFinding({
        fault: 'recorded-logs',
        place: { file, line: lines.get(record), path: `rule ${record}` },
        value: record,
      }),
    );

const lineIn = (text: string, part: string): number | undefined => {
  const at = text.indexOf(part);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
};

/** The name of a file as a key of a ConfigMap, without its extension: people save files under any name. */
export const ruleFileName = (entry: string): string =>
  entry
    .replace(extension, '')
    .replace(/[^-\w.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '') || 'rules';

/** The text without a byte order mark, or why there is none. */
const readText = (
  path: string,
  file: string,
): { readonly text?: string; readonly finding?: Finding } => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { finding: contentFinding({ fault: 'invalid-encoding', place: { file } }) };
    }
    const finding = unreadableFile(error, file);
    if (!finding) throw error;
    return { finding };
  }
};
