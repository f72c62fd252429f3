import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { RunningEngine } from '../engines/process.js';
import {
  type BucketPorts,
  bucketKeys,
  bucketPorts,
  objectsIn,
  startBucketServer,
} from './bucket-server.js';
import { type Certificate, makeCertificate } from './certificate.js';
import { loadNamespace, startLogLoad } from './log-load.js';
import { bucketPod, bucketVariables, objectsWithBucket } from './loki-bucket.js';
import { findLoki } from './loki-installation.js';
import { countLines, findLines } from './loki-query.js';
import { lokiPorts, startLoki } from './loki-server.js';
import { containerOf, sendLines } from './otlp-log.js';
import { canMount } from './small-disk.js';
import { eventually } from './wait.js';

type Options = NonNullable<EnvironmentOptions['loki']>;

const loki = findLoki();
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-bucket-'));

/** Chunks are written within seconds. */
const hurried: Options['config'] = {
  ingester: { chunk_idle_period: '1s', flush_check_period: '1s' },
};
const selector = '{k8s_namespace_name="shop"}';

describe.skipIf(!loki)('loki with a bucket', () => {
  let certificate: Certificate;
  let bucket: BucketPorts;
  let server: RunningEngine;
  const running = new Set<RunningEngine>();

  const startServer = async (): Promise<void> => {
    server = await startBucketServer(join(folder, 's3'), bucket, certificate);
  };
  beforeAll(async () => {
    mkdirSync(join(folder, 's3'));
    certificate = makeCertificate(folder);
    bucket = await bucketPorts();
    await startServer();
  });
  afterEach(async () => {
    for (const engine of running) await engine.stop();
    running.clear();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A volume that is empty at first. */
  const volume = async (name: string, options?: Options) => {
    const ports = await lokiPorts();
    const objects = objectsWithBucket(options);
    const pod = bucketPod(objects, join(folder, name), ports, bucket, certificate);
    const start = async (secret?: string): Promise<RunningEngine> => {
      const engine = await startLoki(loki!, pod, ports, {
        readOnly: canMount,
        env: bucketVariables(secret),
      });
      running.add(engine);
      return engine;
    };
    return { port: ports.http, start };
  };

  const metric = async (engine: RunningEngine, series: RegExp): Promise<number> => {
    const text = await (await fetch(`${engine.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => series.test(line));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  const send = async (port: number, pod: string, text: string, time = Date.now()) => {
    const { status } = await sendLines(port, containerOf('shop', pod), [{ text, time }]);
    expect(status).toBe(204);
  };
  const flushed = async (engine: RunningEngine): Promise<void> => {
    await fetch(`${engine.url}/flush`, { method: 'POST' });
    await eventually('all chunks are in the bucket', async () =>
      (await metric(engine, /^loki_ingester_memory_chunks /)) === 0 ? true : undefined,
    );
  };

  it('finds with an empty volume the lines of another process: all of them, and their index, are in the bucket', async ({
    annotate,
  }) => {
    const first = await volume('first', { config: hurried! });
    const one = await first.start();
    const load = startLogLoad(first.port);
    await eventually('lines are confirmed', async () => load.confirmed() > 50_000 || undefined);
    await load.stop();
    await flushed(one);
    await one.stop();
    const second = await volume('second');
    await second.start();
    expect(await countLines(second.port, `{k8s_namespace_name="${loadNamespace}"}`)).toBe(
      load.confirmed(),
    );
    const objects = [...(await objectsIn(bucket))];
    const bytesOf = (prefix: string) =>
      objects
        .filter(([name]) => name.startsWith(prefix))
        .reduce((sum, [, bytes]) => sum + bytes, 0) / load.confirmed();
    expect(bytesOf('index/')).toBeGreaterThan(0);
    expect(bytesOf('index/')).toBeLessThan(5);
    await annotate(
      `${load.confirmed()} lines in a bucket, found by a Loki with an empty volume; ${bytesOf('fake/').toFixed(1)} bytes for each line, and ${bytesOf('index/').toFixed(2)} for its index`,
      'figure',
    );
  });

  it('shows no key on its pages', async () => {
    const { port, start } = await volume('pages');
    const engine = await start();
    const pages = ['/config', '/metrics', '/loki/api/v1/status/buildinfo', '/services'];
    for (const path of pages) {
      const text = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      expect(text).not.toContain(bucketKeys.secret);
      expect(text).not.toContain(bucketKeys.id);
    }
    expect(engine.log()).not.toContain(bucketKeys.secret);
  });

  it('deletes old lines and their index from the bucket', async () => {
    const { port, start } = await volume('retention', {
      retention: '1d',
      limits: { age: '30d' },
      config: {
        ingester: { flush_check_period: '1s' },
        compactor: { compaction_interval: '2s', retention_delete_delay: '1s' },
      },
    });
    const first = await start();
    const day = 86_400_000;
    for (const days of [5, 0]) await send(port, `kept-${days}`, 'x', Date.now() - days * day);
    await flushed(first);
    // The index of the last 15 minutes is complete for the compactor only after a restart.
    await first.stop();
    const indexOf = async (days: number): Promise<string[]> => {
      const table = `index/index_${Math.floor(Date.now() / day) - days}/`;
      return [...(await objectsIn(bucket)).keys()].filter((name) => name.startsWith(table));
    };
    expect((await indexOf(5)).length).toBeGreaterThan(0);
    const chunks = async () =>
      [...(await objectsIn(bucket)).keys()].filter((name) => name.startsWith('fake/')).length;
    const before = await chunks();
    await start();
    await eventually(
      'the old line and its index are gone',
      async () =>
        (await indexOf(5)).length === 0 && (await chunks()) === before - 1 ? true : undefined,
      200,
    );
    expect((await indexOf(0)).length).toBeGreaterThan(0);
    expect(await countLines(port, '{k8s_pod_name="kept-0"}')).toBe(1);
  });

  it('loses no line while the bucket does not answer, not even when it is killed', async ({
    annotate,
  }) => {
    const { port, start } = await volume('away', { config: hurried! });
    const first = await start();
    const loaded = `{k8s_namespace_name="${loadNamespace}"}`;
    const before = await countLines(port, loaded);
    await server.kill();
    const load = startLogLoad(port);
    await eventually('lines are confirmed', async () => load.confirmed() > 20_000 || undefined);
    await load.stop();
    const failed =
      /^loki_s3_request_duration_seconds_count\{operation="S3.PutObject",status_code="500"\}/;
    await eventually('requests to the bucket fail', async () =>
      (await metric(first, failed)) > 0 &&
      (await metric(first, /^loki_ingester_chunks_flush_failures_total /)) > 0
        ? true
        : undefined,
    );
    expect((await fetch(`${first.url}/ready`)).status).toBe(200);
    await first.kill();
    await startServer();
    const second = await start();
    await flushed(second);
    expect((await countLines(port, loaded)) - before).toBeGreaterThanOrEqual(load.confirmed());
    await annotate(
      `a bucket that is away, and a kill -9: ${load.confirmed()} lines confirmed meanwhile, none lost`,
      'figure',
    );
  });

  it('does not start with a wrong key, or without its bucket, and its log says so', async () => {
    const { start } = await volume('wrong');
    await expect(start('another-secret')).rejects.toThrow(/SignatureDoesNotMatch/);
    const away = await volume('nobody');
    await server.stop();
    try {
      await expect(away.start()).rejects.toThrow(/init compactor.*connection refused/s);
    } finally {
      await startServer();
    }
    const { port, start: startAgain } = away;
    await startAgain();
    await send(port, 'later', 'found');
    expect((await findLines(port, `${selector} |= "found"`)).map(({ text }) => text)).toEqual([
      'found',
    ]);
  });
});
