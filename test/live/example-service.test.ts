import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type PastSeries, writeHistory } from './example-history.js';
import {
  type ExampleService,
  exampleObjects,
  startExampleService,
} from './example-service-server.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt, shippedJob } from './scrape-job.js';
import { eventually } from './wait.js';

// What is real: the service and its requests, its metrics, spans and probes, all engines, the clock, and every rule
// with its shipped expression, interval and waiting time. What is not: discovery, which needs a cluster; scrapes are
// more frequent, so that the test needs no minutes for each sample; and the three days before, in which the service had as many
// requests and no failure, are loaded as blocks. Otherwise the long windows would contain only the failures.

const perSecond = 10;
const day = 86_400;
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const engines: RunningEngine[] = [];
let objects: KubernetesObject[];
let ports: Ports;
let service: ExampleService;
let prometheus: RunningEngine;
let answered: () => number;

/** What Prometheus would have recorded in three good days. */
const history = (instance: string): PastSeries[] => {
  const target = { job: 'orders', instance, namespace: 'shop', pod: 'orders-0' };
  const route = { http_request_method: 'GET', http_route: '/orders' };
  const labels = { ...target, ...route, http_response_status_code: '200' };
  const recorded = ['availability', 'latency-300ms'].flatMap((slo) =>
    [['slo:sli_total:rate5m', perSecond] as const, ['slo:sli_errors:rate5m', 0] as const].map(
      ([name, value]) => ({
        name,
        labels: { namespace: 'shop', service: 'orders', slo },
        since: 3 * day,
        step: 60,
        value: () => value,
      }),
    ),
  );
  const counted = (name: string, more: object = {}) => ({
    name: `http_server_request_duration_seconds_${name}`,
    labels: { ...labels, ...more },
    since: 900,
    step: 30,
    value: (second: number) => Math.floor((second % (100 * day)) * perSecond),
  });
  return [
    ...recorded,
    { name: 'up', labels: target, since: 900, step: 30, value: () => 1 },
    counted('count'),
    counted('bucket', { le: '0.3' }),
  ];
};

const probeJob = (prober: string) => {
  const job = shippedJob(objects, 'probe');
  const own = job.static_configs?.filter(({ labels }) => labels?.service === 'orders') ?? [];
  return {
    ...job,
    scrape_interval: '2s',
    scrape_timeout: '2s',
    static_configs: own.map(({ targets, labels }) => ({
      targets: targets.map((one) => one.replace('http://orders.shop.svc:8080', service.url)),
      labels,
    })),
    relabel_configs: [
      ...(job.relabel_configs ?? []).slice(0, 2),
      { target_label: '__address__', replacement: new URL(prober).host },
    ],
  };
};

