import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import lokiOptions from '../components/options/loki.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { loadNamespace, startLogLoad, usualLine } from './log-load.js';
import { findLoki } from './loki-installation.js';
import { countLines, findLines, labelNames } from './loki-query.js';
import {
  type LokiPorts,
  lokiFile,
  lokiFolder,
  lokiPod,
  lokiPorts,
  startLoki,
} from './loki-server.js';
import { containerOf, sendLines } from './otlp-log.js';
import { canMount } from './small-disk.js';
import { eventually } from './wait.js';

type Options = NonNullable<EnvironmentOptions['loki']>;

const loki = findLoki();
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const objectsWith = (options: Options = {}, size: EnvironmentOptions['size'] = 'small') =>
  build({ ...minimal, size, loki: { enabled: true, ...options } }).manifests.map(
    ({ object }) => object,
  );

const start = async (place: string, options?: Options) => {
  const ports = await lokiPorts();
  const pod = lokiPod(objectsWith(options), join(folder, place), ports);
  return { ports, pod, engine: await startLoki(loki!, pod, ports) };
};

const bytesIn = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true }).reduce(
    (sum, one) => sum + (one.isFile() ? statSync(join(one.parentPath, one.name)).size : 0),
    0,
  );

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe.skipIf(!loki)('loki', () => {
  let engine: RunningEngine;
  let ports: LokiPorts;
  let pod: ReturnType<typeof lokiPod>;

  beforeAll(async () => {
    ports = await lokiPorts();
    pod = lokiPod(objectsWith(), join(folder, 'usual'), ports);
    engine = await startLoki(loki!, pod, ports, { readOnly: canMount });
  });
  afterAll(() => engine?.stop());

  it.skipIf(!canMount)('starts with a read-only root: it writes only to its volume', () => {
    expect(engine.log()).not.toMatch(/read-only file system|permission denied/i);
    expect(readdirSync(pod.path(lokiFolder))).toEqual(expect.arrayContaining(['wal', 'compactor']));
  });

  it('listens on its port, and otherwise only on loopback: it has no gossip', () => {
    const lines = execFileSync('ss', ['-Hltnp'], { encoding: 'utf8' }).split('\n');
    const own = lines.filter((line) => line.includes(`pid=${engine.pid},`));
    expect(own.map((line) => line.split(/\s+/)[3]).sort()).toEqual(
      [`*:${ports.http}`, `127.0.0.1:${ports.grpc}`].sort(),
    );
  });

  it('takes lines by OTLP, and finds them by labels and by what is beside them', async () => {
    const web = containerOf('shop', 'web-0');
    const lines = [
      { text: 'order placed', traceId, severity: 'INFO' },
      { text: 'payment failed', severity: 'ERROR', attributes: { customer: 'c-1' } },
    ];
    expect((await sendLines(ports.http, web, lines)).status).toBe(204);
    expect(
      (await sendLines(ports.http, containerOf('shop', 'cart-0'), [{ text: 'x' }])).status,
    ).toBe(204);

    const selector = '{k8s_namespace_name="shop", k8s_pod_name="web-0", k8s_container_name="web"}';
    expect((await findLines(ports.http, selector)).map(({ text }) => text).sort()).toEqual([
      'order placed',
      'payment failed',
    ]);
    const found = async (query: string) =>
      (await findLines(ports.http, query)).map(({ text }) => text);
    expect(await found('{k8s_namespace_name="shop"} | customer="c-1"')).toEqual(['payment failed']);
    expect(await found('{k8s_namespace_name="shop"} | detected_level="error"')).toEqual([
      'payment failed',
    ]);
    expect(await found('{k8s_namespace_name="shop"} | k8s_pod_uid="uid-of-cart-0"')).toEqual(['x']);
    // The labels are these and no others: all the rest is structured metadata.
    expect(await labelNames(ports.http)).toEqual([
      'k8s_container_name',
      'k8s_namespace_name',
      'k8s_pod_name',
      'service_name',
    ]);
  });

  it('finds the lines of a trace with the query of Grafana, which links back by the same ID', async () => {
    const text = objectsWith().find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'crowsnest-grafana-config',
    )!.data['datasources.yaml'];
    const sources: { uid: string; jsonData: Record<string, unknown> }[] = parse(text).datasources;
    const { query } = sources.find(({ uid }) => uid === 'jaeger')!.jsonData.tracesToLogsV2 as {
      query: string;
    };
    const [line] = await findLines(
      ports.http,
      // As Grafana reads the file, and then replaces its variable.
      query.replaceAll('$$', '$').replace('${__trace.traceId}', traceId),
    );
    expect(line?.text).toBe('order placed');
    const [field] = sources.find(({ uid }) => uid === 'loki')!.jsonData.derivedFields as {
      matcherRegex: string;
    }[];
    const names = Object.keys(line!.labels).filter((name) =>
      new RegExp(field!.matcherRegex).test(name),
    );
    expect(names.map((name) => line!.labels[name])).toEqual([traceId]);
  });

  it('cuts a long line off instead of discarding it', async () => {
    const long = containerOf('shop', 'long-0');
    expect((await sendLines(ports.http, long, [{ text: 'x'.repeat(300_000) }])).status).toBe(204);
    const [line] = await findLines(ports.http, '{k8s_pod_name="long-0"}');
    expect(line?.text.length).toBe(256 * 1024);
  });

  it('rejects a line that is older than the retention, and says why', async () => {
    const old = { text: 'old', time: Date.now() - 8 * 86_400_000 };
    const answer = await sendLines(ports.http, containerOf('shop', 'web-0'), [old]);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/timestamp too old/);
  });

  it('sends back what exceeds the rate, so that the client tries again', async () => {
    const line = { text: 'y'.repeat(250_000) };
    const statuses: number[] = [];
    for (let request = 0; request < 6; request += 1) {
      const many = Array.from({ length: 20 }, () => line);
      statuses.push((await sendLines(ports.http, containerOf('shop', 'fast-0'), many)).status);
    }
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status !== 204 && status !== 429)).toEqual([]);
  });
});

