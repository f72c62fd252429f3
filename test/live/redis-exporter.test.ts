import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogues/catalogue.js';
import { exporterRights } from '../../src/components/redis-exporter/readme.js';
import { shippedGroups } from '../alerts/promtool.js';
import { readPage } from '../catalogues/page.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { objectsFor, serverAt, startRedisExporter } from './redis-exporter-server.js';
import { type RedisServer, startRedis } from './redis-server.js';
import { eventually } from './wait.js';

const redis = (await shippedGroups()).redis!;

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

/** A server that accepts connections and never answers. */
const startSilent = async (): Promise<{ readonly port: number; readonly server: Server }> => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return { port, server };
};

const pageOf = async ({ url }: RunningEngine): Promise<string> =>
  (await fetch(`${url}/metrics`)).text();

describe('redis_exporter with the shipped flags', () => {
  const servers: Record<string, RedisServer> = {};
  const exporters: Record<string, RunningEngine> = {};
  let silent: Server;
  let prometheus: RunningEngine;

  beforeAll(async () => {
    const primary = await startRedis(folder, ['--maxmemory', '100mb', '--appendonly', 'yes']);
    const replica = await startRedis(folder, ['--replicaof', `127.0.0.1 ${primary.port}`]);
    const cluster = await startRedis(folder, ['--cluster-enabled', 'yes']);
    Object.assign(servers, { primary, replica, cluster });
    const mute = await startSilent();
    silent = mute.server;
    const listed = {
      primary: serverAt('primary', primary.port),
      replica: serverAt('replica', replica.port),
      cluster: serverAt('cluster', cluster.port),
      locked: serverAt('locked', primary.port),
      limited: { ...serverAt('limited', primary.port), user: 'monitoring' },
      silent: serverAt('silent', mute.port),
      absent: serverAt('absent', await freePort()),
    };
    await primary.command(
      'ACL',
      'SETUSER',
      'monitoring',
      'on',
      '>limited',
      ...exporterRights.split(' '),
    );
    const objects = objectsFor(Object.values(listed), { redis });
    const passwords: Record<string, string> = { locked: 'wrong', limited: 'limited' };
    for (const [name, server] of Object.entries(listed)) {
      exporters[name] = await startRedisExporter(objects, server, folder, passwords[name]);
    }
    prometheus = await startPrometheus(objects, join(folder, 'prometheus'), (config) => ({
      ...config,
      alerting: undefined,
      scrape_configs: config.scrape_configs
        .filter(({ job_name }) => job_name.startsWith('redis-exporter-'))
        .map(({ kubernetes_sd_configs: _, relabel_configs = [], ...job }) => ({
          ...job,
          scrape_interval: '1s',
          scrape_timeout: '1s',
          // Steps that need discovery are left out; the steps that add the name of the server are
          // kept.
          relabel_configs: relabel_configs.filter(({ source_labels }) => !source_labels),
          static_configs: [
            {
              targets: [new URL(exporters[job.job_name.slice('redis-exporter-'.length)]!.url).host],
            },
          ],
        })),
    }));
  });
  afterAll(async () => {
    await prometheus?.stop();
    await Promise.all(Object.values(exporters).map((one) => one.stop()));
    await servers.replica?.stop();
    await Promise.all(Object.values(servers).map((one) => one.stop()));
    silent?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['primary', 'replica', 'cluster', 'limited'])('reads the server: %s', async (name) => {
    expect(await pageOf(exporters[name]!)).toContain('\nredis_up 1\n');
  });

  it.each(['locked', 'absent', 'silent'])('reports that it cannot read: %s', async (name) => {
    expect(await pageOf(exporters[name]!)).toContain('\nredis_up 0\n');
  });

  it('gives up on a silent server before Prometheus ends the scrape', async () => {
    const start = performance.now();
    await pageOf(exporters.silent!);
    // The scrape timeout in a default environment.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('exposes exactly the metrics of the catalogue', async () => {
    const known = Object.keys(loadCatalogue('redis-exporter').metrics);
    for (const name of ['primary', 'replica', 'cluster', 'locked']) {
      const families = await readPage({ url: `${exporters[name]!.url}/metrics` });
      expect(families.map((one) => one.name).filter((one) => !known.includes(one))).toEqual([]);
    }
  });

  it('needs only the rights in the README', async () => {
    const [own, limited] = await Promise.all(
      [exporters.primary!, exporters.limited!].map(async ({ url }) =>
        (await readPage({ url: `${url}/metrics` })).map(({ name }) => name).sort(),
      ),
    );
    expect(limited).toEqual(own);
    expect(await servers.primary!.command('ACL', 'LOG')).not.toContain('monitoring');
  });

  it('connects to no server from a request', async () => {
    const target = `redis://127.0.0.1:${servers.replica!.port}`;
    const { status } = await fetch(`${exporters.primary!.url}/scrape?target=${target}`);
    expect(status).toBe(404);
  });

  it('is scraped with a label for the server', async () => {
    const up = await eventually('all are scraped', async () => {
      const found = await query(prometheus.url, 'up');
      return found.length === Object.keys(exporters).length ? found : undefined;
    });
    expect(up.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(
        Object.keys(exporters).map((server) => ({
          __name__: 'up',
          job: `redis-exporter-${server}`,
          server,
          instance: expect.any(String),
        })),
      ),
    );
  });

  const command = (name: string, ...words: string[]) => servers[name]!.command(...words);

  it.each<[alert: string, server: string, provoke: () => Promise<unknown>]>([
    ['RedisDown', 'locked', async () => undefined],
    [
      'RedisMemoryNearLimit',
      'primary',
      async () => {
        const [, used] = /used_memory:(\d+)/.exec(await command('primary', 'INFO', 'memory')) ?? [];
        await command(
          'primary',
          'CONFIG',
          'SET',
          'maxmemory',
          `${Math.round(Number(used) * 1.05)}`,
        );
      },
    ],
    [
      'RedisEvictsKeysEarly',
      'primary',
      async () => {
        await command('primary', 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-random');
        await command('primary', 'CONFIG', 'SET', 'maxmemory', '4mb');
        const fill = "for i = 1, 5000 do redis.call('SET', KEYS[1] .. i, 'value') end";
        for (let number = 0; number < 20; number += 1) {
          expect(await command('primary', 'EVAL', fill, '1', `${number}-`)).toBe('');
        }
      },
    ],
    [
      'RedisWritesRefused',
      'primary',
      async () => {
        await command('primary', 'CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
        await command('primary', 'CONFIG', 'SET', 'maxmemory', '1');
        for (let number = 0; number < 5; number += 1) {
          expect(await command('primary', 'SET', 'key', 'value')).toContain('OOM');
          await nextScrape('primary');
        }
      },
    ],
    [
      'RedisRejectedConnections',
      'cluster',
      async () => {
        await command('cluster', 'CONFIG', 'SET', 'maxclients', '1');
        const idle = new Socket().connect(servers.cluster!.port, '127.0.0.1');
        await new Promise((done) => idle.once('connect', done));
        // Until it is closed, the exporter is also rejected.
        await expect(command('cluster', 'PING')).rejects.toThrow('max number of clients');
        idle.destroy();
      },
    ],
    ['RedisReplicationBroken', 'replica', () => command('replica', 'REPLICAOF', '127.0.0.1', '1')],
    [
      'RedisPersistenceFailing',
      'replica',
      async () => {
        rmSync(servers.replica!.folder, { recursive: true });
        await command('replica', 'BGSAVE');
      },
    ],
    // None of its slots has a server.
    ['RedisClusterDown', 'cluster', async () => undefined],
  ])('%s becomes true on %s in its situation', async (alert, server, provoke) => {
    const rule = redis.rules(redis.thresholds).alerts.find((one) => one.alert === alert)!;
    const expression = `(${rule.expr}) and on (server) up{server="${server}"}`;
    if (!['RedisDown', 'RedisClusterDown'].includes(alert)) {
      expect(await query(prometheus.url, expression)).toEqual([]);
    }
    await provoke();
    const [found] = await eventually(`${alert} is true`, async () => {
      const series = await query(prometheus.url, expression);
      return series.length > 0 ? series : undefined;
    });
    expect(found!.metric).toMatchObject({ job: `redis-exporter-${server}`, server });
  });

  /** Waits for the next request of Prometheus. */
  const nextScrape = async (server: string): Promise<void> => {
    const count = async () =>
      Number(
        (await query(prometheus.url, `redis_exporter_scrapes_total{server="${server}"}`))[0]
          ?.value[1] ?? 0,
      );
    const before = await count();
    await eventually('another scrape', async () => ((await count()) > before ? true : undefined));
  };
});
