import { InvalidArgumentError } from 'commander';
import { type AddCommand, examples, exitCodes } from './command.js';
import type { SizeOptions } from './size/run.js';

const wholeNumber = (value: string): number => {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Use a whole number above 0.');
};

/** `crowsnest size`: what a cluster of some size needs, and what each option costs. */
export const size: AddCommand = (program, runtime) => {
  program
    .command('size')
    .description('Estimate CPU, memory and disk by the size of the cluster, and what options cost.')
    .argument('<environment>', 'the environment whose options are used')
    .option('--nodes <number>', 'nodes of the cluster', wholeNumber)
    .option('--cores <number>', 'cores of each node', wholeNumber)
    .option('--pods <number>', 'pods of the cluster', wholeNumber)
    .option('--retention <duration>', "retention of Prometheus, such as '90d'")
    .option('--json', 'write JSON')
    .addHelpText(
      'after',
      `${examples('size production', 'size production --nodes 250 --retention 90d')}
The estimate is that of synth: docs/scale.md has its error. Nothing is written.
`,
    )
    .action(async (name: string, options: SizeOptions) => {
      const { runSize } = await import('./size/run.js');
      if (!(await runSize(name, options, runtime))) process.exitCode = exitCodes.findings;
    });
};
