import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboardQueries, samplesOf } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import { enginesUsed } from '../engines/installation.js';
import { findGrafana } from './grafana-installation.js';
import { panelRequests } from './grafana-queries.js';
import { type RunningGrafana, startGrafana } from './grafana-server.js';
import { canMakeMachine } from './node-machine.js';
import { type PodCluster, startPodCluster } from './pods-cluster.js';
import { stir, workloadsOfAllKinds } from './pods-stir.js';
import { find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'development';
const objects = shipped(environment);
const grafana = findGrafana();

const { 'dashboards.yaml': providersFile, 'datasources.yaml': dataSourcesFile } = find(
  objects,
  'ConfigMap',
  'crowsnest-grafana-config',
).data;
const { providers } = parse(providersFile) as {
  providers: { folder: string; options: { path: string } }[];
};
const { datasources } = parse(dataSourcesFile) as {
  datasources: { uid: string; type: string }[];
};

/** The shipped dashboards, with the titles of their folders. */
const dashboards = objects.flatMap(({ metadata, data }) => {
  const slug = /^crowsnest-grafana-dashboards-(.+)-\d+$/.exec(metadata.name)?.[1];
  if (slug === undefined) return [];
  const folder = providers.find(({ options }) => options.path === `/dashboards/${slug}`)?.folder;
  const jsons: string[] = Object.values(data ?? {});
  return jsons.map((json) => {
    const { uid, title } = JSON.parse(json) as { uid: string; title: string };
    return { uid, title, folder, json };
  });
});

// A request to each data source through Grafana's proxy.
const pageOfDataSource: Readonly<Record<string, string>> = {
  prometheus: '/api/v1/query?query=1',
  alertmanager: '/api/v2/status',
  jaeger: '/api/services',
};

/** The result of a query. */
interface Result {
  readonly error?: string;
  readonly frames?: readonly { readonly data: { readonly values: readonly unknown[][] } }[];
}

const hasData = ({ frames = [] }: Result): boolean =>
  frames.some(({ data }) => data.values.some((values) => values.length > 0));

// Grafana 11 removed this folder: an older one reports that it is missing.
const removedFolder = /logger=provisioning\.notifiers .*no such file or directory/;
const errorLine = /\b(?:level=(?:error|critical)|lvl=(?:eror|crit))\b/;

// No registry has Grafana's server, so the user must provide it.
describe.skipIf(!grafana || !canMakeMachine)(
  'Grafana with the configuration, provisioning and dashboards of development, with the engines of a cluster',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
    let cluster: PodCluster;
    let running: RunningGrafana;

    beforeAll(async () => {
      enginesUsed.add(`grafana ${grafana!.version}`);
      cluster = await startPodCluster(environment, join(folder, 'cluster'));
      await cluster.controlPlane.kubectl(
        ['apply', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: workloadsOfAllKinds }),
      );
      await stir(cluster);
      running = await startGrafana(cluster, objects, join(folder, 'grafana'), grafana!);
    });
    afterAll(async () => {
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('becomes healthy, in the provided version', async () => {
      const [health] = await running.ask([{ path: '/api/health' }]);
      expect(health?.body).toMatchObject({ database: 'ok' });
      const [settings] = await running.ask([{ path: '/api/frontend/settings' }]);
      expect(settings?.body.buildInfo.version).toBe(grafana!.version);
    });

    it('has exactly the shipped dashboards, with their titles and folders', async () => {
      const [search] = await running.ask([{ path: '/api/search?type=dash-db&limit=5000' }]);
      const present = search?.body.map(
        (one: { uid: string; title: string; folderTitle: string }) =>
          [one.uid, one.title, one.folderTitle] as const,
      );
      const expected = dashboards.map(({ uid, title, folder }) => [uid, title, folder]);
      expect(present.sort()).toEqual(expected.sort());
    });

    it.each(dashboards.map(({ uid, json }) => [uid, json]))(
      'returns the panels and the variables of %s without changes',
      async (uid, json) => {
        const [answer] = await running.ask([{ path: `/api/dashboards/uid/${uid}` }]);
        expect(answer).toMatchObject({ status: 200, body: { meta: { provisioned: true } } });
        const { panels, templating } = JSON.parse(json);
        expect(answer?.body.dashboard).toMatchObject({ panels, templating });
      },
    );

    it.each(datasources.map(({ uid, type }) => [uid, type]))(
      'reaches the data source %s',
      async (uid, type) => {
        const path = pageOfDataSource[type];
        expect(path).toBeDefined();
        const [page] = await running.ask([{ path: `/api/datasources/proxy/uid/${uid}${path}` }]);
        expect(page?.status).toBe(200);
      },
    );

    it('answers the queries of every panel without an error', async ({ annotate }) => {
      const asked = dashboards.flatMap(({ uid, json }) => {
        // A page about one object shows that object.
        const one = uid === 'node' && { node: 'worker' };
        return panelRequests(json, { ...samplesOf(JSON.parse(json)), ...one }).map((panel) => ({
          ...panel,
          title: `${uid}: ${panel.title}`,
        }));
      });
      const requests = asked.map(({ request }) => request);
      // Rates need at least two scrapes.
      const panels = await eventually('half of the panels have data', async () => {
        const answers = await running.ask(requests);
        const all = answers.map(({ status, body }, index) => {
          const results = Object.values((body.results ?? {}) as Record<string, Result>);
          const errors = results.flatMap(({ error }) => error ?? []);
          return { title: asked[index]!.title, status, errors, hasData: results.some(hasData) };
        });
        const failed = all.filter(({ status, errors }) => status !== 200 || errors.length > 0);
        const isEnough = all.filter((one) => one.hasData).length > all.length / 2;
        return failed.length > 0 || isEnough ? { all, failed } : undefined;
      });
      expect(panels.failed).toEqual([]);
      const withData = panels.all.filter((panel) => panel.hasData).length;
      await annotate(
        `${panels.all.length} panels of ${dashboards.length} dashboards: ${withData} with data in the first minutes of the cluster`,
        'figure',
      );
    });

    it('returns the series of every variable without an error', async () => {
      const asked = dashboards.flatMap(({ uid, json }) =>
        dashboardQueries(JSON.parse(json))
          .filter(({ label }) => label !== undefined)
          .map(({ usedIn, expr, variables }) => ({ title: `${uid}: ${usedIn}`, expr, variables })),
      );
      const answers = await running.ask(
        asked.map(({ expr, variables }) => {
          const match = new URLSearchParams({ 'match[]': expand(expr, variables).text });
          return { path: `/api/datasources/uid/prometheus/resources/api/v1/series?${match}` };
        }),
      );
      const failed = answers.flatMap(({ status, body }, index) =>
        status === 200 && body.status === 'success' ? [] : [{ ...asked[index], status, body }],
      );
      expect(asked.length).toBeGreaterThan(0);
      expect(failed).toEqual([]);
    });

    it('shows the overview as its home page', async () => {
      const [home] = await running.ask([{ path: '/api/dashboards/home' }]);
      expect(home).toMatchObject({ status: 200, body: { dashboard: { uid: 'overview' } } });
    });

    it('logs no error', () => {
      const errors = running
        .log()
        .split('\n')
        .filter((line) => errorLine.test(line));
      expect(errors.filter((line) => !removedFolder.test(line))).toEqual([]);
    });

    // The next tests cause errors in the log.
    it.each(datasources.map(({ uid }) => uid))(
      'has a health check of the data source %s that passes, or none',
      async (uid) => {
        const [health] = await running.ask([{ path: `/api/datasources/uid/${uid}/health` }]);
        // A failing check returns 400. A plugin without a backend has none.
        expect([200, 404, 503]).toContain(health?.status);
        if (health?.status === 200) expect(health.body).toMatchObject({ status: 'OK' });
      },
    );

    it('accepts only the password that the init container created', async () => {
      const { user, password } = running.login;
      const login = (secret: string) => ({
        path: '/login',
        body: { user, password: secret },
        headers: {},
      });
      const [right, wrong, byDefault] = await running.ask([
        login(password),
        login(`${password}x`),
        login('admin'),
      ]);
      expect([right?.status, wrong?.status, byDefault?.status]).toEqual([200, 401, 401]);
      const session = right?.cookies.find((one) => one.startsWith('grafana_session='));
      expect(session).toMatch(/; Secure/);
      const cookie = session?.split(';')[0] ?? '';
      const [me, stranger] = await running.ask([
        { path: '/api/user', headers: { cookie } },
        { path: '/api/user', headers: {} },
      ]);
      expect([me?.body.login, stranger?.status]).toEqual([user, 401]);
    });
  },
);
