import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { ContentSource } from '../model/check.js';
import type { Finding, Place } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import type { Alert } from './alert-group.js';
import { readRuleTest } from './rule-test.js';
import { runbookParts, runbookSections } from './runbook.js';

/** A group as its file has it. */
export interface GroupFile {
  readonly name: string;
  readonly source: ContentSource;
  readonly alerts: readonly Alert[];
}

/**
 * What is wrong with the tests and the runbooks beside groups. The package ships no tests: there,
 * only the runbooks are looked at.
 */
export const companionFaults = (groups: readonly GroupFile[]): Finding[] => {
  const names = groups.map(({ name }) => name);
  return groups.flatMap((group) => [
    ...runbookFaults(group),
    ...(isCompiled(group) ? [] : testFaults(group, names)),
  ]);
};

/** Tests and runbooks in a folder beside which there is no group. */
export const orphans = (folder: string, groups: readonly string[]): Finding[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => /^[^.].*\.(test\.yaml|md)$/.test(file) && file !== 'README.md')
    .flatMap((file) => {
      const name = file.replace(/\.(test\.yaml|md)$/, '');
      return groups.includes(name)
        ? []
        : fault(
            { file: relative(process.cwd(), join(folder, file)) },
            `There is no group of alerts '${name}'.`,
            `Write ${name}.ts beside it, or give it the name of a group.`,
            name,
            groups,
          );
    });

const isCompiled = ({ source }: GroupFile): boolean => source.shipped && /\.js$/.test(source.file);

const runbookFaults = ({ source, alerts }: GroupFile): Finding[] => {
  const file = companion(source, '.md');
  if (!existsSync(file)) {
    return fault(
      { file: source.file },
      `Its alerts have no runbook: there is no ${basename(file)}.`,
      `Write it beside the group, with a section '## ${alerts[0]?.alert ?? 'AlertName'}' for each alert.`,
    );
  }
  const sections = runbookSections(readFileSync(file, 'utf8'));
  const names = alerts.map(({ alert }) => alert);
  return [
    ...names
      .filter((name) => !sections.some(({ alert }) => alert === name))
      .flatMap((name) =>
        fault(
          { file: source.file, line: source.lineOf(name) },
          `The runbook has no section about ${name}.`,
          `Add '## ${name}' to ${file}, with ${runbookParts.map((part) => `**${part}.**`).join(' ')}`,
        ),
      ),
    ...sections.flatMap(({ alert, line, missing }) => [
      ...unknown({ file, line }, alert, names),
      ...missing.flatMap((part) =>
        fault(
          { file, line },
          `The runbook of ${alert} does not tell its ${part.toLowerCase()}.`,
          `Add a paragraph that starts with **${part}.**`,
        ),
      ),
    ]),
  ];
};

const testFaults = ({ name, source, alerts }: GroupFile, groups: readonly string[]): Finding[] => {
  const file = companion(source, '.test.yaml');
  if (!existsSync(file)) {
    return fault(
      { file: source.file },
      `Its alerts have no test: there is no ${basename(file)}.`,
      "Write it beside the group, in promtool's format for unit tests of rules.",
    );
  }
  const { ruleFiles, cases } = readRuleTest(readFileSync(file, 'utf8'));
  const names = alerts.map(({ alert }) => alert);
  const tested = ruleFiles.map((one) => one.name);
  return [
    ...(tested.includes(`${name}.yaml`)
      ? []
      : fault({ file }, 'It does not test its own group.', `Add ${name}.yaml to its rule_files.`)),
    ...ruleFiles
      .filter((one) => !groups.includes(one.name.replace(/\.ya?ml$/, '')))
      .flatMap(({ name: wrong, line }) =>
        fault(
          { file, line },
          `No group of alerts is rendered to ${wrong}.`,
          'Name a group of alerts/ with the extension .yaml.',
          wrong,
          groups.map((group) => `${group}.yaml`),
        ),
      ),
    ...cases.flatMap(({ alert, line }) => unknown({ file, line }, alert, names)),
    ...alerts.flatMap((alert) => untested(alert, source, file, cases)),
  ];
};

const untested = (
  { alert, expr }: Alert,
  source: ContentSource,
  file: string,
  cases: readonly { readonly alert: string; readonly fires: boolean }[],
): Finding[] => {
  const own = cases.filter((one) => one.alert === alert);
  const lacks = (fires: boolean, what: string): Finding[] =>
    own.some((one) => one.fires === fires)
      ? []
      : fault(
          { file: source.file, line: source.lineOf(alert) },
          `No test shows that ${alert} ${what}.`,
          `Add one to ${file}.`,
        );
  return [
    ...lacks(true, 'fires'),
    // What holds whatever the series say cannot be silent.
    ...(/^vector\(\d+\)$/.test(expr) ? [] : lacks(false, 'stays silent')),
  ];
};

const unknown = (place: Place, alert: string, known: readonly string[]): Finding[] =>
  known.includes(alert)
    ? []
    : fault(
        place,
        'The group has no alert of this name.',
        `Its alerts are ${known.join(', ')}.`,
        alert,
        known,
      );

const companion = ({ file }: ContentSource, extension: string): string =>
  join(dirname(file), basename(file).replace(/\.[jt]s$/, extension));

const fault = (
  place: Place,
  message: string,
  remedy: string,
  value?: string,
  candidates: readonly string[] = [],
): Finding[] => {
  const suggestion = value === undefined ? undefined : suggest(value, candidates);
  return [
    {
      check: 'content',
      severity: 'error',
      place,
      message,
      ...(value !== undefined && { value }),
      remedy,
      ...(suggestion && { suggestion }),
    },
  ];
};
