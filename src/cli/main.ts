import { Command, CommanderError } from 'commander';
import { check } from './check.js';
import { type AddCommand, examples, exitCodes, type Runtime, UsageError } from './command.js';
import { diff } from './diff.js';
import { explain } from './explain.js';
import { images } from './images.js';
import { importCommand } from './import.js';
import { init } from './init.js';
import { newCommand } from './new.js';
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
  explain,
  images,
];

/** The program with all its commands. */
export const programOf = (runtime: Runtime): Command => {
  const program = new Command('crowsnest')
    .description('An observability stack for Kubernetes: if synth succeeds, the stack works.')
    .version(runtime.version)
    .showHelpAfterError('Run it with --help to see all options.')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `${examples('init', 'synth', 'diff production')}
Exit codes: 0 success, 1 findings, 2 wrong usage.`,
    );
  for (const add of commands) add(program, runtime);
  return program;
};

/** Runs a command with its arguments, and returns the exit code. */
export const main = async (args: readonly string[], runtime: Runtime): Promise<number> => {
  try {
    await programOf(runtime).parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.success);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    }
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
};
