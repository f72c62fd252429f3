import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { podLogs, queueFolder } from '../../src/components/log-agent/program.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { type ContainerLog, containerLog } from './container-log.js';
import type { Ports } from './jaeger-server.js';
import {
  agentMetric,
  agentObjects,
  agentPod,
  agentPorts,
  inJson,
  startAgent,
} from './log-agent-server.js';
import { type LogReceiver, startLogReceiver } from './log-receiver.js';
import type { Pod } from './pod.js';
import { eventually } from './wait.js';

const objects = agentObjects({ queue: '32Mi' });

let folder: string;
let storePort: number;
let receiver: LogReceiver | undefined;
let ports: Ports;
let pod: Pod;
let agent: RunningEngine;
let web: ContainerLog;
let written: string[];

const padding = 'x'.repeat(900);

/** Writes lines with a number that no other line has. */
const write = (count: number, to: ContainerLog = web): void => {
  const lines = Array.from({ length: count }, (_, index) => `${written.length + index} ${padding}`);
  written.push(...lines.map((line) => line.split(' ')[0]!));
  to.write(...lines);
};

const numbers = (): string[] => receiver?.lines.map(({ body }) => body.split(' ')[0]!) ?? [];
const lost = (): number => {
  const found = new Set(numbers());
  return written.filter((one) => !found.has(one)).length;
};
const twice = (): number => numbers().length - new Set(numbers()).size;
const untilAll = () => eventually('all lines', async () => lost() === 0 || undefined);
/** Until the agent has the answers of the store: otherwise it sends again after a restart. */
const untilAnswered = () =>
  eventually('the queue is empty', async () =>
    (await agentMetric(ports, 'otelcol_exporter_queue_size')) === 0 ? true : undefined,
  );
