import { loadTestFact, replicaFact } from '../../components/k6/fact.js';
import { cluster, type Dashboard, dashboard, labelVariable } from '../../content/grafana.js';
import { replicaUid } from '../../model/data-source.js';
import type { Application } from './application.js';
import { dashboardUid } from './dashboard-uid.js';
import { httpRow } from './http-row.js';
import { loadRows } from './load-row.js';
import { libraryOf } from './objectives.js';
import { podRow } from './pod-row.js';
import { spanRow } from './span-row.js';

/** The dashboard of the load test of an application: the results, and beside them the metrics of the application. */
export const loadDashboard = (application: Application): Dashboard => {
  const { name, namespace, metrics, traces } = application;
  const library = libraryOf(application);
  return dashboard({
    title: `Load test of ${name}`,
    description: `The runs of the load test of ${name} in the namespace ${namespace}, and what the application shows at the same time.`,
    folder: 'Applications',
    needs: [loadTestFact],
    links: [dashboardUid(application)],
    source: { uid: replicaUid, if: replicaFact },
    variables: [
      cluster,
      labelVariable('testid', `k6_vus{cluster=~"$cluster", application="${name}"}`, {
        title: 'Run',
      }),
    ],
    rows: [
      ...loadRows(application),
      ...(library && metrics ? [httpRow(application, library)] : []),
      ...(traces ? [spanRow(application)] : []),
      ...(metrics ? [podRow(application)] : []),
    ],
  });
};
