import { type AddCommand, examples, exitCodes } from './command.js';

/** `crowsnest test`: the checks, `dist/`, and the tests of alert groups. */
export const testCommand: AddCommand = (program, runtime) => {
  program
    .command('test')
    .description(
      'Run all checks, compare dist/ with what synth writes, and test the alert groups with promtool.',
    )
    .argument('[group...]', 'only these alert groups, and nothing else')
    .addHelpText(
      'after',
      `${examples('test', 'test checkout')}
Alert groups are checked, linted and tested with promtool of the PATH. Without it, the rest runs.
dist/ is compared only if it exists. Nothing is written.`,
    )
    .action(async (groups: readonly string[]) => {
      const { runTest } = await import('./test/run.js');
      if (!(await runTest(groups, runtime))) process.exitCode = exitCodes.findings;
    });
};
