import type { ListedSecret } from '../../src/cli/secrets/list.js';
/** A dashboard as Grafana exports it. */
export const exported = {
  __inputs: [{ name: 'DS_PROMETHEUS', pluginId: 'prometheus' }],
  uid: 'of-somebody-else',
  title: 'Imported',
  panels: [
    {
      id: 1,
      type: 'timeseries',
      title: 'Targets that are up',
      datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' },
      gridPos: { h: 8, w: 12, x: 0, y: 0 },
      targets: [{ refId: 'A', expr: 'sum by (job) (up)' }],
    },
  ],
};

/** A dashboard with the metrics of the application in the README. */
export const orders = `import { dashboard, timeSeries } from '../src/content/grafana.js';

export default dashboard({
  title: 'Orders',
  description: 'What customers order.',
  folder: 'Applications',
  needs: ['checkout'],
  rows: [
    {
      title: 'Orders',
      panels: [
        timeSeries({
          title: 'Orders',
          description: 'Orders by status. Bad: none.',
          unit: 'cps',
          queries: { '{{status}}': 'sum by (status) (rate(orders_total[$__rate_interval]))' },
        }),
      ],
    },
  ],
});
`;

/** The same dashboard with annotations. */
export const marked = (annotations: string): string =>
  orders
    .replace('dashboard, timeSeries', 'dashboard, rollouts, timeSeries')
    .replace("title: 'Orders'", "title: 'Orders with markers'")
    .replace('  rows: [', `${annotations}\n  rows: [`);

/** A dashboard with the rows of the documentation about logs. */
export const withLines = (rows: string): string => `
import { dashboard, logSeries, logs, logsFact } from '../src/content/grafana.js';

export default dashboard({
  title: 'Lines',
  description: 'The lines of the shop.',
  folder: 'Shop',
  needs: [logsFact],
${rows}
});
`;

/** Options without an example in the README. */
export const waived = `
  waivers: [{ check: 'panels', at: 'dashboards/imported.json', reason: 'it is not ours' }],
`;

/** A SealedSecret with values of the form that kubeseal writes: a session key of 512 bytes, and a text with its tag. */
export const sealed = ({ namespace, name, keys }: ListedSecret): string => {
  const value = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 16 + 8, 1)]);
  const encryptedData = Object.fromEntries(keys.map(({ key }) => [key, value.toString('base64')]));
  return JSON.stringify({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { namespace, name },
    spec: { encryptedData },
  });
};
