import { type AddCommand, examples, namedEnvironments, repeated } from './command.js';

interface Options {
  readonly environment?: readonly string[];
  readonly strict?: readonly string[];
  readonly json?: true;
  readonly sarif?: true;
}

/** `crowsnest check`: as synth, but writes nothing. */
export const check: AddCommand = (program, runtime) => {
  program
    .command('check')
    .description('Check the project, and write nothing.')
    .argument('[environment...]', 'only these environments')
    .option('-e, --environment <name>', 'the same as the argument; can be repeated', repeated)
    .option(
      '--strict <check>',
      "warnings of this check or code are errors; 'all' for every warning",
      repeated,
    )
    .option('--json', 'write the findings as JSON to the standard output')
    .option('--sarif', 'write the findings as SARIF to the standard output')
    .addHelpText('after', examples('check', 'check --sarif > crowsnest.sarif'))
    .action(async (names: readonly string[], options: Options) => {
      const { runSynth } = await import('./run-synth.js');
      process.exitCode = await runSynth(
        { ...options, dryRun: true, ...namedEnvironments(names, options.environment) },
        runtime,
      );
    });
};
