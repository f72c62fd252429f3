import type { Content } from '../../content/content.js';
import { cluster, type Dashboard, dashboard, type Row, rollouts } from '../../content/grafana.js';
import type { Application } from './application.js';
import { healthRow } from './health-row.js';
import { httpRow } from './http-row.js';
import { loadDashboardUid } from './load-dashboard-uid.js';
import { logRow, logVariables } from './log-row.js';
import { objectiveRow } from './objective-row.js';
import { libraryOf } from './objectives.js';
import { podRow } from './pod-row.js';
import { spanRow } from './span-row.js';

/** Dashboards that an application links to, if a project has them. */
const related = ['overview', 'traces', 'logs', 'probes'];

/**
 * The dashboard of an application: its requests, errors and durations, its health pages, and its pods.
 * Of the other content, it uses what the project has.
 */
export const applicationDashboard = (
  application: Application,
  { dashboards, alerts }: Pick<Content, 'alerts' | 'dashboards'>,
): Dashboard => {
  const { name, namespace } = application;
  const library = libraryOf(application);
  const rows: readonly Row[] = [
    ...(library && application.metrics ? [httpRow(application, library)] : []),
    ...(application.traces ? [spanRow(application)] : []),
    ...(application.objectives.length > 0 && 'objectives' in alerts
      ? [objectiveRow(application, 'error-budget' in dashboards)]
      : []),
    ...(application.health ? [healthRow(application)] : []),
    ...(application.metrics ? [podRow(application)] : []),
    logRow(application),
  ];
  return dashboard({
    title: `Application ${name}`,
    description: `Requests, errors and durations of ${name} in the namespace ${namespace}, its health pages and its pods.`,
    folder: 'Applications',
    needs: [],
    links: [
      ...related.filter((uid) => uid in dashboards),
      ...(application.loadTest ? [loadDashboardUid(application)] : []),
    ],
    variables: [cluster, ...logVariables(application)],
    annotations: 'releases' in alerts ? [rolloutsOf(application)] : [],
    rows,
  });
};

/** The rollouts of the workloads of its pods, or of those with its name. */
const rolloutsOf = ({ name, namespace, metrics }: Application) => {
  const here = `cluster=~"$cluster", namespace="${namespace}"`;
  return metrics
    ? rollouts(
        here,
        `(namespace_workload_pod:kube_pod_owner:relabel{${here}} and on (namespace, pod) up{job="${name}", cluster=~"$cluster"})`,
      )
    : rollouts(`${here}, workload=~"[a-z]+/${name}"`);
};
