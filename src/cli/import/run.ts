import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkProject, type ProjectOptions } from '../../check-project.js';
import { type Finding, hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import { type Runtime, UsageError } from '../command.js';
import { cloneLibrary, packageLibrary } from '../new/library.js';
import { isClone, projectOf } from '../project.js';
import type { Left } from './left.js';
import { type Plan, planOf } from './plan.js';
import { howToUse, roundsOf } from './rounds.js';
import { sourcesOf } from './sources.js';
import { causedBy, type SettingsFile, withSettings } from './with-settings.js';

/** Imports files of others into the project; returns whether everything is taken, and without an error. */
export const runImport = async (paths: readonly string[], runtime: Runtime): Promise<boolean> => {
  const project = projectOf(runtime, {});
  const { sources, left: unread } = sourcesOf(paths);
  if (sources.length + unread.length === 0) {
    throw new UsageError(`There is nothing to import: ${paths.join(', ')} has no files.`);
  }
  const library = isClone(runtime.shipped) ? cloneLibrary : packageLibrary;
  const first = planOf(sources, { jobs: [], library });
  const hasSettings = [...first.files.values()].some(({ option }) => option);
  const before = hasSettings ? await checkProject(project, runtime.shipped) : undefined;
  const jobs = before?.stacks.flatMap((one) => one.jobs) ?? [];
  const plan = hasSettings ? planOf(sources, { jobs, library }) : first;
  const { written, settings, left: taken } = write(plan);
  const left = [...unread, ...plan.left, ...plan.changed, ...taken];
  process.stdout.write(written.map(({ path, from }) => `${path}\t${from}\n`).join(''));
  const parts = [
    ...listOf('Not imported:', [...unread, ...plan.left, ...taken]),
    ...listOf('Imported, except for this:', plan.changed),
    ...listOf('Secrets that must exist:', plan.secrets),
    ...(settings.length > 0 ? [howToUse(settings)] : []),
  ];
  process.stderr.write(parts.map((text) => `${text}\n`).join('\n'));
  const findings =
    written.length > 0
      ? await findingsOf(
          written.map(({ path }) => path),
          settings,
          before?.findings ?? [],
          project,
          runtime,
        )
      : [];
  if (findings.length > 0)
    process.stderr.write(`\n${report(findings).replace(' Nothing was written.', '')}`);
  return left.length === 0 && !hasError(findings);
};

/** Writes the files that do not exist yet. */
const write = ({ files }: Plan) => {
  const left: Left[] = [];
  const written: { readonly path: string; readonly from: string }[] = [];
  const settings: SettingsFile[] = [];
  for (const [path, { text, from, option }] of files) {
    const isSame = existsSync(path) && readFileSync(path, 'utf8') === text;
    if (existsSync(path) && !isSame) {
      left.push({ file: from, what: path, reason: 'It exists already, and is not overwritten.' });
      continue;
    }
    if (option) settings.push({ path, option, text });
    if (isSame) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    written.push({ path, from });
  }
  return { left, written, settings };
};

/** The findings of all checks in the files; with each of the settings, as if every environment used them. */
const findingsOf = async (
  files: readonly string[],
  settings: readonly SettingsFile[],
  before: readonly Finding[],
  project: ProjectOptions,
  runtime: Runtime,
): Promise<readonly Finding[]> => {
  const all: Finding[] = [];
  // An environment has only one value of an option.
  for (const [index, own] of roundsOf(settings).entries()) {
    const used = await withSettings(project, own, runtime);
    const { findings } = await checkProject(used, runtime.shipped);
    const inFiles = findings.filter(({ place }) => files.includes(place.file ?? ''));
    all.push(...(index === 0 ? inFiles : []), ...causedBy(own, findings, before));
  }
  return arrange(all);
};

const listOf = (title: string, left: readonly Left[]): string[] =>
  left.length === 0
    ? []
    : [
        [title, ...left.map(({ file, what, reason }) => `  ${file}: ${what}: ${reason}`)].join(
          '\n',
        ),
      ];
