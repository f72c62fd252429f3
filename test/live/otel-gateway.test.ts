import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import spanMetrics from '../../src/catalogues/jaeger-span-metrics.json' with { type: 'json' };
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { gatewayPod, gatewayPorts, startGateway } from './gateway-server.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import { type OneSpan, sendTraces } from './otlp-trace.js';
import type { Pod } from './pod.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { countSpans, spansPerTrace, startSpanLoad } from './span-load.js';
import { eventually } from './wait.js';

const sampling = {
  slow: '1s',
  always: [{ attribute: 'tier', values: ['gold'] }],
  services: { audited: 1, half: 0.5 },
  rest: 0,
  wait: '1s',
};
const objects = build({
  ...minimal,
  otelGateway: { enabled: true, sampling },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
}).manifests.map(({ object }) => object);
const everything = build({
  ...minimal,
  otelGateway: { enabled: true },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
}).manifests.map(({ object }) => object);

const duration = 'traces_span_metrics_duration_milliseconds';

/** The names of the labels that series of a metric have on a page. */
const labelsOf = (page: string, metric: string): string[] => {
  const series = page.split('\n').filter((line) => line.startsWith(`${metric}{`));
  const names = series.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, one]) => one!));
  return [...new Set(names)].sort();
};

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
let stored: Ports;
let ports: Ports;
let pod: Pod;
let jaeger: RunningEngine;
let gateway: RunningEngine;
let prometheus: RunningEngine;

const send = (...traces: OneSpan[]) => sendTraces(ports.get(4318) ?? 0, traces);
const isStored = async (trace: string) => (await countSpans(stored.get(16686) ?? 0, trace)) > 0;
const untilStored = (trace: string) =>
  eventually('the trace is stored', async () => (await isStored(trace)) || undefined);
