import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { shipped } from './shipped.js';
import { canMount, mountDisk } from './small-disk.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const objects = shipped('production');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const volume = '/prometheus';
const series = 2000;
const loadSeconds = 10;
let page: Server;

beforeAll(async () => {
  page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(
      Array.from({ length: series }, (_, id) => `load{id="${id}"} ${Math.random()}\n`).join(''),
    );
  });
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  page?.close();
  page?.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** The shipped configuration, but it scrapes only the load, twice per second. */
const start = (place: string): Promise<RunningEngine> =>
  startPrometheus(objects, join(folder, place), ({ global, storage, rule_files }) => ({
    ...{ global, storage, rule_files },
    scrape_configs: [
      {
        ...{ job_name: 'load', scrape_interval: '500ms', scrape_timeout: '500ms' },
        static_configs: [{ targets: [`127.0.0.1:${(page.address() as AddressInfo).port}`] }],
      },
    ],
  }));

/** Every stored sample of the load: `<id> <milliseconds>`, and the value. */
const samplesOf = async ({ url }: RunningEngine): Promise<Map<string, string>> => {
  type Matrix = { result: { metric: { id: string }; values: [number, string][] }[] };
  const { result } = await ask<Matrix>(url, 'query', { query: 'load[1h]' });
  return new Map(
    result.flatMap(({ metric, values }) =>
      values.map(([at, value]) => [`${metric.id} ${Math.round(at * 1000)}`, value] as const),
    ),
  );
};

/** Every sample of the load in its folder, as promtool reads it from the log. */
const samplesInLog = async (place: string): Promise<Map<string, string>> => {
  // promtool locks the folder that it reads.
  const copy = join(folder, `${place}-copy`);
  cpSync(join(folder, place, volume), copy, { recursive: true });
  const { stdout } = await run(
    await engineBinary('promtool'),
    ['tsdb', 'dump', '--match={__name__="load"}', copy],
    { maxBuffer: 2 ** 30 },
  );
  rmSync(copy, { recursive: true });
  // A failed scrape is NaN in the log, and no sample.
  const lines = [...stdout.matchAll(/^\{.*\bid="(\d+)".*\} (?!NaN)(\S+) (\d+)$/gm)];
  return new Map(lines.map(([, id, value = '', at]) => [`${id} ${at}`, value]));
};

const missingOf = (wanted: Map<string, string>, there: Map<string, string>): string[] =>
  [...wanted]
    .filter(([key, value]) => Number(there.get(key)) !== Number(value))
    .map(([key]) => key);

/** Waits for the given number of scrapes. */
const scrapes = async (engine: RunningEngine, number: number): Promise<void> => {
  const taken = async () =>
    Number((await query(engine.url, 'count_over_time(load{id="0"}[1h])')).at(0)?.value[1] ?? 0);
  const before = await taken();
  await eventually('it scrapes', async () =>
    (await taken()) >= before + number ? true : undefined,
  );
};

const filesIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path)
      .filter((name) => !name.startsWith('..'))
      .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );

const metric = async ({ url }: RunningEngine, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

describe(`prometheus of production, with ${series} series twice per second`, () => {
  it('has after a kill -9 every sample in its log, and every sample that it had returned', async ({
    annotate,
  }) => {
    const first = await start('killed');
    await sleep(loadSeconds * 1000);
    const shown = await samplesOf(first);
    await first.kill();
    const logged = await samplesInLog('killed');
    expect(shown.size).toBeGreaterThan(series);
    expect(missingOf(shown, logged)).toEqual([]);

    const second = await start('killed');
    try {
      const there = await samplesOf(second);
      expect(missingOf(logged, there)).toEqual([]);
      expect(await metric(second, 'prometheus_tsdb_wal_corruptions_total')).toBe(0);
      await annotate(
        `kill -9 after ${loadSeconds} s: ${shown.size} samples returned just before, ${logged.size} in the log, all exist afterwards`,
        'figure',
      );
    } finally {
      await second.stop();
    }
  });
});

// Only root can mount a file system.
describe.skipIf(!canMount)('prometheus with its volume on a separate disk', () => {
  it('keeps every sample from before the disk was full, and stores new ones when there is space', async ({
    annotate,
  }) => {
    const disk = mountDisk(join(folder, 'full', volume), 400);
    let engine: RunningEngine | undefined;
    try {
      engine = await start('full');
      await scrapes(engine, 10);
      const before = await samplesOf(engine);
      disk.fill();
      await eventually('a write fails', async () =>
        (await metric(engine!, 'prometheus_tsdb_wal_writes_failed_total')) > 0 ? true : undefined,
      );
      expect(missingOf(before, await samplesOf(engine))).toEqual([]);

      disk.makeRoom();
      await scrapes(engine, 10);
      const withRoom = await samplesOf(engine);
      await engine.stop();
      engine = await start('full');
      const repaired = await samplesOf(engine);
      expect(missingOf(before, repaired)).toEqual([]);

      await scrapes(engine, 10);
      const since = await samplesOf(engine);
      await engine.kill();
      engine = await start('full');
      expect(missingOf(since, await samplesOf(engine))).toEqual([]);
      expect(await metric(engine, 'prometheus_tsdb_wal_corruptions_total')).toBe(0);
      await annotate(
        `full disk: all ${before.size} samples from before exist after the next start; of the ${withRoom.size - before.size} between the first free space and that start, ${missingOf(withRoom, repaired).length} are lost, because the failed write broke the log at that place: restart it as soon as there is space`,
        'figure',
      );
    } finally {
      await engine?.kill();
      disk.unmount();
    }
  });
});

describe('prometheus with invalid files', () => {
  const configFolder = '/etc/prometheus/config';
  const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };

  it.each([
    ['settings', configFolder, 'prometheus.yml', 'scrape_configs: [{ job_nam: typo }]'],
    [
      'rules',
      '/etc/prometheus/rules/0',
      'broken.yaml',
      'groups: [{ name: a, rules: [{ expr: "(" }] }]',
    ],
  ])(
    'keeps its configuration if its new %s are invalid, and its metric shows the failure',
    async (_, mount, file, text) => {
      const pod = layOutPod(objects, workload, 'prometheus', join(folder, file));
      const engine = await startEngine({
        binary: 'prometheus',
        args: ({ port }) => listeningOn(pod.args, port),
        env: { POD_NAME: 'crowsnest-prometheus-0' },
        readyPath: '/-/ready',
      });
      const running = () => ask<{ yaml: string }>(engine.url, 'status/config');
      const successful = () => metric(engine, 'prometheus_config_last_reload_successful');
      try {
        const before = await running();
        const whole = filesIn(pod.path(mount));
        expect(await successful()).toBe(1);
        pod.update(mount, { ...whole, [file]: text });
        await eventually('the reload fails', async () =>
          (await successful()) === 0 ? true : undefined,
        );
        expect(await running()).toEqual(before);
        expect(await query(engine.url, 'vector(1)')).toHaveLength(1);

        // Not the same text as before: Prometheus would see no change, and not load it.
        pod.update(mount, { ...whole, [file]: `${whole[file] ?? 'groups: []'}\n# mended\n` });
        await eventually('the reload succeeds', async () =>
          (await successful()) === 1 ? true : undefined,
        );
      } finally {
        await engine.stop();
      }
    },
  );
});
