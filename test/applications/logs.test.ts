import { expect, test } from 'vitest';
import { application } from '../../src/applications/declared/application.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const store: Party = {
  name: 'logs',
  workloads: { loki: { kind: 'pods', namespace: 'logs', labels: { app: 'loki' } } },
  endpoints: { http: { port: 3100, host: 'loki.logs.svc', offers: [offer('logql')] } },
  consumes: [],
};

const health = { port: 8080, live: '/live', ready: '/ready' };

/** The dashboard of an application, in an environment with these parties. */
const dashboardOf = async (options: object, parties: readonly Party[]) => {
  const project = await projectWith({
    'environments/test.ts': { ...minimal, stage: 'development', parties },
    'applications/cart.ts': application({
      name: 'cart',
      namespace: 'shop',
      labels: { app: 'cart' },
      ...options,
    }),
  });
  expect(project.findings).toEqual([]);
  const maps = project.stacks[0]!.manifests.map(({ object }) => object as { data?: object });
  const [text] = maps.flatMap(({ data = {} }) =>
    Object.entries(data).flatMap(([key, value]) => (key === 'app-cart.json' ? [value] : [])),
  );
  return JSON.parse(text as string);
};

const titlesOf = ({ panels }: { panels: { title: string }[] }) => panels.map(({ title }) => title);

test.each([
  ['metrics', { metrics: { port: 9464 } }, 'label_values(up{job="cart"}, pod)'],
  [
    'health pages',
    { health },
    'label_values(kube_pod_info{namespace="shop", created_by_name=~"cart(-[bcdfghjklmnpqrstvwxz2456789]+)?"}, pod)',
  ],
])(
  'the dashboard of an application with %s has the lines of its pods',
  async (_, options, pods) => {
    const dashboard = await dashboardOf(options, [store]);
    expect(titlesOf(dashboard).slice(-3)).toEqual([
      'Logs',
      'Lines by severity',
      'Lines of the pods',
    ]);
    expect(dashboard.panels.at(-1).targets[0].expr).toBe(
      '{k8s_namespace_name="shop", k8s_pod_name=~"$pods|"} | k8s_pod_name=~"$pods"',
    );
    expect(dashboard.templating.list).toMatchObject([{ name: 'pods', query: { query: pods } }]);
  },
);

test('without a store of logs, it has neither the row nor the variable', async () => {
  const dashboard = await dashboardOf({ metrics: { port: 9464 } }, []);
  expect(titlesOf(dashboard)).not.toContain('Logs');
  expect(dashboard.templating.list).toEqual([]);
});