describe.skipIf(!loki)('loki under load', () => {
  it('has after a kill -9 every line that it has confirmed', async ({ annotate }) => {
    const { engine, ports, pod } = await start('killed');
    const load = startLogLoad(ports.http);
    await eventually('lines are confirmed', async () => load.confirmed() > 50_000 || undefined);
    await engine.kill();
    await load.stop();
    const again = await startLoki(loki!, pod, ports);
    try {
      const found = await countLines(ports.http, `{k8s_namespace_name="${loadNamespace}"}`);
      expect(found).toBeGreaterThanOrEqual(load.confirmed());
      await annotate(
        `kill -9 under load: ${load.confirmed()} lines confirmed, ${found} found afterwards`,
        'figure',
      );
    } finally {
      await again.stop();
    }
  });

  it('stores a line in fewer bytes than synth assumes', async ({ annotate }) => {
    const { engine, ports, pod } = await start('stored', {
      config: { ingester: { chunk_idle_period: '1s', flush_check_period: '1s' } },
    });
    try {
      const load = startLogLoad(ports.http);
      await eventually('lines are confirmed', async () => load.confirmed() > 100_000 || undefined);
      await load.stop();
      const chunks = pod.path(`${lokiFolder}/chunks`);
      await fetch(`${engine.url}/flush`, { method: 'POST' });
      const bytes = await eventually('all chunks are on the disk', async () => {
        const text = await (await fetch(`${engine.url}/metrics`)).text();
        return /^loki_ingester_memory_chunks 0$/m.test(text) ? bytesIn(chunks) : undefined;
      });
      const perLine = bytes / load.confirmed();
      expect(perLine).toBeGreaterThan(1);
      expect(perLine).toBeLessThan(100);
      await annotate(
        `${load.confirmed()} lines of ${usualLine(12_345).length} bytes with metadata: ${perLine.toFixed(1)} bytes stored for each, without the write-ahead log`,
        'figure',
      );
    } finally {
      await engine.stop();
    }
  });
});

describe.skipIf(!loki)('the retention of loki', () => {
  it('deletes the files and the index of old lines, and keeps the others', async () => {
    const { engine, ports, pod } = await start('retention', {
      retention: '1d',
      limits: { age: '30d' },
      config: {
        ingester: { flush_check_period: '1s' },
        compactor: { compaction_interval: '2s', retention_delete_delay: '1s' },
      },
    });
    // A chunk is deleted when its newest line is too old.
    for (const days of [5, 0]) {
      const line = { text: 'x', time: Date.now() - days * 86_400_000 };
      const origin = containerOf('shop', `web-${days}`);
      expect((await sendLines(ports.http, origin, [line])).status).toBe(204);
    }
    const count = () => countLines(ports.http, '{k8s_namespace_name="shop"}', 10);
    const files = () =>
      readdirSync(pod.path(`${lokiFolder}/chunks/fake`), {
        recursive: true,
        withFileTypes: true,
      }).filter((one) => one.isFile()).length;
    await fetch(`${engine.url}/flush`, { method: 'POST' });
    await eventually('the chunks are on the disk', async () => files() === 2 || undefined);
    await eventually('both lines are found', async () => (await count()) === 2 || undefined);
    // The index of the last 15 minutes is complete for the compactor only after a restart.
    await engine.stop();
    const days = () => readdirSync(pod.path(`${lokiFolder}/chunks/index`)).length;
    const before = days();
    // It also needs a folder for temporary files.
    const again = await startLoki(loki!, pod, ports, { readOnly: canMount });
    try {
      await eventually('the old file is gone', async () => files() === 1 || undefined, 200);
      // Each folder is a day of the index; that of the old line is gone.
      expect(days()).toBeLessThan(before);
      expect(await countLines(ports.http, '{k8s_pod_name="web-0"}')).toBe(1);
    } finally {
      await again.stop();
    }
  });
});

describe.skipIf(!loki)('the configuration', () => {
  it.each<[string, Options, EnvironmentOptions['size']]>([
    ['small', {}, 'small'],
    ['medium', {}, 'medium'],
    ['large', {}, 'large'],
    ['with all options', lokiOptions, 'small'],
  ])('of size %s is valid for the engine', async (name, options, size) => {
    const { priorityClass: _, ...others } = { priorityClass: undefined, ...options };
    // Somebody else creates it.
    const authority = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'bucket-ca' },
      data: { 'ca.crt': 'placeholder' },
    };
    const pod = lokiPod(
      [...objectsWith(others, size), authority],
      join(folder, `verify-${name}`),
      await lokiPorts(),
    );
    const file = pod.path(lokiFile);
    expect(readFileSync(file, 'utf8')).toContain('retention_enabled: true');
    expect(() =>
      execFileSync(loki!.binary, [`-config.file=${file}`, '-verify-config'], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});