const counted = async (metric: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${ports.get(8888)}/metrics`)).text();
  const samples = [...text.matchAll(new RegExp(`^${metric}(?:\\{.*\\})? (\\S+)$`, 'gm'))];
  return samples.reduce((sum, [, value]) => sum + Number(value), 0);
};
const decisions = () =>
  counted('otelcol_processor_tail_sampling_global_count_traces_sampled(?:_\\w+)?');
/** Waits until so many traces have a decision. */
const untilDecided = (traces: number) =>
  eventually('all traces have a decision', async () => (await decisions()) >= traces || undefined);
const launchJaeger = () =>
  startJaeger(jaegerPod(objects, join(folder, 'jaeger'), stored, prometheus.url), stored);

beforeAll(async () => {
  stored = await portsFor(objects);
  ports = await gatewayPorts();
  const prometheusPort = await freePort();
  const at = (port: number | undefined) => `127.0.0.1:${port}`;
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    ({ global, storage }) => ({
      global,
      storage,
      scrape_configs: [
        jobAt(objects, 'span-metrics', at(stored.get(8889))),
        jobAt(objects, 'otel-gateway', at(ports.get(8888))),
      ],
    }),
    { port: prometheusPort },
  );
  jaeger = await launchJaeger();
  pod = gatewayPod(objects, join(folder, 'gateway'), ports, stored.get(4317) ?? 0);
  gateway = await startGateway(pod, ports);
});
afterAll(async () => {
  await gateway?.stop();
  await jaeger?.stop();
  await prometheus?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the gateway', () => {
  it('has a configuration that the collector validates, with sampling and without', async () => {
    const binary = await engineBinary('otelcol-k8s');
    for (const [name, of] of [
      ['some', objects],
      ['all', everything],
    ] as const) {
      const one = gatewayPod(of, join(folder, name), ports, 4317);
      execFileSync(binary, ['validate', ...one.args], { stdio: 'pipe' });
    }
  });

  // With fixed identifiers, the same of them are kept at every run.
  const halves = Array.from({ length: 200 }, (_, index) =>
    createHash('md5').update(`${index}`).digest('hex'),
  );

  it('keeps errors, slow traces, an attribute, the share of a service, and nothing else', async ({
    annotate,
  }) => {
    const kept = await send(
      { service: 'shop', failed: true },
      { service: 'shop', milliseconds: 1500 },
      { service: 'shop', attributes: { tier: 'gold' } },
      { service: 'audited' },
    );
    const dropped = await send(
      ...Array.from({ length: 20 }, () => ({ service: 'shop' })),
      {
        service: 'shop',
        attributes: { tier: 'silver' },
      },
      { service: 'shop', calls: 'orders-db' },
    );
    await send(...halves.map((traceId) => ({ service: 'half', traceId })));
    for (const trace of kept) await untilStored(trace);
    await untilDecided(kept.length + dropped.length + halves.length);
    // Traces leave the queue in its order: after this one, those before it are at most on their way.
    const [last = ''] = await send({ service: 'audited' });
    await untilStored(last);
    await eventually(
      'nothing is on its way',
      async () => (await counted('otelcol_exporter_in_flight_requests')) === 0 || undefined,
    );
    const found = (await Promise.all(halves.map(isStored))).filter(Boolean).length;
    expect(found).toBe(99);
    expect(await Promise.all(dropped.map(isStored))).not.toContain(true);
    await annotate(`Of ${halves.length} traces with a share of 50 %, it kept ${found}.`);
  });

  it('counts all spans, although most are not kept, with the names of Jaeger itself', async () => {
    const count = async (matchers: string) =>
      (await query(prometheus.url, `sum(traces_span_metrics_calls_total{${matchers}})`)).at(0)
        ?.value[1];
    await eventually('all are counted', async () =>
      (await count('service_name="half"')) === '200' &&
      (await count('service_name="shop"')) === '25'
        ? true
        : undefined,
    );
    // The two counters are sent at different times.
    const page = await eventually('the calls are counted', async () => {
      const text = await (await fetch(`http://127.0.0.1:${stored.get(8889)}/metrics`)).text();
      return text.includes('traces_peers_calls_total{') ? text : undefined;
    });
    expect(labelsOf(page, 'traces_span_metrics_calls_total')).toEqual(
      spanMetrics.metrics.traces_span_metrics_calls_total.labels,
    );
    expect(labelsOf(page, `${duration}_count`)).toEqual(spanMetrics.metrics[duration].labels);
    const calls = labelsOf(page, 'traces_peers_calls_total');
    expect(calls).toEqual(expect.arrayContaining(['peer_service', 'service_name']));
    const known: readonly string[] = spanMetrics.metrics.traces_peers_calls_total.labels;
    expect(known).toEqual(expect.arrayContaining(calls));
    expect(page).toMatch(new RegExp(`^${duration}_bucket\\{.*le="1000"`, 'm'));
  });

  it('fills the Monitor tab of Jaeger', async () => {
    await eventually('the rate of calls', async () => {
      // A rate needs a counter that increases between scrapes.
      await send({ service: 'half' });
      const asked = new URLSearchParams({
        service: 'half',
        endTs: String(Date.now()),
        lookback: '60000',
        step: '5000',
        ratePer: '60000',
      });
      const path = `http://127.0.0.1:${stored.get(16686)}/api/metrics/calls?${asked}`;
      const { metrics } = (await (await fetch(path)).json()) as {
        metrics: { metricPoints: { gaugeValue: { doubleValue: number | 'NaN' } }[] }[];
      };
      const points = metrics.at(0)?.metricPoints ?? [];
      return points.some(({ gaugeValue }) => Number(gaugeValue.doubleValue) > 0) || undefined;
    });
  });

  it('has its own metrics in Prometheus, with units and suffixes', async () => {
    await eventually('the receiver has counted', async () =>
      (
        await query(prometheus.url, 'otelcol_receiver_accepted_spans_total{job="otel-gateway"} > 0')
      ).at(0),
    );
  });

  it('has after a kill -9 every trace that waited for a Jaeger that was down', async ({
    annotate,
  }) => {
    await jaeger.stop();
    const decided = await decisions();
    const waiting: string[] = [];
    for (let request = 0; request < 20; request += 1) {
      waiting.push(
        ...(await send(...Array.from({ length: 5 }, () => ({ service: 'late', failed: true })))),
      );
    }
    // A decision puts the trace into the queue, from which nothing leaves now.
    await untilDecided(decided + waiting.length);
    expect(await counted('otelcol_exporter_queue_size')).toBeGreaterThan(0);
    await gateway.kill();
    gateway = await startGateway(pod, ports);
    jaeger = await launchJaeger();
    for (const trace of waiting) await untilStored(trace);
    await annotate(`${waiting.length} traces waited, and none was lost.`);
  });

  it('decides about waiting traces when it stops', async () => {
    const [trace = ''] = await send({ service: 'audited' });
    await gateway.stop();
    gateway = await startGateway(pod, ports);
    await untilStored(trace);
  });

  it('keeps every trace of a load', async ({ annotate }) => {
    const begin = performance.now();
    const { taken, stop } = startSpanLoad(ports.get(4318) ?? 0, 'audited');
    await eventually('the load is sent', async () => taken.length >= 300 || undefined);
    await stop();
    const rate = Math.round((taken.length * spansPerTrace * 1000) / (performance.now() - begin));
    for (const trace of taken) await untilStored(trace);
    await annotate(`${rate} spans per second from four clients, all of them kept and stored.`);
  });
});
