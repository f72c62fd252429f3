import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../src/promql/analyse.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { populate } from './cluster-populate.js';
import { jaegerPod, portsFor, startJaeger } from './jaeger-server.js';
import { layOutPod } from './pod.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt, prometheusConfiguration } from './scrape-job.js';
import { find, shipped } from './shipped.js';
import { sendTrace } from './spans.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const environment = 'production';
const objects = shipped(environment);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const engines: RunningEngine[] = [];
let cluster: Cluster;
let prometheus: RunningEngine;

/** All dashboards that ship, by uid. */
const dashboards = Object.fromEntries(
  objects
    .filter(({ metadata }) => /grafana-dashboards-/.test(metadata.name))
    .flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>))
    .map(([name, json]): [string, string] => [name.replace('.json', ''), json]),
);

const started = async (engine: Promise<RunningEngine>): Promise<RunningEngine> => {
  engines.push(await engine);
  return engines.at(-1)!;
};

const hostOf = ({ url }: { readonly url: string }): string => new URL(url).host;

const argsOf = (kind: string, name: string, container = name): readonly string[] =>
  find(objects, kind, `crowsnest-${name}`).spec.template.spec.containers.find(
    (one: { name: string }) => one.name === container,
  ).args;

const nodeExporter = (): Promise<RunningEngine> => {
  const host = join(folder, 'host');
  symlinkSync('/', host);
  return startEngine({
    binary: 'node_exporter',
    args: ({ port }) =>
      argsOf('DaemonSet', 'node-exporter').map((arg) =>
        arg
          .replace(/^(--path\.\w+(?:\.\w+)?=)\/host/, `$1${host}`)
          .replace(/^(--web\.listen-address=127\.0\.0\.1):\d+$/, `$1:${port}`),
      ),
    readyPath: '/',
  });
};

const kubeStateMetrics = async (telemetry: number): Promise<RunningEngine> => {
  const token = await cluster.token('crowsnest', 'crowsnest-kube-state-metrics');
  return startEngine({
    binary: 'kube-state-metrics',
    args: ({ port }) => [
      ...argsOf('Deployment', 'kube-state-metrics'),
      `--kubeconfig=${cluster.kubeconfig(folder, token)}`,
      '--host=127.0.0.1',
      `--port=${port}`,
      '--telemetry-host=127.0.0.1',
      `--telemetry-port=${telemetry}`,
    ],
    readyPath: '/livez',
  });
};

