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
import { type Ask, answersOf } from './answers.js';
import { prompts } from './prompts.js';
import { report, result } from './report.js';

export interface InitOptions {
  readonly context?: string;
  readonly from?: readonly string[];
  readonly name?: string;
  readonly yes?: true;
  readonly force?: true;
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
  if (options.name !== undefined) refuseExisting(folder, options.name, options);
  const reading = await readingOf(options, importPackage);
  const facts = clusterFacts(reading);
  process.stdout.write(report(reading, facts));
  const proposed = defaultAnswers(facts, options.name ?? environmentName(reading.name));
  const ask =
    options.yes || options.from?.includes('-') ? undefined : await terminal(importPackage);
  const answers = ask ? await answersOf(facts, proposed, ask, options.name) : proposed;
  const file = refuseExisting(folder, answers.name, options);
  const lines = draft(facts, answers);
  const text = environmentText(lines, {
    source: reading.source,
    about: about(facts),
    library: isClone(folder, shipped) ? '../src/index.js' : 'crowsnest',
  });
  mkdirSync(join(folder, folders.environments), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(result(relative('.', file), answers, lookUps(lines)));
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
    throw new UsageError(`${sourceName(file)} cannot be read: ${Object(error).code}.`);
  }
};

/** The path of the environment's file; throws if there is one already. */
const refuseExisting = (folder: string, name: string, { force }: InitOptions): string => {
  for (const extension of ['ts', 'js']) {
    const file = join(folder, folders.environments, `${name}.${extension}`);
    if (!force && existsSync(file)) {
      throw new UsageError(
        `${relative('.', file)} exists, and is not changed. Choose another name with --name, or overwrite it with --force.`,
      );
    }
  }
  return join(folder, folders.environments, `${name}.ts`);
};

const isClone = (folder: string, shipped: string): boolean =>
  existsSync(folder) && realpathSync(folder) === realpathSync(shipped);

/** How questions are asked; undefined if nobody can answer. */
const terminal = async (importPackage: ImportPackage): Promise<Ask | undefined> => {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return prompts((await importPackage('@clack/prompts')) as typeof clack);
};
