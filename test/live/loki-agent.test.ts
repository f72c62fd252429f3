import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podLogs } from '../../src/components/log-agent/program.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal, withFewComponents } from '../environment.js';
import { containerLog } from './container-log.js';
import { agentPod, agentPorts, startAgent } from './log-agent-server.js';
import { findLoki } from './loki-installation.js';
import { findLines } from './loki-query.js';
import { lokiPod, lokiPorts, startLoki } from './loki-server.js';
import { eventually } from './wait.js';

const loki = findLoki();
const objects = build({
  ...minimal,
  ...withFewComponents,
  loki: { enabled: true },
  logAgent: { enabled: true },
}).manifests.map(({ object }) => object);

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const trace = '0af7651916cd43dd8448eb211c80319c';

describe.skipIf(!loki)('Loki', () => {
  let store: RunningEngine;
  let agent: RunningEngine;

  beforeAll(async () => {
    const at = await lokiPorts();
    store = await startLoki(loki!, lokiPod(objects, join(folder, 'loki'), at), at);
    const ports = await agentPorts();
    const pod = agentPod(objects, join(folder, 'agent'), ports, '', (text) =>
      text.replace(/http:\/\/crowsnest-loki\.\S+?:\d+/, `http://127.0.0.1:${at.http}`),
    );
    containerLog(pod.path(podLogs), {
      namespace: 'shop',
      pod: 'web-0',
      uid: '0c0ffee0',
      container: 'web',
    }).write(`{"level":"error","msg":"no stock","trace_id":"${trace}"}`, 'another line');
    agent = await startAgent(pod, ports);
  });
  afterAll(async () => {
    await agent?.stop();
    await store?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['namespace', '{k8s_namespace_name="shop"} |= "no stock"'],
    ['pod and container', '{k8s_pod_name="web-0", k8s_container_name="web"} |= "no stock"'],
    ['trace', `{service_name=~".+"} | trace_id="${trace}"`],
    ['severity', '{k8s_namespace_name="shop"} | detected_level="error"'],
    ['node', '{k8s_namespace_name="shop"} | k8s_node_name="worker-1" |= "no stock"'],
  ])('has a line that is found by its %s', async (_, query) => {
    const lines = await eventually('the line', async () => {
      const found = await findLines(store.port, query);
      return found.length > 0 ? found : undefined;
    });
    expect(JSON.stringify(lines)).toContain('no stock');
    expect(JSON.stringify(lines)).not.toContain('another line');
  });
});
