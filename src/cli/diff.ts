import { type AddCommand, examples, exitCodes, repeated } from './command.js';
import type { DiffOptions } from './diff/run.js';

/** `crowsnest diff`: what a synth would change, as a reviewer asks for it. */
export const diff: AddCommand = (program, runtime) => {
  program
    .command('diff')
    .description(
      'Show what synth would change in dist/: workloads that restart, alerts, dashboards, connections, …',
    )
    .argument('[environment...]', 'only these environments')
    .option('-e, --environment <name>', 'the same as the argument; can be repeated', repeated)
    .option('--with <environment>', 'compare with this environment, instead of with dist/')
    .option('--git <revision>', 'compare with dist/ of a Git revision, such as origin/main')
    .option('--cluster', 'compare with what runs in the cluster of the current context')
    .option('--context <name>', 'with --cluster: another context of the kubeconfig')
    .option('--markdown', 'write Markdown, for a pull request')
    .option('--json', 'write JSON')
    .option('--exit-code', 'exit with 1 if there are differences')
    .addHelpText(
      'after',
      `${examples(
        'diff production',
        'diff staging --with production',
        'diff --git origin/main --markdown',
        'diff production --cluster --context production',
      )}
With --cluster, the API server applies each object with a dry run, which changes nothing. This needs the permission to get
and patch all objects.
`,
    )
    .action(async (environments: readonly string[], options: DiffOptions) => {
      const { runDiff } = await import('./diff/run.js');
      if (!(await runDiff([...environments, ...(options.environment ?? [])], options, runtime)))
        process.exitCode = exitCodes.findings;
    });
};
