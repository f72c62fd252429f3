import { type AddCommand, examples, exitCodes } from './command.js';

/** `crowsnest import`: what others wrote, at its place in the project. */
export const importCommand: AddCommand = (program, runtime) => {
  program
    .command('import')
    .description(
      'Take over dashboards, rules, monitors and configurations of others into the project.',
    )
    .argument('<path...>', 'files, or folders with their subfolders')
    .addHelpText(
      'after',
      `${examples('import overview.json', 'import ../kube-prometheus/manifests', 'import alertmanager.yml prometheus.yml')}
Dashboards of Grafana go to dashboards/, rules of Prometheus and PrometheusRule objects to alerts/, monitors
of the operator with the Services and workloads that they need to applications/. A configuration of
Alertmanager or Prometheus, also in a ConfigMap, a Secret or the values of a chart, becomes the value of an
option in settings/, for environments to import; credentials become references to Secrets. Nothing is overwritten.
What is not imported is listed with the reason, and so are the findings of all checks in the new files.`,
    )
    .action(async (paths: readonly string[]) => {
      const { runImport } = await import('./import/run.js');
      if (!(await runImport(paths, runtime))) process.exitCode = exitCodes.findings;
    });
};
