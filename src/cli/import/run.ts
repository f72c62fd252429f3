import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkProject } from '../../check-project.js';
import { type Finding, hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import type { Runtime } from '../command.js';
import { projectOf } from '../project.js';
import { type Left, planOf } from './plan.js';
import { sourcesOf } from './sources.js';

/** Imports files of others into the project; returns whether everything is taken, and without an error. */
export const runImport = async (paths: readonly string[], runtime: Runtime): Promise<boolean> => {
  const project = projectOf(runtime, {});
  const { sources, left: unread } = sourcesOf(paths);
  const plan = planOf(sources);
  const left: Left[] = [...unread, ...plan.left];
  const written: string[] = [];
  for (const [path, { text, from }] of plan.files) {
    if (existsSync(path)) {
      if (readFileSync(path, 'utf8') === text) continue;
      left.push({ file: from, what: path, reason: 'It exists already, and is not overwritten.' });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    written.push(path);
    process.stdout.write(`${path}\t${from}\n`);
  }
  if (left.length > 0) process.stderr.write(`${textOf(left)}\n`);
  const findings = written.length > 0 ? await findingsOf(written, project, runtime) : [];
  if (findings.length > 0)
    process.stderr.write(`\n${report(findings).replace(' Nothing was written.', '')}`);
  return left.length === 0 && !hasError(findings);
};

/** The findings of all checks in the files. */
const findingsOf = async (
  files: readonly string[],
  project: Parameters<typeof checkProject>[0],
  { shipped }: Runtime,
): Promise<readonly Finding[]> => {
  const { findings } = await checkProject(project, shipped);
  return arrange(findings).filter(({ place }) => files.includes(place.file ?? ''));
};

const textOf = (left: readonly Left[]): string =>
  ['Not imported:', ...left.map(({ file, what, reason }) => `  ${file}: ${what}: ${reason}`)].join(
    '\n',
  );