beforeAll(async () => {
  objects = await exampleObjects();
  ports = await portsFor(objects);
  const own = await freePort();
  const pod = jaegerPod(objects, join(folder, 'jaeger'), ports, `http://127.0.0.1:${own}`);
  engines.push(await startJaeger(pod, ports));
  service = await startExampleService(objects, ports.get(4317)!);
  const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
  const { args } = layOutPod(objects, workload, 'blackbox-exporter', join(folder, 'prober'));
  const prober = await startEngine({
    binary: 'blackbox_exporter',
    args: ({ port }) => listeningOn(args, port),
    readyPath: '/-/healthy',
  });
  engines.push(prober);
  answered = service.load(perSecond);
  const now = Math.floor(Date.now() / 1000);
  await writeHistory(join(folder, 'prometheus/prometheus'), now - 15, history(service.metrics));
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    (shipped) => ({
      ...shipped,
      alerting: undefined,
      scrape_configs: [
        jobAt(objects, 'orders', service.metrics, { namespace: 'shop', pod: 'orders-0' }),
        jobAt(objects, 'span-metrics', `127.0.0.1:${ports.get(8889)}`),
        jobAt(objects, 'blackbox-exporter', new URL(prober.url).host),
        jobAt(objects, 'prometheus', `127.0.0.1:${own}`),
        probeJob(prober.url),
      ],
    }),
    { port: own },
  );
  engines.push(prometheus);
});
afterAll(async () => {
  await service?.stop();
  for (const engine of engines.reverse()) await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

const alerts = async (): Promise<readonly Alert[]> =>
  (await ask<{ alerts: Alert[] }>(prometheus.url, 'alerts')).alerts;

const exemplars = async (status: string): Promise<string[]> => {
  const found = await ask<{ exemplars: { labels: { trace_id: string } }[] }[]>(
    prometheus.url,
    'query_exemplars',
    {
      query: `http_server_request_duration_seconds_bucket{job="orders",http_response_status_code="${status}"}`,
      start: new Date(Date.now() - 120_000).toISOString(),
      end: new Date().toISOString(),
    },
  );
  return found.flatMap((one) => one.exemplars.map(({ labels }) => labels.trace_id));
};

interface Span {
  readonly operationName: string;
  readonly duration: number;
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
}

const traceOf = async (id: string): Promise<Span[] | undefined> => {
  const answer = await fetch(`http://127.0.0.1:${ports.get(16686)}/api/traces/${id}`);
  if (!answer.ok) return undefined;
  const { data } = (await answer.json()) as { data: { spans: Span[] }[] };
  return data[0]?.spans;
};

/** The span of a request with this status whose trace is an exemplar. */
const spanOfExemplar = (status: number): Promise<Span> =>
  eventually(`the trace of an exemplar with status ${status}`, async () => {
    for (const id of await exemplars(`${status}`)) {
      const [span] = (await traceOf(id)) ?? [];
      if (span) return span;
    }
    return undefined;
  });

describe('the example service, while it is well', () => {
  it('is scraped, and its health pages are probed through the prober', async () => {
    await eventually('all have been scraped', async () => {
      const up = await query(prometheus.url, 'up == 1');
      return up.length === 6 || undefined;
    });
    const probes = await query(prometheus.url, 'probe_success == 1');
    expect(probes.map(({ metric }) => [metric.service, metric.instance]).sort()).toEqual([
      ['orders', `${service.url}/health/live`],
      ['orders', `${service.url}/health/ready`],
    ]);
  });

  it('has exemplars, whose traces Jaeger has', async () => {
    const span = await spanOfExemplar(200);
    expect(span.operationName).toBe('GET /orders');
    expect(span.tags).toContainEqual(
      expect.objectContaining({ key: 'http.response.status_code', value: 200 }),
    );
  });

  it('has span metrics of its name', async () => {
    const series = 'traces_span_metrics_calls_total{service_name="orders"} > 0';
    await eventually(series, async () => (await query(prometheus.url, series)).at(0));
  });
});

describe('the example service, slow and failing', () => {
  let seconds: number;

  it('fires the fast page of its objective, and no other alert about it', async ({ annotate }) => {
    expect((await alerts()).filter(isAboutService)).toEqual([]);
    await service.fail({ delayMs: 500, errorRatio: 1 });
    const start = performance.now();
    const page = await eventually(
      'the page fires',
      async () =>
        (await alerts()).find(({ labels }) => labels.alertname === 'ErrorBudgetBurnsFast'),
      // docs/objectives.md promises five minutes.
      300,
    );
    seconds = Math.round((performance.now() - start) / 1000);
    expect(page).toMatchObject({
      state: 'firing',
      labels: { severity: 'critical', namespace: 'shop', service: 'orders', slo: 'availability' },
    });
    expect((await alerts()).filter(isAboutService)).toEqual([page]);
    const firing = (await alerts()).filter(({ state }) => state === 'firing');
    expect(firing.map(({ labels }) => labels.alertname).sort()).toEqual([
      'ErrorBudgetBurnsFast',
      'Watchdog',
    ]);
    await annotate(
      `the page of a total outage after ${seconds} s, with a target of 99.9 % and ${perSecond} requests per second; ${answered()} requests were answered`,
      'figure',
    );
  });

  it('has the failures as exemplars, whose traces are long and failed', async () => {
    const span = await spanOfExemplar(500);
    expect(span.duration).toBeGreaterThan(400_000);
    expect(span.tags).toContainEqual(expect.objectContaining({ key: 'error', value: true }));
  });

  it('is still alive and ready for its probes', async () => {
    expect(await query(prometheus.url, 'min(min_over_time(probe_success[5m]))')).toMatchObject([
      { value: [expect.any(Number), '1'] },
    ]);
  });
});

const isAboutService = ({ labels }: Alert): boolean =>
  Object.values(labels).some((value) => /\borders\b/.test(value));
