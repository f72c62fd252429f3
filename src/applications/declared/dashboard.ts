import { cluster, type Dashboard, dashboard, type Row } from '../../content/grafana.js';
import type { Application } from './application.js';
import { healthRow } from './health-row.js';
import { podRow } from './pod-row.js';
import { spanRow } from './span-row.js';

/** The uid of the dashboard of an application. */
export const dashboardUid = ({ name }: Pick<Application, 'name'>): string => `app-${name}`;

/** Dashboards that an application links to, if a project has them. */
const related = ['overview', 'traces', 'probes'];

/**
 * The dashboard of an application: its requests, errors and durations, its health pages, and its pods.
 * `others` are the uids of the other dashboards.
 */
export const applicationDashboard = (
  application: Application,
  others: readonly string[],
): Dashboard => {
  const { name, namespace } = application;
  const rows: readonly Row[] = [
    ...(application.traces ? [spanRow(application)] : []),
    ...(application.health ? [healthRow(application)] : []),
    ...(application.metrics ? [podRow(application)] : []),
  ];
  return dashboard({
    title: `Application ${name}`,
    description: `Requests, errors and durations of ${name} in the namespace ${namespace}, its health pages and its pods.`,
    folder: 'Applications',
    needs: [],
    links: related.filter((uid) => others.includes(uid)),
    variables: [cluster],
    rows,
  });
};
