import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { synthesize } from '../src/synthesize.js';
import { minimal, withFewComponents } from './environment.js';
import { fill, temporaryFolder } from './output/folder.js';
import { sample } from './sample/content.js';

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

/** The findings of content, by default in one environment. */
const found = async (
  files: Readonly<Record<string, string>>,
  environments: Readonly<Record<string, object>> = { one: {} },
  only?: readonly string[],
) => {
  const root = temporaryFolder();
  fill(root, files);
  fill(
    root,
    Object.fromEntries(
      Object.entries(environments).map(([name, options]) => [
        `environments/${name}.js`,
        `export default ${JSON.stringify({ ...minimal, ...withFewComponents, cluster: { ...minimal.cluster, name }, ...options })};`,
      ]),
    ),
  );
  const { findings } = await synthesize(
    { environments: join(root, 'environments'), content: [root], out: join(root, 'dist'), only },
    sample,
  );
  const style = /^(dashboard-|panels\/|content\/no-)/;
  return findings
    .filter(({ code }) => !style.test(code))
    .map(({ code, severity, message, remedy, suggestion, place: { environment } }) => ({
      fault: `${severity} ${code}`,
      message,
      ...(remedy.startsWith('Select ') && { remedy }),
      ...(suggestion && { suggestion }),
      ...(environment && { environment }),
    }));
};

const dashboard = (...expressions: string[]): string =>
  JSON.stringify({
    title: 'Shop',
    panels: expressions.map((expr, id) => ({
      id,
      type: 'timeseries',
      title: `Panel ${id}`,
      gridPos: { h: 8, w: 12, x: 12 * id, y: 0 },
      targets: [{ refId: 'A', expr }],
    })),
  });

const rules = (...all: object[]): string => JSON.stringify({ groups: [{ name: 'g', rules: all }] });

describe('a query that Prometheus rejects', () => {
  const broken = { fault: 'error promql/invalid-expression' };
  const misspelt = { suggestion: 'prometheus_tsdb_head_series' };

  test('is an error if it names what is scraped, beside a misspelt metric, which is named', async () => {
    const one = dashboard(
      'sum(rate(prometheus_http_requests_total[5m])',
      'prometheus_tsdb_head_serie',
    );
    expect(await found({ 'dashboards/shop.json': one })).toEqual(
      expect.arrayContaining([expect.objectContaining(broken), expect.objectContaining(misspelt)]),
    );
  });

  test('is a warning in a dashboard that is left out', async () => {
    const files = { 'dashboards/shop.json': dashboard('rate(shop_orders_total[5m]', 'shop_up') };
    expect(await found(files, { one: {}, two: {} })).toMatchObject([
      { fault: 'warning promql/invalid-expression' },
      { fault: 'warning content/not-scraped' },
    ]);
  });

  test('is not reported if the dashboard is left out and has none', async () => {
    expect(
      await found({ 'dashboards/shop.json': dashboard('shop_orders', 'shop_up') }),
    ).toMatchObject([{ fault: 'warning content/not-scraped' }]);
  });

  test('is an error in an alert in TypeScript that is left out, unless it is disabled', async () => {
    const alert = {
      alert: 'Down',
      expr: 'sum(up',
      severity: 'warning',
      summary: 'a',
      description: 'b',
    };
    const group = new URL('../src/content/alert-group.ts', import.meta.url).href;
    const files = {
      'alerts/shop.ts': `import { alertGroup } from '${group}';
export default alertGroup({ needs: ['kube-scheduler'], rules: () => ({ alerts: [${JSON.stringify(alert)}] }) });`,
    };
    expect(await found(files)).toMatchObject([broken]);
    const off = [{ kind: 'without', alert: 'Down', reason: 'it does not work' }];
    expect(await found(files, { one: { alerts: off } })).toEqual([]);
  });
});

test('the misspelt metrics of what is left out are named', async () => {
  const files = {
    'dashboards/one.json': dashboard('redis_conected_clients'),
    'dashboards/two.json': dashboard('redis_conected_clients', 'redis_memory_used', 'shop_up'),
    'alerts/three.yaml': rules({ alert: 'A', expr: 'up{job="promtheus"} == 0' }),
  };
  const [a, b, c] = await found(files);
  expect(a).toMatchObject({ suggestion: 'prometheus' });
  expect(b).toMatchObject({ suggestion: 'redis_connected_clients' });
  expect(c?.message).toContain(
    'Did you mean redis_connected_clients for redis_conected_clients, redis_memory_used_bytes for redis_memory_used?',
  );
});

test('a rule that selects another job than the one with its metrics names this job', async () => {
  const files = {
    'alerts/memory.yaml': rules({
      alert: 'A',
      expr: 'container_memory_working_set_bytes{job="kubelet",metrics_path="/metrics/cadvisor"} > 1e9',
    }),
  };
  expect(await found(files)).toEqual([
    {
      fault: 'warning content/unscraped-rules',
      message:
        'No environment has the rule of this file: it selects another job than `cadvisor`, which has `container_memory_working_set_bytes` here.',
      remedy: 'Select the job that has them here: job="cadvisor".',
      suggestion: 'cadvisor',
    },
  ]);
});

