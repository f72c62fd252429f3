import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { ContentSource } from '../model/check.js';
import type { Finding, Place, Severity } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Alert } from './alert-group.js';
import { type ContentFault, contentFinding } from './faults.js';
import { unreadableFile } from './import/document.js';
import { readRuleTest } from './rule-test.js';
import { runbookParts, runbookSections } from './runbook.js';
import { fileBeside } from './source.js';

/** A group with its file. */
export interface GroupFile {
  readonly name: string;
  readonly source: ContentSource;
  readonly alerts: readonly TestedAlert[];
  /** Whether its rules are in LogQL, for which there are no tests. @default false */
  readonly ofLogs?: boolean;
}

type TestedAlert = Pick<Alert, 'alert' | 'expr' | 'runbook'>;

/**
 * Faults in the tests and runbooks of groups. The package has no tests, so it checks only the
 * runbooks.
 */
export const alertFileFaults = (groups: readonly GroupFile[]): Finding[] => {
  const names = groups.map(({ name }) => name);
  return groups.flatMap((group) => [
    ...readable(fileBeside(group.source, '.md'), () => runbookFaults(group)),
    ...(isCompiled(group) || group.ofLogs
      ? []
      : readable(fileBeside(group.source, '.test.yaml'), () => testFaults(group, names))),
  ]);
};

/** The faults in a file, or that it cannot be read; a folder with its name has a finding of its own. */
const readable = (file: string, faultsIn: () => Finding[]): Finding[] => {
  try {
    return faultsIn();
  } catch (error) {
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) return [];
    const unread = unreadableFile(error, file);
    if (!unread) throw error;
    return [unread];
  }
};

/** Tests and runbooks in a folder that belong to no group. */
export const orphans = (folder: string, groups: readonly string[]): Finding[] => {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  // A group that cannot be loaded has a finding of its own.
  const known = [
    ...groups,
    ...files
      .filter((file) => /\.([jt]s|ya?ml)$/.test(file) && !/\.test\.yaml$/.test(file))
      .map((file) => file.replace(/\.\w+$/, '')),
  ];
  return files
    .filter((file) => /^[^.].*\.(test\.yaml|md)$/.test(file) && file !== 'README.md')
    .flatMap((file) => {
      const name = file.replace(/\.(test\.yaml|md)$/, '');
      return known.includes(name)
        ? []
        : fault(
            { file: relative(process.cwd(), join(folder, file)) },
            'no-group',
            `No alert group is named '${name}'.`,
            `Write ${name}.ts next to it, or rename it to the name of a group.`,
            name,
            groups,
          );
    });
};

const isCompiled = ({ source }: GroupFile): boolean => source.shipped && /\.js$/.test(source.file);

const runbookFaults = ({ source, alerts }: GroupFile): Finding[] => {
  const file = fileBeside(source, '.md');
  const lacking = alerts.filter(({ runbook }) => runbook === undefined);
  if (!existsSync(file)) {
    return lacking.length === 0
      ? []
      : fault(
          { file: source.file },
          'no-runbook',
          `${subject(lacking.length, alerts.length)} no runbook: ${basename(file)} does not exist.`,
          `Write it next to the group, with a section '## ${lacking[0]!.alert}' for each alert, or set the URL of another runbook.`,
        );
  }
  const sections = runbookSections(readFileSync(file, 'utf8'));
  const names = alerts.map(({ alert }) => alert);
  return [
    ...[...new Set(lacking.map(({ alert }) => alert))]
      .filter((name) => !sections.some(({ alert }) => alert === name))
      .flatMap((name) =>
        fault(
          { file: source.file, line: source.lineOf(name), path: `alert ${name}` },
          'no-runbook',
          'The runbook has no section about this alert.',
          `Add one to ${file}: the heading is '## ' with the name of the alert, and the parts are ${runbookParts.map((part) => `**${part}.**`).join(' ')}`,
        ),
      ),
    ...sections.flatMap(({ alert, line, missing }) => [
      ...unknown({ file, line }, alert, names),
      ...missing.flatMap((part) =>
        fault(
          { file, line },
          'incomplete-runbook',
          `The runbook of ${alert} has no paragraph '${part}'.`,
          `Add a paragraph that starts with **${part}.**`,
        ),
      ),
    ]),
  ];
};

const subject = (count: number, total: number): string => {
  if (total === 1) return 'The alert has';
  if (count === total) return 'The alerts have';
  return `${count} of ${total} alerts ${count === 1 ? 'has' : 'have'}`;
};

const testFaults = ({ name, source, alerts }: GroupFile, groups: readonly string[]): Finding[] => {
  const file = fileBeside(source, '.test.yaml');
  if (!existsSync(file)) {
    if (alerts.length === 0) return [];
    return fault(
      { file: source.file },
      'no-test',
      `The alerts have no test: ${basename(file)} does not exist.`,
      undefined,
    );
  }
  const { ruleFiles, cases } = readRuleTest(readFileSync(file, 'utf8'));
  const names = alerts.map(({ alert }) => alert);
  const tested = ruleFiles.map((one) => one.name);
  return [
    ...(tested.includes(`${name}.yaml`)
      ? []
      : fault(
          { file },
          'unknown-rule-file',
          'The test does not load the rules of its own group.',
          `Add ${name}.yaml to rule_files.`,
        )),
    ...ruleFiles
      .filter((one) => !groups.includes(one.name.replace(/\.ya?ml$/, '')))
      .flatMap(({ name: wrong, line }) =>
        fault(
          { file, line },
          'unknown-rule-file',
          `No alert group is rendered to ${wrong}.`,
          undefined,
          wrong,
          groups.map((group) => `${group}.yaml`),
        ),
      ),
    ...cases.flatMap(({ alert, line }) => unknown({ file, line }, alert, names)),
    ...alerts.flatMap((alert) => untested(alert, source, file, cases)),
  ];
};

const untested = (
  { alert, expr }: TestedAlert,
  source: ContentSource,
  file: string,
  cases: readonly { readonly alert: string; readonly fires: boolean }[],
): Finding[] => {
  const own = cases.filter((one) => one.alert === alert);
  const missingTest = (fires: boolean, what: string): Finding[] =>
    own.some((one) => one.fires === fires)
      ? []
      : fault(
          { file: source.file, line: source.lineOf(alert), path: `alert ${alert}` },
          'no-test',
          `No test shows that the alert ${what}.`,
          `Add one to ${file}.`,
        );
  return [
    ...missingTest(true, 'fires'),
    // An alert that always fires has no case where it does not.
    ...(/^vector\(\d+\)$/.test(expr) ? [] : missingTest(false, 'does not fire')),
  ];
};

const unknown = (place: Place, alert: string, known: readonly string[]): Finding[] =>
  known.includes(alert)
    ? []
    : fault(
        place,
        'unknown-alert',
        'The group has no alert with this name.',
        `Use one of ${known.join(', ')}.`,
        alert,
        known,
        'warning',
      );

const fault = (
  place: Place,
  kind: ContentFault['fault'],
  message: string | undefined,
  remedy: string | undefined,
  value?: string,
  candidates: readonly string[] = [],
  severity?: Severity,
): Finding[] => {
  const suggestion = value === undefined ? undefined : suggest(value, candidates);
  return [
    contentFinding({
      fault: kind,
      place,
      ...(severity && { severity }),
      ...(message && { message }),
      ...(remedy && { remedy }),
      ...(value !== undefined && { value }),
      ...(suggestion && { suggestion }),
    }),
  ];
};
