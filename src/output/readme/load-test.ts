import { loadDashboardUid } from '../../applications/declared/load-dashboard-uid.js';
import { loadRunsOf } from '../../applications/declared/load-runs.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { showsDashboards } from './content.js';
import { code, table } from './markdown.js';

/** How to run the load tests of applications, and where their results are. */
export const loadTests = (synthesized: SynthesizedStack): string[] => {
  const { environment, connections } = synthesized;
  const { loadTests: tests = [], runsLoadTests = false, stack, namespaces } = environment;
  if (!runsLoadTests) {
    return tests.length > 0
      ? ['The load tests of applications are left out, since `k6.enabled` is false.']
      : [];
  }
  const runs = tests.flatMap((test) => loadRunsOf(test, stack));
  const { application, scenario, cronJob } = runs[0]!;
  const [results] = connectionsFor(connections, 'results');
  const hasDashboards = results !== undefined && showsDashboards(synthesized);
  const job = `${application}-${scenario}-1`;
  const kubectl = `kubectl -n ${namespaces.stack}`;
  return [
    '## Load tests',
    'Each scenario is a suspended CronJob: nothing runs until you create a Job from it. The name of the Job is the name of the run.',
    `\`\`\`sh\n${kubectl} create job --from=cronjob/${cronJob} ${job}\n${kubectl} logs -f --pod-running-timeout=5m job/${job}\n${kubectl} get job ${job}\n\`\`\``,
    `The Job fails if a threshold fails (k6 ends with 99), and the end of the log lists all of them. ${receiverOf(results, hasDashboards)}`,
    table(
      ['application', 'CronJob', 'load', 'minutes with ramps', 'thresholds', 'dashboard'],
      runs.map((run) => [
        run.application,
        code(run.cronJob),
        run.load,
        `${run.minutes}`,
        run.thresholds.map(code).join(', ') || '–',
        hasDashboards ? code(`/d/${loadDashboardUid({ name: run.application })}`) : '–',
      ]),
    ),
  ];
};

/** What receives the results, and where they are shown. */
const receiverOf = (results: Connection | undefined, hasDashboards: boolean): string => {
  if (!results) return 'Nothing here receives the results: they are only in the log.';
  const { party, own } = results.provider;
  const receives = `${own ? 'Prometheus' : party} receives the results`;
  if (!hasDashboards) return `${receives}; nothing here shows them.`;
  return own
    ? `${receives}: see the dashboards below.`
    : `${receives}: the dashboards below have data only if Grafana reads from it.`;
};
