import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { podLogs } from '../../src/components/log-agent/program.js';
import { freePort } from '../engines/port.js';
import { containerLog } from './container-log.js';
import { agentMetric, agentObjects, agentPod, agentPorts, startAgent } from './log-agent-server.js';
import { eventually } from './wait.js';

const objects = agentObjects();
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
let storePort: number;
let store: Server;

beforeAll(async () => {
  storePort = await freePort();
  store = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => store.listen(storePort, '127.0.0.1', resolve));
});
afterAll(() => {
  store?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The collector alone: it reads the same files, and sends from memory, without severity, trace and a limit of memory. */
const alone = (text: string): string => {
  const config = parse(text);
  const { processors: _, ...pipeline } = config.service.pipelines.logs;
  config.service.pipelines.logs = pipeline;
  config.service.extensions = ['health_check'];
  const { health_check } = config.extensions;
  config.extensions = { health_check };
  delete config.processors;
  delete config.receivers.file_log.storage;
  delete config.exporters['otlp_http/logs'].sending_queue.storage;
  return stringify(config);
};

const files = 10;
const seconds = 15;

/** Lines as applications write them: half in JSON with identifiers, half in text. */
const line = (index: number): string => {
  const id = `${index}`.padStart(16, '0');
  return index % 2 === 0
    ? `{"level":"info","msg":"request done","trace_id":"${id}${id}","span_id":"${id}","path":"/cart/items","status":200,"duration_ms":12}`
    : `2026-11-30 12:00:00 INFO request ${id} done, path /cart/items, status 200, duration 12 ms, user 4711, items 3`;
};

/** The cost of a number of lines per second: cores, and mebibytes of resident memory. */
const costOf = async (name: string, perSecond: number, change: (text: string) => string) => {
  const ports = await agentPorts();
  const url = `http://127.0.0.1:${storePort}`;
  const pod = agentPod(objects, join(folder, name), ports, url, change);
  const logs = Array.from({ length: files }, (_, index) =>
    containerLog(pod.path(podLogs), {
      namespace: 'shop',
      pod: `web-${index}`,
      uid: '0c0ffee0',
      container: 'web',
    }),
  );
  const agent = await startAgent(pod, ports);
  const cpu = () => agentMetric(ports, 'otelcol_process_cpu_seconds_total');
  try {
    const before = await cpu();
    const begin = performance.now();
    let written = 0;
    while (written < perSecond * seconds) {
      const due = Math.min(
        perSecond * seconds,
        Math.floor(((performance.now() - begin) / 1000) * perSecond),
      );
      for (const log of logs) {
        const count = Math.floor((due - written) / files);
        log.write(...Array.from({ length: count }, (_, index) => line(index)));
      }
      written += Math.floor((due - written) / files) * files;
      // The rate is the subject of this test.
      await sleep(50);
      if (due === perSecond * seconds) break;
    }
    await eventually('all are sent', async () => {
      const sent = await agentMetric(ports, 'otelcol_exporter_sent_log_records_total');
      return sent >= written || undefined;
    });
    const memory = (await agentMetric(ports, 'otelcol_process_memory_rss_bytes')) / 1024 ** 2;
    // For the time that the lines stand for: on a busy machine, they are sent later.
    return { cores: ((await cpu()) - before) / (written / perSecond), memory };
  } finally {
    await agent.stop();
  }
};

describe.each([1000, 10_000])('%i lines per second', (perSecond) => {
  it('are read and sent within the limits of a small environment', async ({ annotate }) => {
    const shipped = await costOf(`shipped-${perSecond}`, perSecond, (text) => text);
    const bare = await costOf(`alone-${perSecond}`, perSecond, alone);
    const shown = ({ cores, memory }: typeof bare) =>
      `${cores.toFixed(2)} cores and ${Math.round(memory)} MiB`;
    await annotate(
      `${perSecond} lines per second from ${files} containers: the agent needs ${shown(shipped)}, the collector alone ${shown(bare)}.`,
      'figure',
    );
    // 80 % of the limit: above it, the agent reads more slowly.
    expect(shipped.memory).toBeLessThan(0.8 * 256);
  });
});
