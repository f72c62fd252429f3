import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { otherNames, sameNames } from '../checks/jaeger-names.js';
import { freePort } from '../engines/port.js';
import { jaegerPod, portsFor, startJaeger } from './jaeger-server.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { shipped } from './shipped.js';
import { sendTrace } from './spans.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const changed = (from: RegExp, to: string): KubernetesObject[] =>
  shipped('production').map((object) => {
    if (object.metadata.name !== 'crowsnest-jaeger-config') return object;
    const text: string = object.data['config.yaml'];
    const other = text.replace(from, to);
    if (other === text) throw new Error(`There is no ${from}.`);
    return { ...object, data: { ...object.data, 'config.yaml': other } };
  });

/** The graphs of the Monitor tab that have data, after Prometheus has the rates under any names. */
const graphsAfter = async (from: RegExp, to: string): Promise<string[]> => {
  const objects = changed(from, to);
  const ports = await portsFor(objects);
  const at = (port: number): string => `127.0.0.1:${ports.get(port)}`;
  const prometheusPort = await freePort();
  const own = mkdtempSync(join(folder, 'names-'));
  const pod = jaegerPod(objects, join(own, 'jaeger'), ports, `http://127.0.0.1:${prometheusPort}`);
  const jaeger = await startJaeger(pod, ports);
  const prometheus = await startPrometheus(
    objects,
    join(own, 'prometheus'),
    ({ global, storage }) => ({
      global,
      storage,
      scrape_configs: [jobAt(objects, 'span-metrics', at(8889))],
    }),
    { port: prometheusPort },
  );
  const hasData = async (graph: string): Promise<boolean> => {
    const asked = new URLSearchParams({
      service: 'shop',
      endTs: String(Date.now()),
      lookback: '60000',
      step: '5000',
      ratePer: '60000',
      quantile: '0.95',
    });
    const response = await fetch(`http://${at(16686)}/api/metrics/${graph}?${asked}`);
    const { metrics = [] } = (await response.json()) as { metrics?: { metricPoints: unknown[] }[] };
    return metrics.some(({ metricPoints }) => metricPoints.length > 0);
  };
  try {
    await eventually('both rates', async () => {
      // A rate needs a counter that increases between scrapes.
      await sendTrace('grpc', ports.get(4317) ?? 0, 'shop');
      const rates = await Promise.all(
        ['.*calls.*', '.*duration.*_bucket'].map((name) =>
          query(
            prometheus.url,
            `sum(rate({__name__=~"${name}",service_name="shop",span_kind="SPAN_KIND_SERVER"}[1m])) > 0`,
          ),
        ),
      );
      return rates.every((one) => one.length > 0) ? true : undefined;
    });
    const graphs = ['calls', 'latencies'];
    const data = await Promise.all(graphs.map(hasData));
    return graphs.filter((_, index) => data[index]);
  } finally {
    await jaeger.stop();
    await prometheus.stop();
  }
};

describe('the Monitor tab of Jaeger', () => {
  it.each(otherNames)('does not have both graphs if %s is %s', async (from, to) => {
    expect((await graphsAfter(from, to)).length).toBeLessThan(2);
  });

  it.each(sameNames)('has both graphs if %s is %s', async (from, to) => {
    expect(await graphsAfter(from, to)).toEqual(['calls', 'latencies']);
  });
});
