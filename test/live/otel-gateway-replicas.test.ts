import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { gatewayPod, gatewayPorts, startGateway } from './gateway-server.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import { sendTraces } from './otlp-trace.js';
import type { Pod } from './pod.js';
import { countSpans } from './span-load.js';
import { eventually } from './wait.js';

const objects = build({
  ...minimal,
  otelGateway: { enabled: true, replicas: 2, sampling: { rest: 0, wait: '2s' } },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
}).manifests.map(({ object }) => object);

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const ordinals = [0, 1] as const;
const nameOf = (ordinal: number) => `crowsnest-otel-gateway-${ordinal}`;
let stored: Ports;
let ports: readonly Ports[];
let pods: readonly Pod[];
let jaeger: RunningEngine;
const gateways: RunningEngine[] = [];

const launch = async (ordinal: number): Promise<void> => {
  gateways[ordinal] = await startGateway(pods[ordinal]!, ports[ordinal]!, nameOf(ordinal));
};
const portOf = (ordinal: number) => ports[ordinal]!.get(4318) ?? 0;
const spansOf = (trace: string) => countSpans(stored.get(16686) ?? 0, trace);
const untilStored = (trace: string, spans: number) =>
  eventually('the trace is stored', async () => (await spansOf(trace)) >= spans || undefined);
const newTraces = (count: number) =>
  Array.from({ length: count }, () => randomBytes(16).toString('hex'));
const pageAt = async (port: number | undefined) =>
  (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
const counted = async (ordinal: number, metric: string): Promise<number> =>
  [
    ...(await pageAt(ports[ordinal]!.get(8888))).matchAll(
      new RegExp(`^${metric}\\S* (\\S+)$`, 'gm'),
    ),
  ]
    .map(([, value]) => Number(value))
    .reduce((sum, value) => sum + value, 0);

const sampled = 'otelcol_processor_tail_sampling_global_count_traces_sampled';
const received = 'otelcol_processor_tail_sampling_new_trace_id_received';
const inBoth = async (metric: string): Promise<number> => {
  const [first = 0, second = 0] = await Promise.all(ordinals.map((one) => counted(one, metric)));
  return first + second;
};

beforeAll(async () => {
  stored = await portsFor(objects);
  ports = await Promise.all(ordinals.map(gatewayPorts));
  jaeger = await startJaeger(
    jaegerPod(objects, join(folder, 'jaeger'), stored, `http://127.0.0.1:${await freePort()}`),
    stored,
  );
  pods = ordinals.map((ordinal) =>
    gatewayPod(
      objects,
      join(folder, nameOf(ordinal)),
      ports[ordinal]!,
      stored.get(4317) ?? 0,
      {},
      ports,
    ),
  );
  await Promise.all(ordinals.map(launch));
});
afterAll(async () => {
  await Promise.all(gateways.map((one) => one?.stop()));
  await jaeger?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('two replicas of the gateway', () => {
  it('decide about a trace as a whole, whichever of them receives its spans', async () => {
    const failing = newTraces(20);
    const healthy = newTraces(20);
    for (const [ordinal, failed] of [
      [0, false],
      [1, true],
    ] as const) {
      await sendTraces(portOf(ordinal), [
        ...failing.map((traceId) => ({ service: 'shop', traceId, failed })),
        ...healthy.map((traceId) => ({ service: 'shop', traceId })),
      ]);
    }
    for (const trace of failing) await untilStored(trace, 2);
    expect(await Promise.all(failing.map(spansOf))).toEqual(failing.map(() => 2));
    // Those of both kinds were sent at the same time, so all are decided.
    await eventually(
      'all traces are decided',
      async () => (await inBoth(sampled)) >= 40 || undefined,
    );
    expect(new Set(await Promise.all(healthy.map(spansOf)))).toEqual(new Set([0]));
  });

  it('both decide about some of the traces', async () => {
    for (const ordinal of ordinals) expect(await counted(ordinal, sampled)).toBeGreaterThan(0);
  });

  it('count each span once, in series of their own', async () => {
    const calls =
      /^traces_span_metrics_calls_total\{.*collector_instance_id="([^"]+)".*service_name="shop".*\} (\d+)$/gm;
    const series = await eventually('all spans are counted', async () => {
      const found = [...(await pageAt(stored.get(8889))).matchAll(calls)];
      const total = found.reduce((sum, [, , value]) => sum + Number(value), 0);
      return total >= 80 ? { found, total } : undefined;
    });
    expect(series.total).toBe(80);
    expect(new Set(series.found.map(([, instance]) => instance))).toEqual(
      new Set(ordinals.map(nameOf)),
    );
  });

  it('keep the traces of a replica that is down until it is back', async ({ annotate }) => {
    await gateways[1]!.kill();
    const traces = newTraces(40);
    await sendTraces(
      portOf(0),
      traces.map((traceId) => ({ service: 'late', traceId, failed: true })),
    );
    await eventually('those of the other replica are stored', async () => {
      const found = await Promise.all(traces.map(spansOf));
      return found.some((count) => count > 0) || undefined;
    });
    await launch(1);
    for (const trace of traces) await untilStored(trace, 1);
    await annotate(
      `${traces.length} traces were sent while one of two replicas was down, and none was lost.`,
    );
  });

  it('lose only the traces that a killed replica has not decided about', async ({ annotate }) => {
    const traces = newTraces(40);
    const [own, other] = await Promise.all(ordinals.map((one) => counted(one, received)));
    await sendTraces(
      portOf(0),
      traces.map((traceId) => ({ service: 'killed', traceId, failed: true })),
    );
    await eventually(
      'each trace is in one of them',
      async () => (await inBoth(received)) >= own! + other! + traces.length || undefined,
    );
    const kept = (await counted(0, received)) - own!;
    await gateways[1]!.kill();
    await launch(1);
    const found = await eventually('those of the first replica are stored', async () => {
      const spans = await Promise.all(traces.map(spansOf));
      const some = spans.filter((count) => count > 0).length;
      return some >= kept ? some : undefined;
    });
    await annotate(
      `Of ${traces.length} traces, ${traces.length - found} were only in the memory of the killed replica, and are lost.`,
    );
  });
});
