import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podLogs } from '../../src/components/log-agent/program.js';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { blocksIn } from '../readme/block.js';
import { textOf } from '../readme/pages.js';
import { type ContainerLog, containerLog, criLine } from './container-log.js';
import type { Ports } from './jaeger-server.js';
import {
  type AgentOptions,
  agentMetric,
  agentObjects,
  agentPod,
  agentPorts,
  inJson,
  startAgent,
} from './log-agent-server.js';
import { type LogReceiver, type ReceivedLine, startLogReceiver } from './log-receiver.js';
import type { Pod } from './pod.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

/** The example of docs/logs.md with a field of another name. */
const documented = async (): Promise<NonNullable<AgentOptions['config']>> => {
  const [block] = blocksIn(textOf('docs/logs.md')).filter(({ text }) => text.includes('"tid"'));
  const file = join(folder, 'options.mjs');
  writeFileSync(file, `export default {${block?.text}};`);
  return (await import(pathToFileURL(file).href)).default.logAgent.config;
};

const objects = agentObjects({
  namespaces: { except: ['kube-system'] },
  multiline: [
    { namespace: 'shop', pod: 'java-.*', firstLine: '\\d{4}-\\d{2}-\\d{2}' },
    { container: 'quoted', firstLine: '\\$\\{' },
  ],
  config: {
    processors: {
      'filter/probes': { logs: { log_record: ['log.body == "GET /live"'] } },
      attributes: { actions: [{ key: 'team', action: 'insert', value: 'web' }] },
      ...(await documented()).processors,
    },
  },
});
const uid = '0c0ffee0-1234-4000-8000-000000000001';
const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

let receiver: LogReceiver;
let ports: Ports;
let pod: Pod;
let agent: RunningEngine;
let web: ContainerLog;

const logOf = (name: string, container = 'web', namespace = 'shop'): ContainerLog =>
  containerLog(pod.path(podLogs), { namespace, pod: name, uid, container });
const line = (text: string): Promise<ReceivedLine> =>
  eventually(`the line ${text}`, async () =>
    receiver.lines.find(({ body }) => body.startsWith(text)),
  );

beforeAll(async () => {
  const port = await freePort();
  receiver = await startLogReceiver(port);
  ports = await agentPorts();
  pod = agentPod(objects, folder, ports, `http://127.0.0.1:${port}`, inJson);
  web = logOf('web-0');
  web.write('before the first start');
  agent = await startAgent(pod, ports);
});
afterAll(async () => {
  await agent?.stop();
  await receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a line', () => {
  it('has a configuration that the collector validates', async () => {
    execFileSync(await engineBinary('otelcol-k8s'), ['validate', ...pod.args], { stdio: 'pipe' });
  });

  it('that was there before the first start arrives, with its pod, container and node', async () => {
    const { resource, attributes } = await line('before the first start');
    expect(resource).toEqual({
      'k8s.namespace.name': 'shop',
      'k8s.pod.name': 'web-0',
      'k8s.pod.uid': uid,
      'k8s.container.name': 'web',
      'k8s.container.restart_count': '0',
      'k8s.node.name': 'worker-1',
      'k8s.cluster.name': 'test',
    });
    expect(attributes).toEqual({ 'log.iostream': 'stdout', team: 'web' });
  });

  it('has the time and the stream that the runtime wrote', async () => {
    web.append('2026-11-30T12:34:56.123456789Z stderr F with a time\n');
    const { timeUnixNano, attributes } = await line('with a time');
    expect(timeUnixNano).toBe(
      `${BigInt(Date.UTC(2026, 10, 30, 12, 34, 56)) * 1_000_000n + 123_456_789n}`,
    );
    expect(attributes['log.iostream']).toBe('stderr');
  });

  it('of CRI-O and of Docker is read too', async () => {
    web.append('2026-11-30T13:34:56.123456789+01:00 stdout F of CRI-O\n');
    logOf('docker-0').append(
      '{"log":"of Docker\\n","stream":"stderr","time":"2026-11-30T12:34:56.5Z"}\n',
    );
    expect((await line('of CRI-O')).timeUnixNano).toBe(
      `${BigInt(Date.UTC(2026, 10, 30, 12, 34, 56)) * 1_000_000n + 123_456_789n}`,
    );
    const { body, resource } = await line('of Docker');
    expect([body, resource['k8s.pod.name']]).toEqual(['of Docker', 'docker-0']);
  });

  it('that the runtime wrote in parts is one', async () => {
    const parts = ['a'.repeat(16_384), 'b'.repeat(16_384), 'c'];
    web.append(criLine(parts[0]!, 'P') + criLine(parts[1]!, 'P') + criLine(parts[2]!));
    expect((await line('aaaa')).body).toBe(parts.join(''));
  });

  it('with half an object, in no known format or without text arrives as it is, and nothing is logged about it', async () => {
    const before = agent.log().length;
    web.write('{"level":"error","trace_id":');
    web.append('garbage\n');
    web.write('[1, 2]', '{}', '{"level":{"name":"x"},"trace_id":7}', '');
    web.write('after them');
    await line('after them');
    for (const text of ['{"level":"error"', 'garbage', '[1, 2]', '{}', '{"level":{"name"'])
      await line(text);
    expect((await line('garbage')).attributes['log.file.path']).toContain('/shop_web-0_');
    expect(agent.log().slice(before)).not.toMatch(/error|warn/);
  });

  it('of the agent itself and of an excluded namespace is not read', async () => {
    logOf('crowsnest-log-agent-x7x2p', 'log-agent', 'crowsnest-agents').write('own line');
    logOf('coredns-1', 'coredns', 'kube-system').write('excluded line');
    const other = logOf('other-0');
    other.write('later line');
    await line('later line');
    expect(receiver.lines.map(({ body }) => body)).not.toContain('own line');
    expect(receiver.lines.map(({ body }) => body)).not.toContain('excluded line');
  });

  it('passes the native processors', async () => {
    web.write('GET /live', 'GET /cart');
    await line('GET /cart');
    expect(receiver.lines.map(({ body }) => body)).not.toContain('GET /live');
  });
});

