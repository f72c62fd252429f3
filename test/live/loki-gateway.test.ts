import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podLogs } from '../../src/components/log-agent/program.js';
import { engineBinary } from '../engines/installation.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { containerLog } from './container-log.js';
import { gatewayPod, gatewayPorts, startGateway, withLokiAt } from './gateway-server.js';
import type { Ports } from './jaeger-server.js';
import { agentPod, agentPorts, startAgent } from './log-agent-server.js';
import { findLoki } from './loki-installation.js';
import { countLines, findLines } from './loki-query.js';
import { type LokiPorts, lokiPod, lokiPorts, startLoki } from './loki-server.js';
import { sendLines } from './otlp-log.js';
import type { Pod } from './pod.js';
import { eventually } from './wait.js';

const loki = findLoki();
const objects = build({
  ...minimal,
  otelGateway: {
    enabled: true,
    logs: true,
    config: {
      logProcessors: {
        'attributes/logs': { actions: [{ key: 'user.email', action: 'delete' }] },
        transform: { log_statements: ['set(log.attributes["passed"], true)'] },
      },
    },
  },
  loki: { enabled: true },
  logAgent: { enabled: true },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
}).manifests.map(({ object }) => object);

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const shop = { 'service.name': 'shop', 'k8s.namespace.name': 'shop' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has a configuration with logs that the collector validates', async () => {
  const pod = gatewayPod(objects, join(folder, 'valid'), await gatewayPorts());
  execFileSync(await engineBinary('otelcol-k8s'), ['validate', ...pod.args], { stdio: 'pipe' });
});

describe.skipIf(!loki)('a gateway in front of Loki', () => {
  let at: LokiPorts;
  let ports: Ports;
  let storePod: Pod;
  let pod: Pod;
  let store: RunningEngine;
  let gateway: RunningEngine;
  const startStore = () => startLoki(loki!, storePod, at);
  const stored = (service: string) => countLines(at.http, `{service_name="${service}"}`);

  beforeAll(async () => {
    at = await lokiPorts();
    storePod = lokiPod(objects, join(folder, 'loki'), at);
    store = await startStore();
    ports = await gatewayPorts();
    pod = withLokiAt(gatewayPod(objects, join(folder, 'gateway'), ports), at.http);
    gateway = await startGateway(pod, ports);
  });
  afterAll(async () => {
    await gateway?.stop();
    await store?.stop();
  });

  const send = (service: string, ...texts: string[]) =>
    sendLines(
      ports.get(4318) ?? 0,
      { ...shop, 'service.name': service },
      texts.map((text) => ({ text, traceId, severity: 'ERROR' })),
      '',
    );

  it('passes on a line of an application, with its service, namespace, severity and trace', async () => {
    expect((await send('shop', 'no stock')).status).toBe(200);
    const [line] = await eventually('the line', async () => {
      const found = await findLines(
        at.http,
        `{k8s_namespace_name="shop", service_name="shop"} | trace_id="${traceId}"`,
      );
      return found.length > 0 ? found : undefined;
    });
    expect(line).toMatchObject({ text: 'no stock', labels: { detected_level: 'error' } });
  });

  it('passes on the lines of an agent, which finds it by gRPC', async () => {
    const agentAt = await agentPorts();
    const one = agentPod(objects, join(folder, 'agent'), agentAt, '', (text) =>
      text.replace(/crowsnest-otel-gateway\.[^:\s]+:\d+/, `127.0.0.1:${ports.get(4317)}`),
    );
    containerLog(one.path(podLogs), {
      namespace: 'shop',
      pod: 'web-0',
      uid: '0c0ffee0',
      container: 'web',
    }).write('a line in a file');
    const agent = await startAgent(one, agentAt);
    await eventually('the line', async () =>
      (await findLines(at.http, '{k8s_pod_name="web-0", k8s_container_name="web"}')).at(0),
    );
    await agent.stop();
  });

  it('has after a kill -9 every line that waited for a Loki that was down', async ({
    annotate,
  }) => {
    await store.stop();
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    for (const line of lines) expect((await send('late', line)).status).toBe(200);
    await gateway.kill();
    gateway = await startGateway(pod, ports);
    store = await startStore();
    await eventually('all lines', async () => (await stored('late')) >= lines.length || undefined);
    const texts = (await findLines(at.http, '{service_name="late"}')).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(lines));
    await annotate(
      `${lines.length} lines waited; none was lost, ${texts.length - lines.length} were stored twice.`,
    );
  });
});
