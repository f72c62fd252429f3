import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { engineRelease } from '../../engines/release.js';
import { build, minimal } from '../../environment.js';
import {
  gatewayPod,
  gatewayPorts,
  startGateway,
  withLokiAt,
  withPrometheusAt,
} from '../../live/gateway-server.js';
import { jaegerPod, portsFor, startJaeger } from '../../live/jaeger-server.js';
import { containerOf, sendLines } from '../../live/otlp-log.js';
import { sendCounter } from '../../live/otlp-metric.js';
import { sendTraces } from '../../live/otlp-trace.js';
import { sendTrace } from '../../live/spans.js';
import type { Capture } from '../capture.js';
import { type Observation, provoked } from '../observation.js';

const objectsWith = (replicas: number) =>
  build({
    ...minimal,
    otelGateway: {
      enabled: true,
      replicas,
      sampling: { slow: '1s', services: { cart: 0.5 }, rest: 0, wait: '1s' },
      logs: true,
      metrics: true,
    },
    prometheus: { otlp: true },
    loki: { enabled: true },
  }).manifests.map(({ object }) => object);
const objects = objectsWith(1);

/** Its own metrics after traces of several kinds, with a change of its configuration file. */
const observe = async (
  folder: string,
  jaeger: number,
  loki: number,
  change: (text: string) => string,
  of = objects,
): Promise<Observation> => {
  const ports = await gatewayPorts();
  // It is each of its replicas.
  const pod = withPrometheusAt(
    withLokiAt(gatewayPod(of, folder, ports, jaeger, {}, [ports, ports]), loki),
    loki,
  );
  const file = pod.path('/etc/otelcol/config.yaml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  const gateway = await startGateway(pod, ports);
  const http = ports.get(4318) ?? 0;
  try {
    await sendTrace('grpc', ports.get(4317) ?? 0, 'shop').catch(() => undefined);
    const kinds = [{ failed: true }, { milliseconds: 2000 }, {}];
    const traces = kinds.map((kind) => ({ service: 'shop', ...kind }));
    const ids = await sendTraces(http, [...traces, { service: 'cart' }]).catch(() => []);
    await fetch(`http://127.0.0.1:${http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    await sendLines(http, containerOf('shop', 'web-0'), [{ text: 'a line' }], '');
    await sendCounter(http, { 'service.name': 'shop' }, { name: 'orders', value: 1 });
    // Longer than the decision and the interval of the batches, the retries and the flushes.
    await sleep(6000);
    // Spans of a trace about which it has decided.
    await sendLines(http, containerOf('shop', 'web-0'), [{ text: 'another line' }], '');
    await sendCounter(http, { 'service.name': 'shop' }, { name: 'orders', value: 2 });
    await sendTraces(
      http,
      ids.map((traceId) => ({ service: 'shop', traceId })),
    ).catch(() => []);
    await sleep(3000);
    return await provoked({ url: `http://127.0.0.1:${ports.get(8888)}/metrics` });
  } finally {
    await gateway.stop();
  }
};

export default {
  engine: 'otel-collector',
  releases: async () => [await engineRelease('otel-collector')],
  run: async (folder) => {
    const stored = await portsFor(objects);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const jaeger = await startJaeger(
      jaegerPod(objects, join(folder, 'jaeger'), stored, nobody),
      stored,
    );
    const store = createServer((request, response) =>
      request.resume().on('end', () => response.end()),
    );
    const logs = await freePort();
    await new Promise<void>((resolve) => store.listen(logs, '127.0.0.1', resolve));
    const receiver = stored.get(4317) ?? 0;
    const at = (name: string) => join(folder, name);
    try {
      return {
        'otel-gateway': {
          seen: [
            await observe(at('usual'), receiver, logs, (text) => text),
            await observe(at('shared'), receiver, logs, (text) => text, objectsWith(2)),
            await observe(at('no-room'), await freePort(), await freePort(), (text) =>
              text
                .replace(/queue_size: \d+/g, 'queue_size: 1')
                .replace(/min_size: \d+/g, 'min_size: 0'),
            ),
            await observe(at('no-memory'), receiver, logs, (text) =>
              text
                .replace('limit_percentage: 80', 'limit_mib: 2')
                .replace('spike_limit_percentage: 20', 'spike_limit_mib: 1'),
            ),
            await observe(at('few-traces'), receiver, logs, (text) =>
              text.replace(/num_traces: \d+/, 'num_traces: 1'),
            ),
            await observe(at('gives-up'), await freePort(), await freePort(), (text) =>
              text.replace(/(max_interval|max_elapsed_time): \S+/g, '$1: 1s'),
            ),
          ],
        },
      };
    } finally {
      store.close();
      await jaeger.stop();
    }
  },
} satisfies Capture;
