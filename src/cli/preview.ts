import { type AddCommand, examples, exitCodes } from './command.js';
import type { PreviewOptions } from './preview/run.js';

/** `crowsnest preview`: a gallery of the dashboards, without a cluster. */
export const preview: AddCommand = (program, runtime) => {
  program
    .command('preview')
    .description(
      'Write a gallery of the dashboards to .preview/: their layout, queries and findings, without data.',
    )
    .option(
      '-e, --environment <name>',
      'the environment whose dashboards are shown (default: production, or the first one)',
    )
    .option('-w, --watch', 'again after each change of a file')
    .addHelpText(
      'after',
      `${examples('preview', 'preview --environment staging --watch')}
The standard output is the path of the page to open in a browser. It needs no Grafana and no network.`,
    )
    .action(async (options: PreviewOptions) => {
      const { runPreview } = await import('./preview/run.js');
      if (!(await runPreview(options, runtime))) process.exitCode = exitCodes.findings;
    });
};
