import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadContent } from '../../src/content/load.js';
import { repository } from '../alerts/promtool.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import type { Pod } from './pod.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt, prometheusConfiguration } from './scrape-job.js';
import { environments, find, shipped } from './shipped.js';
import { sendCall, sendTrace } from './spans.js';
import { eventually } from './wait.js';

interface TracesToMetrics {
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly queries: readonly { readonly name: string; readonly query: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const duration = 'traces_span_metrics_duration_milliseconds_bucket';
let jaeger: RunningEngine;
let prometheus: RunningEngine;
let ports: Ports;
let pod: Pod;

const at = (port: number): string => `127.0.0.1:${ports.get(port)}`;

const json = async <T>(port: number, path: string): Promise<T> => {
  const response = await fetch(`http://${at(port)}${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
};

/** The names of the spans of a trace, when all are stored. */
const spansOf = (traceId: string): Promise<string[]> =>
  eventually('the trace is found', async () => {
    type Found = { data: { spans: { operationName: string }[] }[] };
    const { data } = await json<Found>(16686, `/api/traces/${traceId}`);
    const spans = data.at(0)?.spans ?? [];
    return spans.length === 2 ? spans.map(({ operationName }) => operationName).sort() : undefined;
  });

const strategy = async (service: string): Promise<number | undefined> =>
  (
    await json<{ probabilisticSampling?: { samplingRate: number } }>(
      5778,
      `/api/sampling?service=${service}`,
    )
  ).probabilisticSampling?.samplingRate;

beforeAll(async () => {
  const objects = shipped('production');
  ports = await portsFor(objects);
  // Each connects to the other, so an address must be known before both run.
  const prometheusPort = await freePort();
  pod = jaegerPod(objects, join(folder, 'jaeger'), ports, `http://127.0.0.1:${prometheusPort}`);
  jaeger = await startJaeger(pod, ports);
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    ({ global, storage }) => ({
      global,
      storage,
      scrape_configs: [
        jobAt(objects, 'span-metrics', at(8889)),
        jobAt(objects, 'jaeger', at(8888)),
      ],
    }),
    { port: prometheusPort },
  );
  // Jaeger exposes an exemplar only for a short time.
  await eventually('prometheus scrapes', async () =>
    (await query(prometheus.url, 'up{job="span-metrics"} == 1')).at(0),
  );
});
afterAll(async () => {
  await jaeger?.stop();
  await prometheus?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('jaeger of production', () => {
  const sent: string[] = [];

  it.each([
    ['grpc', 4317],
    ['http', 4318],
  ] as const)(
    'accepts a trace from the OpenTelemetry SDK over %s, and finds it',
    async (protocol, port) => {
      const traceId = await sendTrace(protocol, ports.get(port) ?? 0, `shop-${protocol}`);
      sent.push(traceId);
      expect(await spansOf(traceId)).toEqual(['GET /order', 'SELECT order']);
    },
  );

  it('exposes its span metrics with exemplars, which a Prometheus with the shipped job stores', async () => {
    const calls = await eventually('the calls are counted', async () =>
      (
        await query(
          prometheus.url,
          'traces_span_metrics_calls_total{service_name="shop-grpc",span_kind="SPAN_KIND_SERVER"} > 0',
        )
      ).at(0),
    );
    expect(calls.value[1]).toBe('1');
    const exemplars = await eventually('an exemplar is kept', async () => {
      const minute = 60_000;
      const found = await ask<{ exemplars: { labels: { trace_id: string } }[] }[]>(
        prometheus.url,
        'query_exemplars',
        {
          query: `${duration}{service_name="shop-grpc"}`,
          start: new Date(Date.now() - minute).toISOString(),
          end: new Date(Date.now() + minute).toISOString(),
        },
      );
      return found.length > 0 ? found.flatMap((one) => one.exemplars) : undefined;
    });
    expect(new Set(exemplars.map(({ labels }) => labels.trace_id))).toEqual(new Set([sent[0]]));
  });

  it('has no label on its span metrics that changes with a restart', async () => {
    const [series] = await query(prometheus.url, 'traces_span_metrics_calls_total');
    expect(Object.keys(series!.metric)).not.toContain('collector_instance_id');
    expect(series!.metric.instance).toBe(at(8889));
  });

  it('exposes its own metrics with units and suffixes, and without dots', async () => {
    await eventually('the receiver has counted', async () =>
      (await query(prometheus.url, 'otelcol_receiver_accepted_spans_total > 0')).at(0),
    );
    expect(await query(prometheus.url, 'otelcol_process_memory_rss_bytes > 0')).toHaveLength(1);
    const names = await ask<string[]>(prometheus.url, 'label/__name__/values');
    expect(names.filter((name) => !/^[\w:]+$/.test(name))).toEqual([]);
  });

  it('shows the Monitor tab with data of Prometheus', async () => {
    const points = await eventually('the rate of calls', async () => {
      // A rate needs a counter that increases between scrapes.
      await sendTrace('grpc', ports.get(4317) ?? 0, 'shop-grpc');
      const now = new URLSearchParams({
        service: 'shop-grpc',
        endTs: String(Date.now()),
        lookback: '60000',
        step: '5000',
        ratePer: '60000',
      });
      type Calls = {
        metrics: { metricPoints: { gaugeValue: { doubleValue: number | 'NaN' } }[] }[];
      };
      const { metrics } = await json<Calls>(16686, `/api/metrics/calls?${now}`);
      const values = metrics.at(0)?.metricPoints.map(({ gaugeValue }) => gaugeValue.doubleValue);
      return values?.some((value) => Number(value) > 0) ? values : undefined;
    });
    expect(points.length).toBeGreaterThan(0);
  });

  describe('of one service that calls another one', () => {
    const call = () =>
      sendCall(ports.get(4317) ?? 0, 'checkout', 'orders', {
        'server.address': 'orders.shop.svc.cluster.local',
      });

    it('counts the calls, which the rules of the service map record for client and server', async () => {
      const { content } = await loadContent([repository]);
      const group = content.alerts['service-map']!;
      const { recordings = [] } = group.rules(group.thresholds);
      for (const { record, expr } of recordings) {
        const found = await eventually(record, async () => {
          // A rate needs a counter that increases between scrapes.
          await call();
          const found = await query(prometheus.url, `${expr} > 0`);
          return found.find(({ metric }) => metric.client === 'checkout');
        });
        expect(found.metric).toEqual({ client: 'checkout', server: 'orders' });
      }
    });

    it('has data for each query to which a span links, with the labels of its service', async () => {
      const text = find(shipped('production'), 'ConfigMap', 'crowsnest-grafana-config').data[
        'datasources.yaml'
      ];
      const { datasources } = parse(text) as {
        datasources: { uid: string; jsonData: { tracesToMetrics: TracesToMetrics } }[];
      };
      const { tags, queries } = datasources.find(({ uid }) => uid === 'jaeger')!.jsonData
        .tracesToMetrics;
      const labels = tags.map(({ value }) => `${value}="checkout"`).join(', ');
      expect(queries.length).toBeGreaterThan(2);
      for (const { name, query: given } of queries) {
        // As Grafana reads the file, and then replaces the tags.
        const expr = given.replaceAll('$$', '$').replaceAll('$__tags', labels);
        const value = await eventually(name, async () => {
          await call();
          const [first] = await query(prometheus.url, expr);
          return Number(first?.value[1]) > 0 || undefined;
        });
        expect(value).toBe(true);
      }
    });

    it('has the call among its dependencies', async () => {
      const path = `/api/dependencies?endTs=${Date.now()}&lookback=3600000`;
      type Dependencies = { data: { parent: string; child: string; callCount: number }[] };
      const { data } = await json<Dependencies>(16686, path);
      expect(data).toEqual([
        { parent: 'checkout', child: 'orders', callCount: expect.any(Number) },
      ]);
    });
  });

  it('returns the shipped sampling strategy, and loads another when the volume is updated', async () => {
    const files = find(shipped('production'), 'ConfigMap', 'crowsnest-jaeger-config').data;
    const { default_strategy } = JSON.parse(files['sampling.json']);
    expect(await strategy('shop')).toBe(default_strategy.param);

    const changed = { default_strategy: { type: 'probabilistic', param: 0.75 } };
    pod.update('/etc/jaeger', { 'sampling.json': JSON.stringify(changed) });
    await eventually('the new strategy', async () =>
      (await strategy('shop')) === 0.75 ? true : undefined,
    );
  });

  it('stops within five seconds, and has its traces after a restart', async () => {
    const begin = performance.now();
    await jaeger.stop();
    expect(performance.now() - begin).toBeLessThan(5000);

    jaeger = await startJaeger(
      jaegerPod(shipped('production'), join(folder, 'jaeger'), ports, prometheus.url),
      ports,
    );
    expect(sent).toHaveLength(2);
    for (const traceId of sent) {
      expect(await spansOf(traceId)).toEqual(['GET /order', 'SELECT order']);
    }
  });
});

describe.each(environments)('jaeger of %s', (environment) => {
  const objects = shipped(environment);

  it('exposes each exemplar for as long as prometheus may take to scrape it', () => {
    const { global } = prometheusConfiguration(objects);
    const text = find(objects, 'ConfigMap', 'crowsnest-jaeger-config').data['config.yaml'];
    const { metrics_flush_interval } = parse(text).connectors.spanmetrics;
    expect(metrics_flush_interval).toBe(global.scrape_interval);
  });

  it('becomes ready with the shipped files, accepts a trace, and stops within five seconds', async () => {
    const own = await portsFor(objects);
    const pod = jaegerPod(objects, join(folder, environment), own, 'http://127.0.0.1:1');
    const one = await startJaeger(pod, own);
    await sendTrace('grpc', own.get(4317) ?? 0, 'shop').finally(async () => {
      const begin = performance.now();
      await one.stop();
      expect(performance.now() - begin).toBeLessThan(5000);
    });
  });
});