test('what no environment has is also reported if all environments are named, and not if some are', async () => {
  const files = { 'alerts/shop.yaml': rules({ alert: 'A', expr: 'shop_up == 0' }) };
  const fault = 'warning content/unscraped-rules';
  expect(await found(files, { one: {} }, ['one'])).toMatchObject([{ fault }]);
  expect(await found(files, { one: {}, two: {} }, ['one'])).toEqual([]);
});

describe('an alert about absent series', () => {
  const files = {
    'alerts/shop.yaml': rules({ alert: 'ShopAbsent', expr: 'absent(up{job="shop"})' }),
  };
  const at = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } };
  const party = {
    name: 'shop',
    workloads: { shop: at },
    endpoints: { web: { port: 80, offers: [{ capability: 'metrics', path: '/metrics' }] } },
    consumes: [],
  };

  test('is left out where it would always fire, with a warning if another environment has it', async () => {
    const where = 'it would always fire: the scrape job `shop` does not exist.';
    expect(await found(files)).toEqual([
      {
        fault: 'warning content/unscraped-rules',
        message: `No environment has the rule of this file: ${where}`,
      },
    ]);
    expect(await found(files, { one: {}, two: { parties: [party] } })).toEqual([
      {
        fault: 'warning content/unscraped-rules',
        message: `This environment does not have ShopAbsent: ${where}`,
        environment: 'one',
      },
    ]);
  });

  test('is left out without a warning if it is disabled, or if the platform has no such job', async () => {
    const off = [{ kind: 'without', alert: 'ShopAbsent', reason: 'no shop here' }];
    expect(await found(files, { one: { alerts: off }, two: { parties: [party] } })).toEqual([]);
    const scheduler = {
      'alerts/a.yaml': rules({ alert: 'A', expr: 'absent(up{job="kube-scheduler"})' }),
    };
    const exposed = { cluster: { ...minimal.cluster, controlPlane: 'exposed' } };
    expect(await found(scheduler, { one: {}, two: exposed })).toEqual([]);
  });
});

describe('what a runbook queries that the environment lacks', () => {
  const runbook = (query: string): string =>
    `## A\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** \`${query}\`\n**Remedy.** d\n`;
  const files = (query: string) => ({
    'alerts/a.yaml': rules({ alert: 'A', expr: 'up == 0' }),
    'alerts/a.md': runbook(query),
    'alerts/b.yaml': rules({ record: 'shop:up:sum', expr: 'sum(up{job="shop"})' }),
  });

  test('is no fault if a rule records it elsewhere, and is one if no rule does', async () => {
    const left = { fault: 'warning content/unscraped-rules' };
    expect(await found(files('sum(shop:up:sum)'))).toMatchObject([left]);
    expect(await found(files('sum(shop:up:smu)'))).toMatchObject([
      left,
      { fault: 'warning metrics/unknown-metric' },
    ]);
  });
});

describe('a dashboard of logs, where no environment has a store of them', () => {
  const loki = { type: 'loki', uid: 'P8E80F9AEF21F6940' };
  const panel = { id: 1, type: 'logs', title: 'Lines', gridPos: { h: 8, w: 24, x: 0, y: 0 } };
  const imported = (expr: string) =>
    JSON.stringify({
      title: 'Lines',
      panels: [{ ...panel, datasource: loki, targets: [{ refId: 'A', expr }] }],
    });

  test('is left out with the reason', async () => {
    expect(await found({ 'dashboards/lines.json': imported('{app="a"}') })).toEqual([
      {
        fault: 'warning content/not-scraped',
        message: 'No environment has this dashboard: no store of logs is queried.',
      },
    ]);
  });

  test('has a warning if Loki will reject a query of an imported one, and an error otherwise', async () => {
    expect(await found({ 'dashboards/lines.json': imported('{app=~".*"}') })).toMatchObject([
      { fault: 'warning logql/invalid-query' },
      { fault: 'warning content/not-scraped' },
    ]);
    const own = `export default {
      title: 'Lines', description: 'Lines.', folder: 'Shop', variables: [], needs: ['configured:logs'],
      render: ({ uid, jobs }) => ({
        uid, title: 'Lines', templating: { list: [] },
        panels: jobs.has('configured:logs') ? ${JSON.stringify([{ ...panel, datasource: loki, targets: [{ refId: 'A', expr: '{app=~".*"}' }] }])} : [],
      }),
    };`;
    expect(await found({ 'dashboards/lines.js': own })).toMatchObject([
      { fault: 'error logql/invalid-query' },
    ]);
  });
});
