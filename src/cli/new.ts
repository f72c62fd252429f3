import { Argument } from 'commander';
import { type AddCommand, examples, nameArgument } from './command.js';
import type { Kind } from './new/files.js';

/** `crowsnest new`: files as a starting point, which pass all checks. */
export const newCommand: AddCommand = (program, runtime) => {
  program
    .command('new')
    .description('Write a dashboard, an alert group, an environment or an application to edit.')
    .addArgument(
      new Argument('<kind>', 'what to write').choices([
        'dashboard',
        'alert',
        'environment',
        'application',
      ] satisfies Kind[]),
    )
    .argument('<name>', 'the name of the file', nameArgument)
    .addHelpText('after', examples('new dashboard checkout', 'new alert checkout'))
    .action(async (kind: Kind, name: string) => {
      const { runNew } = await import('./new/run.js');
      await runNew(kind, name, runtime);
    });
};