const blackbox = (): Promise<RunningEngine> => {
  const pod = layOutPod(
    objects,
    { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' },
    'blackbox-exporter',
    join(folder, 'blackbox'),
  );
  return startEngine({
    binary: 'blackbox_exporter',
    args: ({ port }) => [...pod.args, `--web.listen-address=127.0.0.1:${port}`],
    readyPath: '/-/healthy',
  });
};

/** Jobs that run here; those of a node's own daemons, of Grafana and of DNS do not. */
const running = [
  ...['prometheus', 'node-exporter', 'kube-state-metrics', 'kube-state-metrics-self'],
  ...['blackbox-exporter', 'probe', 'jaeger', 'span-metrics', 'apiserver'],
];

beforeAll(async () => {
  cluster = await startCluster();
  await deploy(cluster, environment);
  await populate(cluster, objects, 'elsewhere');
  const telemetry = await freePort();
  const token = await cluster.token('crowsnest', 'crowsnest-prometheus');
  const node = await started(nodeExporter());
  const state = await started(kubeStateMetrics(telemetry));
  const probe = await started(blackbox());
  const ports = await portsFor(objects);
  const own = await freePort();
  const jaeger = jaegerPod(objects, join(folder, 'jaeger'), ports, `http://127.0.0.1:${own}`);
  await started(startJaeger(jaeger, ports));
  const plain = (name: string, target: string, labels: Record<string, string> = {}): object => {
    const { authorization, tls_config, scheme, ...job } = jobAt(
      objects,
      name,
      target,
      labels,
    ) as unknown as Record<string, unknown>;
    return job;
  };
  const pod = { namespace: 'crowsnest', pod: 'one', node: 'this' };
  const { global, ...config } = prometheusConfiguration(objects);
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    () => ({
      ...config,
      alerting: undefined,
      global: { ...global, evaluation_interval: '2s' },
      scrape_configs: [
        plain('prometheus', `127.0.0.1:${own}`, pod),
        plain('node-exporter', hostOf(node), { node: 'this' }),
        plain('kube-state-metrics', hostOf(state)),
        plain('kube-state-metrics-self', `127.0.0.1:${telemetry}`, pod),
        plain('blackbox-exporter', hostOf(probe), pod),
        plain('jaeger', `127.0.0.1:${ports.get(8888)}`, pod),
        plain('span-metrics', `127.0.0.1:${ports.get(8889)}`, pod),
        {
          job_name: 'probe',
          scrape_interval: '1s',
          metrics_path: '/probe',
          params: { module: ['http_200'], target: [`http://127.0.0.1:${own}/-/ready`] },
          static_configs: [{ targets: [hostOf(probe)] }],
        },
        {
          job_name: 'apiserver',
          scrape_interval: '1s',
          scheme: 'https',
          authorization: { credentials: token },
          tls_config: { insecure_skip_verify: true },
          static_configs: [{ targets: [hostOf(cluster)] }],
        },
      ],
    }),
    { port: own },
  );
  engines.push(prometheus);
  await eventually('all jobs are scraped and recorded', async () => {
    await sendTrace('grpc', ports.get(4317) ?? 0, 'shop');
    await fetch(`http://127.0.0.1:${ports.get(16686)}/api/services`);
    const up = await query(prometheus.url, 'sum by (job) (up) >= 1');
    const calls = await query(prometheus.url, 'rate(traces_span_metrics_calls_total[5m]) > 0');
    const recorded = await query(prometheus.url, 'node:node_cpu_utilisation:avg5m');
    return up.length >= running.length - 1 && calls.length && recorded.length ? true : undefined;
  });
});
afterAll(async () => {
  for (const engine of engines.reverse()) await engine.kill();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the dashboards', () => {
  it('are decoded strictly and validated by the foundation SDK of Grafana, in Go', async ({
    annotate,
  }) => {
    const files = Object.entries(dashboards).map(([uid, json]) => {
      const file = join(folder, `${uid}.json`);
      writeFileSync(file, json);
      return file;
    });
    const decode = await engineBinary('foundation-sdk');
    const { stdout } = await run(decode, files);
    expect(stdout).toBe(`${files.length} dashboards\n`);
    await annotate(stdout.trim(), 'figure');

    const spoilt = join(folder, 'spoilt.json');
    writeFileSync(
      spoilt,
      JSON.stringify({ ...JSON.parse(Object.values(dashboards)[0]!), titel: '' }),
    );
    await expect(run(decode, [spoilt])).rejects.toMatchObject({
      stdout: expect.stringContaining('titel'),
    });
  });
});

describe('the queries of the dashboards, on a Prometheus that scrapes the engines as shipped', () => {
  it('are all answered, and those that find nothing ask for what does not run here', async ({
    annotate,
  }) => {
    let asked = 0;
    const empty: { uid: string; asker: string; metrics: readonly string[] }[] = [];
    for (const [uid, json] of Object.entries(dashboards)) {
      for (const { asker, expr, variables, label } of dashboardQueries(json)) {
        if (label !== undefined) continue;
        // A dashboard about one thing asks for that one.
        const { text } = expand(expr, { ...variables, ...(uid === 'node' && { node: 'this' }) });
        asked += 1;
        const found = await ask<{ result: unknown[] }>(prometheus.url, 'query', { query: text });
        if (found.result.length > 0) continue;
        const metrics = analyse(expr, variables).selectors.flatMap(({ metric }) => metric ?? []);
        empty.push({ uid, asker, metrics: [...new Set(metrics)] });
      }
    }
    const names = new Set(await ask<string[]>(prometheus.url, 'label/__name__/values'));
    const unasked = empty.filter(({ metrics }) => metrics.some((metric) => !names.has(metric)));
    const quiet = empty.filter((one) => !unasked.includes(one));
    const share = ((100 * (asked - empty.length)) / asked).toFixed(0);
    await annotate(
      `${asked} queries of ${Object.keys(dashboards).length} dashboards: ${asked - empty.length} with data (${share} %), ${unasked.length} of metrics that nothing tells here, ${quiet.length} without anything to tell`,
      'figure',
    );
    for (const [why, some] of [
      ['nothing here tells the metric', unasked],
      ['there is nothing to tell, such as pods that wait', quiet],
    ] as const) {
      const panels = some.map(({ uid, asker }) => `${uid}: ${asker.replace(/^panel /, '')}`);
      await annotate(`No data, as ${why}: ${[...new Set(panels)].join('; ')}`, 'not shown');
    }
    expect(asked).toBeGreaterThan(300);
    expect(asked - empty.length).toBeGreaterThan(asked / 3);
  });
});
