import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkProject, type ProjectOptions } from '../../check-project.js';
import { type Finding, hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import type { Runtime } from '../command.js';
import { cloneLibrary, packageLibrary } from '../new/library.js';
import { isClone, projectOf } from '../project.js';
import type { Left } from './left.js';
import { type Plan, planOf } from './plan.js';
import { sourcesOf } from './sources.js';
import { causedBy, type SettingsFile, withSettings } from './with-settings.js';

/** Imports files of others into the project; returns whether everything is taken, and without an error. */
export const runImport = async (paths: readonly string[], runtime: Runtime): Promise<boolean> => {
  const project = projectOf(runtime, {});
  const { sources, left: unread } = sourcesOf(paths);
  const library = isClone(runtime.shipped) ? cloneLibrary : packageLibrary;
  const first = planOf(sources, { jobs: [], library });
  const hasSettings = [...first.files.values()].some(({ option }) => option);
  const before = hasSettings ? await checkProject(project, runtime.shipped) : undefined;
  const jobs = before?.stacks.flatMap((one) => one.jobs) ?? [];
  const plan = hasSettings ? planOf(sources, { jobs, library }) : first;
  const { written, settings, left: taken } = write(plan);
  const left = [...unread, ...plan.left, ...taken];
  process.stdout.write(written.map(({ path, from }) => `${path}\t${from}\n`).join(''));
  const parts = [
    ...(left.length > 0 ? [listOf('Not imported, or changed:', left)] : []),
    ...(plan.secrets.length > 0 ? [listOf('Secrets that must exist:', plan.secrets)] : []),
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

/** The findings of all checks in the files; with the settings, as if every environment used them. */
const findingsOf = async (
  files: readonly string[],
  settings: readonly SettingsFile[],
  before: readonly Finding[],
  project: ProjectOptions,
  runtime: Runtime,
): Promise<readonly Finding[]> => {
  const used = await withSettings(project, settings, runtime);
  const { findings } = await checkProject(used, runtime.shipped);
  return arrange([
    ...findings.filter(({ place }) => files.includes(place.file ?? '')),
    ...causedBy(settings, findings, before),
  ]);
};

const listOf = (title: string, left: readonly Left[]): string =>
  [title, ...left.map(({ file, what, reason }) => `  ${file}: ${what}: ${reason}`)].join('\n');

const howToUse = (settings: readonly SettingsFile[]): string =>
  [
    'Use it in an environment:',
    ...settings.map(
      ({ path, option }) => `  import ${option} from '../${path.replace(/\.ts$/, '.js')}';`,
    ),
    ...settings.map(({ option }) =>
      option === 'alerting' ? '  alerting,' : '  prometheus: { ...prometheus },',
    ),
  ].join('\n');
