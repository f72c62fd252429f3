import type { AddCommand } from './command.js';
import { examples, repeated } from './command.js';

interface Options {
  readonly environment?: readonly string[];
  readonly strict?: readonly string[];
  readonly json?: true;
  readonly sarif?: true;
  readonly watch?: true;
}

/** `crowsnest synth`: writes the manifests, if no check finds an error. */
export const synth: AddCommand = (program, runtime) => {
  program
    .command('synth')
    .description(
      'Check the project and write the manifests to dist/, one folder for each environment.',
    )
    .option('-e, --environment <name>', 'only this environment; can be repeated', repeated)
    .option('-w, --watch', 'again after each change of a file')
    .option(
      '--strict <check>',
      "warnings of this check or code are errors; 'all' for every warning",
      repeated,
    )
    .option('--json', 'write the result as JSON to the standard output')
    .option('--sarif', 'write the findings as SARIF to the standard output')
    .addHelpText(
      'after',
      examples('synth', 'synth --environment production --watch', 'synth --strict content'),
    )
    .action(async (options: Options) => {
      const { runSynth } = await import('./run-synth.js');
      process.exitCode = await runSynth(options, runtime);
    });
};
