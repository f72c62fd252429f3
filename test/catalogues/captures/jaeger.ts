import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { engineRelease } from '../../engines/release.js';
import { jaegerPod, portsFor, startJaeger } from '../../live/jaeger-server.js';
import { shipped } from '../../live/shipped.js';
import { sendSpans } from '../../live/span-load.js';
import { sendCall, sendTrace } from '../../live/spans.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { asItIs, type Observation, provoked } from '../observation.js';

/** Its own metrics when the queue before its storage is full. */
const withoutRoom = async (folder: string): Promise<Observation> => {
  const objects = shipped('production');
  const ports = await portsFor(objects);
  const pod = jaegerPod(objects, folder, ports, `http://127.0.0.1:${await freePort()}`);
  const file = pod.path('/etc/jaeger/config.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/queue_size: \d+/, 'queue_size: 1'));
  const engine = await startJaeger(pod, ports);
  try {
    await sendSpans(ports.get(4318) ?? 0, 'shop', 'f'.repeat(32));
    return await provoked({ url: `http://127.0.0.1:${ports.get(8888)}/metrics` });
  } finally {
    await engine.stop();
  }
};

export default {
  engine: 'jaeger',
  releases: async () => [await engineRelease('jaeger')],
  run: async (folder) => {
    const objects = shipped('production');
    const ports = await portsFor(objects);
    const at = (port: number) => `http://127.0.0.1:${ports.get(port)}`;
    // No Prometheus exists at the address for the Monitor tab.
    const prometheus = `http://127.0.0.1:${await freePort()}`;
    const engine = await startJaeger(
      jaegerPod(objects, join(folder, 'jaeger'), ports, prometheus),
      ports,
    );
    try {
      const own = { url: `${at(8888)}/metrics` };
      const spans = { url: `${at(8889)}/metrics` };
      const before = await asItIs(own);
      const trace = await sendTrace('http', ports.get(4318) ?? 0, 'shop');
      await sendTrace('grpc', ports.get(4317) ?? 0, 'shop');
      for (const attribute of ['peer.service', 'server.address', 'net.peer.name']) {
        await sendCall(ports.get(4317) ?? 0, 'shop', 'orders', { [attribute]: attribute });
      }
      const json = { 'content-type': 'application/json' };
      for (const body of ['{', '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}']) {
        await fetch(`${at(4318)}/v1/traces`, { method: 'POST', headers: json, body });
      }
      const now = Date.now() * 1000;
      for (const path of [
        `/api/traces/${trace}`,
        '/api/traces/0123456789abcdef0123456789abcdef',
        '/api/traces/nonsense',
        `/api/traces?service=shop&start=${now - 3.6e9}&end=${now}`,
        '/api/services',
        '/api/operations?service=shop',
        '/api/v3/services',
        `/api/dependencies?endTs=${Date.now()}&lookback=3600000`,
        '/api/metrics/calls?service=shop&spanKind=server&step=60000',
      ]) {
        await (await fetch(`${at(16686)}${path}`)).text();
      }
      await (await fetch(`${at(5778)}/api/sampling?service=shop`)).text();
      await eventually('the span metrics exist', async () => {
        const text = await (await fetch(spans.url)).text();
        const seen = [
          'traces_span_metrics_calls_total{',
          'peer_service=',
          'server_address=',
          'net_peer_name=',
        ];
        return seen.every((name) => text.includes(name)) || undefined;
      });
      // The metrics of the stores are collected every ten seconds.
      await sleep(15_000);
      return {
        jaeger: {
          seen: [before, await provoked(own), await withoutRoom(join(folder, 'without-room'))],
        },
        'jaeger-span-metrics': { seen: [await asItIs(spans)] },
      };
    } finally {
      await engine.stop();
    }
  },
} satisfies Capture;