/** Writes 45 MiB for a queue of 32 MiB, and waits until it is full. */
const fillQueue = async (): Promise<void> => {
  for (let round = 0; round < 25; round += 1) write(2000);
  await eventually('the queue is full', async () => {
    const size = await agentMetric(ports, 'otelcol_exporter_queue_size');
    return size > 31.5 * 1024 ** 2 || undefined;
  });
};
const accepted = () => agentMetric(ports, 'otelcol_receiver_accepted_log_records_total');
const start = async (change?: (text: string) => string) => {
  pod = agentPod(objects, folder, ports, `http://127.0.0.1:${storePort}`, (text) =>
    (change ?? ((same) => same))(inJson(text)),
  );
  agent = await startAgent(pod, ports);
};
const open = async () => {
  const kept = receiver?.lines ?? [];
  receiver = await startLogReceiver(storePort);
  receiver.lines.push(...kept);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  written = [];
  receiver = undefined;
  storePort = await freePort();
  ports = await agentPorts();
  const place = { namespace: 'shop', pod: 'web-0', uid: '0c0ffee0', container: 'web' };
  web = containerLog(join(folder, podLogs), place);
});
afterEach(async () => {
  await agent?.stop();
  await receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('no line is lost or sent twice', () => {
  beforeEach(open);

  it('when the kubelet renames the file, while the agent runs', async ({ annotate }) => {
    await start();
    for (let round = 0; round < 5; round += 1) {
      write(400);
      // The kubelet waits ten seconds before it looks at a file again.
      await untilAll();
      write(100);
      web.rotate();
      write(100);
    }
    await untilAll();
    expect(twice()).toBe(0);
    await annotate(
      `${written.length} lines in files that were renamed five times and compressed: none lost, none twice.`,
      'figure',
    );
  });

  it('when the agent restarts, although the file was renamed meanwhile', async () => {
    await start();
    write(500);
    await untilAll();
    await untilAnswered();
    await agent.stop();
    write(200);
    web.rotate();
    write(300);
    agent = await startAgent(pod, ports);
    await untilAll();
    expect(twice()).toBe(0);
  });

  it('when the agent restarts while it reads', async ({ annotate }) => {
    await start();
    for (let round = 0; round < 4; round += 1) {
      write(3000);
      await eventually('some of it', async () => lost() < 2900 || undefined);
      await agent.stop();
      agent = await startAgent(pod, ports);
    }
    await untilAll();
    expect(twice()).toBe(0);
    await annotate(
      `${written.length} lines during four restarts: none lost, none twice.`,
      'figure',
    );
  });
});

describe('no line is lost', () => {
  it('by kill -9 while it catches up; what it has read of a file since then is sent twice', async ({
    annotate,
  }) => {
    await open();
    await start();
    for (let round = 0; round < 4; round += 1) {
      write(5000);
      await eventually('some of it', async () => lost() < 4900 || undefined);
      await agent.kill();
      agent = await startAgent(pod, ports);
    }
    await untilAll();
    await annotate(
      `${written.length} lines and four times kill -9 while it caught up: none lost, ${twice()} twice.`,
      'figure',
    );
  });

  it('by kill -9 while lines are written; those of the last interval are sent twice', async ({
    annotate,
  }) => {
    await open();
    await start();
    for (let round = 0; round < 4; round += 1) {
      for (let part = 0; part < 15; part += 1) {
        write(200);
        // 1,000 lines per second: the rate is the subject.
        await sleep(200);
      }
      await agent.kill();
      agent = await startAgent(pod, ports);
    }
    await untilAll();
    // At each kill, those of the current interval, and of the one before if it was not complete.
    expect(twice()).toBeLessThan(4 * 4000);
    await annotate(
      `${written.length} lines at 1,000 per second and four times kill -9: none lost, ${twice()} twice.`,
      'figure',
    );
  });

  it('by kill -9 while lines wait for a store that is down', async ({ annotate }) => {
    await start();
    write(2000);
    await eventually('lines are queued', async () => (await accepted()) === 2000 || undefined);
    // The position is stored at the end of the interval.
    await sleep(1500);
    await agent.kill();
    agent = await startAgent(pod, ports);
    write(10);
    await open();
    await untilAll();
    await annotate(
      `2000 lines waited for a store that was down, and the agent was killed: none lost, ${twice()} twice.`,
      'figure',
    );
  });

  it('when the queue is full: the agent stops reading, and goes on when there is room', async ({
    annotate,
  }) => {
    await start();
    await fillQueue();
    expect(await accepted()).toBeLessThan(written.length);
    const used = statSync(pod.path(`${queueFolder}/exporter_otlp_http_logs_logs`)).size;
    expect(used).toBeLessThan(3 * 32 * 1024 ** 2);
    await open();
    await untilAll();
    expect(twice()).toBe(0);
    await annotate(
      `${written.length} lines for a queue with room for ${Math.round((32 * 1024 ** 2) / 1000)}: none lost, none twice. Its file had ${Math.round(used / 1024 ** 2)} MiB.`,
      'figure',
    );
  });

  it('when the store answers 503 for a while', async () => {
    await open();
    receiver!.refuses = true;
    await start();
    write(1000);
    await eventually('lines are queued', async () => (await accepted()) === 1000 || undefined);
    receiver!.refuses = false;
    await untilAll();
    expect(twice()).toBe(0);
  });
});

it('stopped while the queue is full, it loses at most 100 lines of a file', async ({
  annotate,
}) => {
  await start();
  await fillQueue();
  await agent.stop();
  agent = await startAgent(pod, ports);
  await open();
  await eventually('most lines', async () => lost() <= 100 || undefined);
  await eventually(
    'the queue is empty',
    async () => (await agentMetric(ports, 'otelcol_exporter_queue_size')) === 0 || undefined,
  );
  expect(lost()).toBeLessThanOrEqual(100);
  await annotate(
    `Stopped while the queue was full: ${lost()} of ${written.length} lines lost, ${twice()} twice.`,
    'figure',
  );
});

it('does not start with a damaged queue, says so, and starts without the file', async () => {
  await start();
  write(500);
  await eventually('lines are queued', async () => (await accepted()) === 500 || undefined);
  await agent.stop();
  const file = pod.path(`${queueFolder}/exporter_otlp_http_logs_logs`);
  const handle = openSync(file, 'r+');
  // Both pages that say where the data is.
  writeSync(handle, Buffer.alloc(8192), 0, 8192, 0);
  closeSync(handle);
  await expect(startAgent(pod, ports)).rejects.toThrow(
    'failed to start "otlp_http/logs" exporter: invalid database',
  );
  rmSync(file);
  await open();
  agent = await startAgent(pod, ports);
  // Those in the file are lost, and no others.
  written = [];
  write(10);
  await untilAll();
});