describe('severity and trace', () => {
  const ids = { traceId: trace, spanId: span };
  it.each<[string, string, Partial<ReceivedLine>]>([
    [
      'JSON',
      `{"level":"warn","msg":"json","trace_id":"${trace}","span_id":"${span}"}`,
      { severityText: 'warn', severityNumber: 13, ...ids },
    ],
    [
      'JSON in camel case',
      `{"severity":"ERROR","n":1,"traceId":"${trace}","spanId":"${span}"}`,
      { severityText: 'ERROR', severityNumber: 17, ...ids },
    ],
    [
      'ECS',
      `{"log.level":"info","n":2,"trace.id":"${trace}","span.id":"${span}"}`,
      { severityText: 'info', severityNumber: 9, ...ids },
    ],
    ['a documented processor', `{"msg":"other","tid":"${trace}"}`, { traceId: trace }],
    ['pino', `{"level":50,"time":1,"msg":"pino"}`, { severityText: '50', severityNumber: 17 }],
    ['a fatal level', '{"level":"panic","n":3}', { severityText: 'panic', severityNumber: 21 }],
    [
      'logfmt',
      `ts=1 level=debug msg="a \\"b\\"" traceID=${trace} spanID=${span}`,
      { severityText: 'debug', severityNumber: 5, ...ids },
    ],
    [
      'quoted logfmt',
      `time="2026-11-30" level="error" trace_id="${trace}" span_id="${span}"`,
      { severityText: 'error', severityNumber: 17, ...ids },
    ],
    ['a text with identifiers', `12:00:00 INFO [trace_id=${trace} span_id=${span}] text`, ids],
    ['an unknown level', '{"level":"verbatim","n":4}', { severityText: 'verbatim' }],
    ['an identifier of another length', '{"trace_id":"abc","span_id":"def","n":5}', {}],
    ['a text about a level', 'the level=error of msg', {}],
  ])('are recognized in %s', async (_, text, expected) => {
    web.write(text);
    const { severityText, severityNumber, traceId, spanId } = await line(text);
    const found = { severityText, severityNumber, traceId, spanId };
    expect(Object.fromEntries(Object.entries(found).filter(([, value]) => value))).toEqual(
      expected,
    );
  });
});

describe('a message of several lines', () => {
  it('is one for the containers of an entry, and its last one does not wait for another', async () => {
    const java = logOf('java-0');
    java.write('2026-11-30 first', '  at a', '  at b', '2026-11-30 second', 'Caused by: x');
    expect((await line('2026-11-30 first')).body).toBe('2026-11-30 first\n  at a\n  at b');
    expect((await line('2026-11-30 second')).body).toBe('2026-11-30 second\nCaused by: x');
  });

  it('has a first line whose pattern may have signs with a meaning for the collector', async () => {
    const quoted = logOf('template-0', 'quoted');
    quoted.write('${one', 'two', '${three');
    expect((await line('${one')).body).toBe('${one\ntwo');
  });

  it('is several lines for other containers', async () => {
    web.write('2026-11-30 third', '  at c');
    expect((await line('2026-11-30 third')).body).toBe('2026-11-30 third');
    await line('  at c');
  });
});

it('counts lines, requests and the queue', async () => {
  expect(await agentMetric(ports, 'otelcol_exporter_sent_log_records_total')).toBeGreaterThan(10);
  expect(await agentMetric(ports, 'otelcol_exporter_queue_capacity')).toBe(256 * 1024 ** 2);
});

it('keeps its positions and its queue in a folder that only root can read', () => {
  const text = readFileSync(pod.path('/etc/otelcol/config.yaml'), 'utf8');
  expect(text).toContain(pod.path('/var/lib/otelcol/queue'));
  expect(
    execFileSync('stat', ['-c', '%a', pod.path('/var/lib/otelcol/queue')], {
      encoding: 'utf8',
    }).trim(),
  ).toBe('700');
});
