import { kubectlCommands, resources } from '../cluster/resource.js';
import { type AddCommand, examples, nameArgument, repeated } from './command.js';
import type { InitOptions } from './init/run.js';

/** `crowsnest init`: an environment for an existing cluster. */
export const init: AddCommand = (program, runtime) => {
  program
    .command('init')
    .description('Write an environment for an existing cluster, from what the cluster has.')
    .argument('[folder]', 'the project', '.')
    .option('--context <name>', 'a context of the kubeconfig, instead of the current one')
    .option(
      '--from <file>',
      "a saved cluster, '-' for the standard input; can be repeated",
      repeated,
    )
    .option('--name <name>', 'the name of the environment', nameArgument)
    .option('-y, --yes', 'ask nothing, and use defaults')
    .option('--force', 'overwrite an existing file')
    .option('--no-install', 'do not install the packages of a new repository')
    .addHelpText(
      'after',
      `${examples('init', 'init --context production --name production', 'init --from cluster.json --yes')}
If the folder is empty, it also writes a repository: package.json, one dashboard and one alert group as examples,
workflows for GitHub and GitLab, and more; and it installs the packages.

It lists these resources, and no others; what it may not list, it reports:
${resources.map(({ plural, use }) => `  ${plural.padEnd(18)} ${use}`).join('\n')}

If the cluster cannot be reached from here, save it (the second command only if it has Gateways):
${kubectlCommands.map((line) => `  ${line}`).join('\n')}
  crowsnest init --from cluster.json
`,
    )
    .action(async (folder: string, options: InitOptions) => {
      const { runInit } = await import('./init/run.js');
      await runInit(folder, options, runtime);
    });
};
