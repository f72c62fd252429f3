import { Command, CommanderError } from 'commander';
import { fileErrorOf } from '../model/file-error.js';
import { check } from './check.js';
import { type AddCommand, examples, exitCodes, type Runtime, UsageError } from './command.js';
import { diff } from './diff.js';
import { explain } from './explain.js';
import { images } from './images.js';
import { importCommand } from './import.js';
import { init } from './init.js';
import { newCommand } from './new.js';
import { preview } from './preview.js';
import { secrets } from './secrets.js';
import { size } from './size.js';
import { synth } from './synth.js';
import { testCommand } from './test.js';

const commands: readonly AddCommand[] = [
  init,
  synth,
  check,
  diff,
  testCommand,
  newCommand,
  importCommand,
  preview,
  explain,
  images,
  secrets,
  size,
];

/** The program with all its commands. */
export const programOf = (runtime: Runtime): Command => {
  const program = new Command('crowsnest')
    .description('An observability stack for Kubernetes: if synth succeeds, the stack works.')
    .version(runtime.version)
    .showHelpAfterError('Run it with --help to see all options.')
    .showSuggestionAfterError()
    .exitOverride()
    // The options of a command are not those of its subcommands.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `${examples('init', 'synth', 'diff production')}
Exit codes: 0 success, 1 findings, 2 wrong usage.`,
    );
  for (const add of commands) add(program, runtime);
  return program;
};

/** The message about a file or a folder that cannot be read or written; undefined for another error. */
const fileMessage = (error: unknown): string | undefined => {
  const reason = fileErrorOf(error);
  if (!(error instanceof Error) || !('path' in error) || reason === undefined) return undefined;
  return `${error.path} cannot be read or written: ${reason}.`;
};

/** Ends the process if nobody reads the output any more, or if it cannot be written. */
const endWithoutOutput = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`The standard output cannot be written: ${error.code}.\n`);
  process.exit(exitCodes.findings);
};

/** Runs a command with its arguments, and returns the exit code. */
export const main = async (args: readonly string[], runtime: Runtime): Promise<number> => {
  // Only once in a process, however often it is called.
  process.stdout.off('error', endWithoutOutput).once('error', endWithoutOutput);
  try {
    await programOf(runtime).parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.success);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    }
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.usage;
    }
    const message = fileMessage(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    return exitCodes.findings;
  }
};
