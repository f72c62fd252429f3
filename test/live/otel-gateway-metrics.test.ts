import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { gatewayPod, gatewayPorts, startGateway, withPrometheusAt } from './gateway-server.js';
import type { Ports } from './jaeger-server.js';
import { sendCounter } from './otlp-metric.js';
import type { Pod } from './pod.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { eventually } from './wait.js';

const objects = build({
  ...minimal,
  otelGateway: { enabled: true, metrics: true },
  prometheus: { otlp: true },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
}).manifests.map(({ object }) => object);

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const shop = { 'service.name': 'shop', 'k8s.namespace.name': 'shop', team: 'orders' };
let ports: Ports;
let pod: Pod;
let store: number;
let prometheus: RunningEngine;
let gateway: RunningEngine;

const startStore = () =>
  startPrometheus(
    objects,
    join(folder, 'prometheus'),
    ({ global, storage, otlp }) => ({ global, storage, otlp }),
    { port: store },
  );
const send = (value: number, resource: object = {}, time = Date.now()) =>
  sendCounter(ports.get(4318) ?? 0, { ...shop, ...resource }, { name: 'orders', value, time });

beforeAll(async () => {
  store = await freePort();
  prometheus = await startStore();
  ports = await gatewayPorts();
  pod = withPrometheusAt(gatewayPod(objects, join(folder, 'gateway'), ports), store);
  gateway = await startGateway(pod, ports);
});
afterAll(async () => {
  await gateway?.stop();
  await prometheus?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('has a configuration with metrics that the collector validates', async () => {
  const one = gatewayPod(objects, join(folder, 'valid'), ports);
  execFileSync(await engineBinary('otelcol-k8s'), ['validate', ...one.args], { stdio: 'pipe' });
});

it('passes on the metrics of an application, with job, instance and namespace as labels', async () => {
  expect(await send(3)).toBe(200);
  const [series] = await eventually('the series', async () => {
    const found = await query(prometheus.url, 'orders_total');
    return found.length > 0 ? found : undefined;
  });
  expect(series!.metric).toEqual({
    __name__: 'orders_total',
    job: 'shop',
    // The SDK has stated none.
    instance: '127.0.0.1',
    k8s_namespace_name: 'shop',
    status: 'paid',
  });
  const [info] = await query(prometheus.url, 'target_info{job="shop"}');
  expect(info!.metric).toMatchObject({ instance: '127.0.0.1', team: 'orders' });
});

it('keeps the instance that an SDK states', async () => {
  expect(await send(5, { 'service.instance.id': 'web-0' })).toBe(200);
  await eventually('the series', async () =>
    (await query(prometheus.url, 'orders_total{instance="web-0"}')).at(0),
  );
});

it('has after a kill -9 every sample that waited for a Prometheus that was down', async ({
  annotate,
}) => {
  await prometheus.stop();
  const instance = { 'service.instance.id': 'late' };
  const now = Date.now();
  const samples = Array.from({ length: 60 }, (_, index) => now - (60 - index) * 60_000);
  for (const [index, time] of samples.entries())
    expect(await send(index + 1, instance, time)).toBe(200);
  await gateway.kill();
  gateway = await startGateway(pod, ports);
  prometheus = await startStore();
  // New samples are stored before those that waited.
  expect(await send(1, { 'service.instance.id': 'new' })).toBe(200);
  const count = async () =>
    Number(
      (await query(prometheus.url, 'count_over_time(orders_total{instance="late"}[2h])')).at(0)
        ?.value[1] ?? 0,
    );
  await eventually('all samples', async () => (await count()) === samples.length || undefined);
  await annotate(`${samples.length} samples of the last hour waited, and none was lost.`);
});
