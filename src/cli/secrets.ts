import { type AddCommand, examples, exitCodes, namedEnvironments, repeated } from './command.js';
import type { SecretsOptions } from './secrets/run.js';

/** `crowsnest secrets`: the Secrets that must exist, and whether they do. */
export const secrets: AddCommand = (program, runtime) => {
  program
    .command('secrets')
    .description('List the Secrets that must exist: keys, who reads them, how each is created.')
    .argument('[environment...]', 'only these environments')
    .option('-e, --environment <name>', 'the same as the argument; can be repeated', repeated)
    .option('--check', 'ask the cluster whether the Secrets and their keys exist')
    .option('--context <name>', 'with --check: another context of the kubeconfig')
    .option('--json', 'write JSON')
    .addHelpText(
      'after',
      `${examples('secrets production', 'secrets production --check --context production')}
--check needs the permission to get these Secrets. The API server sends a Secret with its values: only the names of the
keys, and whether a value is empty, are kept. It exits with 1 if a Secret or a key is missing or empty.
`,
    )
    .action(async (names: readonly string[], options: SecretsOptions) => {
      const { runSecrets } = await import('./secrets/run.js');
      const chosen = { ...options, ...namedEnvironments(names, options.environment) };
      if (!(await runSecrets(chosen, runtime))) process.exitCode = exitCodes.findings;
    });
};
