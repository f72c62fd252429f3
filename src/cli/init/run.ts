import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type * as clack from '@clack/prompts';
import type * as client from '@kubernetes/client-node';
import { Unreachable } from '../../cluster/connection.js';
import { defaultAnswers, environmentName } from '../../cluster/defaults.js';
import { draft, environmentText } from '../../cluster/draft.js';
import { clusterFacts } from '../../cluster/facts.js';
import { lookUps } from '../../cluster/line.js';
import { readCluster } from '../../cluster/live.js';
import type { Reading } from '../../cluster/reading.js';
import { kubectlCommands } from '../../cluster/resource.js';
import { NotSaved, readSaved } from '../../cluster/saved.js';
import { about } from '../../cluster/summary.js';
import { type Runtime, UsageError } from '../command.js';
import { folders } from '../project.js';
import { installPackages, isEmpty, writeRepository } from '../repository/write.js';
import { unreadable } from '../unreadable.js';
import { type Ask, answersOf } from './answers.js';
import { prompts } from './prompts.js';
import { report, result } from './report.js';

export interface InitOptions {
  readonly context?: string;
  readonly from?: readonly string[];
  readonly name?: string;
  readonly yes?: true;
  readonly force?: true;
  /** Whether the packages of a new repository are installed. */
  readonly install?: boolean;
}

/** Reads a cluster, asks what it does not have, and writes an environment into a project. */
export const runInit = async (
  folder: string,
  options: InitOptions,
  { shipped, importPackage }: Pick<Runtime, 'shipped' | 'importPackage'>,
): Promise<void> => {
  if (options.context !== undefined && options.from) {
    throw new UsageError('Use --context or --from, not both.');
  }
  // Known before anything is read, if the name is.
  const refuse = (name: string) => refusal(folder, name, options);
  failWith(options.name && refuse(options.name));
  const reading = await readingOf(options, importPackage);
  const facts = clusterFacts(reading);
  process.stdout.write(report(reading, facts));
  const proposed = defaultAnswers(facts, options.name ?? environmentName(reading.name));
  const ask =
    options.yes || options.from?.includes('-') ? undefined : await terminal(importPackage);
  const answers = ask ? await answersOf(facts, proposed, ask, options.name, refuse) : proposed;
  failWith(refuse(answers.name));
  const lines = draft(facts, answers);
  const repository = isEmpty(folder) ? writeRepository(folder, shipped) : [];
  const isNew = repository.length > 0;
  const text = environmentText(lines, {
    source: reading.source,
    about: about(facts),
    library: isClone(folder, shipped) ? '../src/index.js' : 'crowsnest',
  });
  mkdirSync(join(folder, folders.environments), { recursive: true });
  const file = fileOf(folder, answers.name, 'ts');
  writeFileSync(file, text);
  if (isNew) {
    process.stdout.write(`Wrote a repository: ${repository.join(', ')}.\n`);
  }
  process.stdout.write(
    result(folder, relative('.', file), answers, lookUps(lines), isNew && !options.install),
  );
  if (isNew && options.install && !installPackages(folder)) {
    process.stderr.write(
      'The packages could not be installed. Run npm install there, which also writes package-lock.json.\n',
    );
  }
};

const failWith = (message: string | undefined): void => {
  if (message) throw new UsageError(message);
};

type ImportPackage = Runtime['importPackage'];

const readingOf = async (
  { from, context }: InitOptions,
  importPackage: ImportPackage,
): Promise<Reading> => {
  try {
    if (!from) {
      const library = (await importPackage('@kubernetes/client-node')) as typeof client;
      return await readCluster(library, context, ({ plural }) => {
        process.stderr.write(`Listing ${plural}.\n`);
      });
    }
    return readSaved(Object.fromEntries(from.map((file) => [sourceName(file), textOf(file)])));
  } catch (error) {
    if (error instanceof NotSaved) throw new UsageError(error.message);
    if (!(error instanceof Unreachable)) throw error;
    throw new UsageError(
      `${error.message}\nTo use a saved cluster, run where it can be reached:\n${kubectlCommands
        .map((line) => `  ${line}`)
        .join('\n')}\nThen: crowsnest init --from cluster.json (and --from gateways.json).`,
    );
  }
};

const sourceName = (file: string): string => (file === '-' ? 'the standard input' : file);

const textOf = (file: string): string => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw unreadable(sourceName(file), error);
  }
};

/** Why the file of an environment cannot be written; undefined if it can. */
const refusal = (folder: string, name: string, { force }: InitOptions): string | undefined => {
  const exists = (extension: string) => existsSync(fileOf(folder, name, extension));
  const [extension, remedy] = exists('js')
    ? ['js', '']
    : exists('ts') && !force
      ? ['ts', ', or overwrite it with --force']
      : [];
  if (extension === undefined) return undefined;
  const file = relative('.', fileOf(folder, name, extension));
  return `${file} exists, and is not changed. Choose another name with --name${remedy}.`;
};

const fileOf = (folder: string, name: string, extension: string): string =>
  join(folder, folders.environments, `${name}.${extension}`);

const isClone = (folder: string, shipped: string): boolean =>
  existsSync(folder) && realpathSync(folder) === realpathSync(shipped);

/** How questions are asked; undefined if nobody can answer. */
const terminal = async (importPackage: ImportPackage): Promise<Ask | undefined> => {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return prompts((await importPackage('@clack/prompts')) as typeof clack);
};
