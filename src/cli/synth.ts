import type { AddCommand } from './command.js';
import { examples, namedEnvironments, repeated } from './command.js';

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
    .argument('[environment...]', 'only these environments')
    .option('-e, --environment <name>', 'the same as the argument; can be repeated', repeated)
    .option('-w, --watch', 'again after each change of a file')
    .option(
      '--strict <check>',
      "warnings of this check or code are errors; 'all' for every warning",
      repeated,
    )
    .option('--json', 'write the result as JSON to the standard output')
    .option('--sarif', 'write the findings as SARIF to the standard output')
    .addHelpText('after', examples('synth', 'synth production --watch', 'synth --strict content'))
    .action(async (names: readonly string[], options: Options) => {
      const { runSynth } = await import('./run-synth.js');
      process.exitCode = await runSynth(
        { ...options, ...namedEnvironments(names, options.environment) },
        runtime,
      );
    });
};
