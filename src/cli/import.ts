import { type AddCommand, examples, exitCodes } from './command.js';

/** `crowsnest import`: what others wrote, at its place in the project. */
export const importCommand: AddCommand = (program, runtime) => {
  program
    .command('import')
    .description('Copy dashboards, rules and monitors of others to their places in the project.')
    .argument('<path...>', 'files, or folders with their subfolders')
    .addHelpText(
      'after',
      `${examples('import overview.json', 'import ../kube-prometheus/manifests')}
Dashboards of Grafana go to dashboards/, rules of Prometheus and PrometheusRule objects to alerts/, monitors
of the operator with the Services and workloads that they need to applications/. Nothing is overwritten.
What is not imported is listed with the reason, and so are the findings of all checks in the new files.`,
    )
    .action(async (paths: readonly string[]) => {
      const { runImport } = await import('./import/run.js');
      if (!(await runImport(paths, runtime))) process.exitCode = exitCodes.findings;
    });
};
