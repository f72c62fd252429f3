import { Argument } from 'commander';
import { type AddCommand, examples } from './command.js';

/** `crowsnest explain`: what a finding means. */
export const explain: AddCommand = (program, runtime) => {
  program
    .command('explain')
    .description('Explain the code of a finding: what is wrong, why it matters, and how to fix it.')
    .addArgument(
      new Argument('<code>', 'a code such as selectors/no-pods, or a check such as selectors'),
    )
    .addHelpText('after', examples('explain selectors/no-pods', 'explain selectors'))
    .action(async (code: string) => {
      const { runExplain } = await import('./run-explain.js');
      process.stdout.write(await runExplain(code, runtime));
    });
};
