import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogues/catalogue.js';
import { userOf } from '../../src/components/postgres-exporter/readme.js';
import { shippedGroups } from '../alerts/promtool.js';
import { asShipped } from '../catalogues/captures/postgres-exporter.js';
import { readPage } from '../catalogues/page.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { type Certificate, makeCertificate } from './certificate.js';
import { objectsFor, serverAt, startPostgresExporter } from './postgres-exporter-server.js';
import { type PostgresServer, startPostgres, startReplica } from './postgres-server.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { eventually } from './wait.js';

const postgres = (await shippedGroups()).postgres!;

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const certificate = (name: string, subject?: string): Certificate => {
  mkdirSync(join(folder, name));
  return makeCertificate(join(folder, name), 'DNS:localhost', subject);
};

const pageOf = async ({ url }: RunningEngine): Promise<string> =>
  (await fetch(`${url}/metrics`)).text();

describe('postgres_exporter with the shipped flags', () => {
  const servers: Record<string, PostgresServer> = {};
  const exporters: Record<string, RunningEngine> = {};
  const sessions: PostgresSession[] = [];
  let prometheus: RunningEngine;

  beforeAll(async () => {
    const server = certificate('server');
    const other = certificate('other');
    const client = certificate('client', '/CN=certified');
    const primary = await startPostgres(folder, { server, client }, [
      'max_connections=20',
      'archive_mode=on',
      "archive_command='test -e archive'",
    ]);
    servers.primary = primary;
    for (const [user, password] of [
      ['monitoring', 'secret'],
      ['certified', undefined],
    ] as const) {
      await primary.command(userOf({ user, database: 'postgres' }).join('\n'));
      if (password) await primary.command(`ALTER ROLE ${user} PASSWORD '${password}'`);
    }
    const replica = await startReplica(folder, primary);
    servers.replica = replica;
    const proof = {
      certificate: { secret: 'client', key: 'tls.crt' },
      key: { secret: 'client', key: 'tls.key' },
    };
    const authority = { secret: 'authority', key: 'ca.crt' };
    const listed = {
      primary: serverAt('primary', primary.port),
      replica: serverAt('replica', replica.port),
      certified: serverAt('certified', primary.port, {
        user: 'certified',
        password: undefined,
        tls: { kind: 'verify-full', certificateAuthority: authority, client: proof },
      }),
      locked: serverAt('locked', primary.port),
      impostor: serverAt('impostor', primary.port),
      plain: serverAt('plain', primary.port, {
        tls: { kind: 'plain', reason: 'the server must reject this' },
      }),
      absent: serverAt('absent', await freePort()),
    };
    const objects = objectsFor(Object.values(listed), { postgres });
    for (const [name, one] of Object.entries(listed)) {
      exporters[name] = await startPostgresExporter(objects, one, folder, {
        authority: name === 'impostor' ? other : server,
        client,
        password: name === 'locked' ? 'wrong' : 'secret',
      });
    }
    prometheus = await startPrometheus(objects, join(folder, 'prometheus'), (config) => ({
      ...config,
      alerting: undefined,
      scrape_configs: config.scrape_configs
        .filter(({ job_name }) => job_name.startsWith('postgres-exporter-'))
        .map(({ kubernetes_sd_configs: _, relabel_configs = [], ...job }) => ({
          ...job,
          scrape_interval: '2s',
          scrape_timeout: '2s',
          // Steps that need discovery are left out; the steps that add the name of the server are
          // kept.
          relabel_configs: relabel_configs.filter(({ source_labels }) => !source_labels),
          static_configs: [
            {
              targets: [
                new URL(exporters[job.job_name.slice('postgres-exporter-'.length)]!.url).host,
              ],
            },
          ],
        })),
    }));
  });
  afterAll(async () => {
    await prometheus?.stop();
    for (const one of sessions) one.end();
    await Promise.all(Object.values(exporters).map((one) => one.stop()));
    await servers.replica?.stop();
    await servers.primary?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['primary', 'replica', 'certified'])('reads the server: %s', async (name) => {
    expect(await pageOf(exporters[name]!)).toContain('\npg_up 1\n');
  });

  it.each(['locked', 'impostor', 'plain', 'absent'])(
    'reports that it cannot connect: %s',
    async (name) => {
      const start = performance.now();
      expect(await pageOf(exporters[name]!)).toContain('\npg_up 0\n');
      // The scrape timeout in a default environment.
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );

  it('exposes only metrics of the catalogue', async () => {
    const known = Object.keys(loadCatalogue('postgres-exporter').metrics);
    for (const name of ['primary', 'replica', 'locked']) {
      const families = await readPage({ url: `${exporters[name]!.url}/metrics` });
      const { families: shipped } = asShipped({ seen: 'live', families });
      expect(shipped.map((one) => one.name).filter((one) => !known.includes(one))).toEqual([]);
    }
  });

  it.each(['primary', 'replica'])(
    'needs only the rights in the README: each collector succeeds on the %s',
    async (name) => {
      const lines = (await pageOf(exporters[name]!)).split('\n');
      const results = lines.filter((line) => line.startsWith('pg_scrape_collector_success'));
      expect(results.length).toBeGreaterThan(5);
      expect(results.filter((line) => !line.endsWith(' 1'))).toEqual([]);
    },
  );

  it('reports sessions while a table is locked', async () => {
    await servers.primary!.command('CREATE TABLE locked (id int)');
    const holder = startSession(servers.primary!, ['BEGIN', 'LOCK TABLE locked']);
    const failed = 'pg_scrape_collector_success{collector="stat_user_tables"} 0';
    const page = await eventually('the table is locked', async () => {
      const text = await pageOf(exporters.primary!);
      return text.includes(failed) ? text : undefined;
    });
    holder.end();
    const results = page.split('\n').filter((line) => /^pg_scrape_collector_success/.test(line));
    expect(results.filter((line) => !line.endsWith(' 1'))).toEqual([failed]);
    expect(page).toContain('state="idle in transaction"');
    await eventually('the lock is gone', async () =>
      (await pageOf(exporters.primary!)).includes(failed) ? undefined : true,
    );
  });

  it('is scraped with a label for the server, and only what is used is stored', async () => {
    await eventually('all are scraped', async () => {
      const found = await query(prometheus.url, 'pg_up');
      return found.length === Object.keys(exporters).length || undefined;
    });
    const [stored] = await query(prometheus.url, 'count({server="primary"})');
    const [exposed] = await query(prometheus.url, 'scrape_samples_scraped{server="primary"}');
    expect(Number(stored!.value[1])).toBeLessThan(Number(exposed!.value[1]) / 2);
  });

  it('has series for the expression of every alert', async () => {
    for (const metric of ['pg_up', 'pg_database_wraparound_age_datminmxid_seconds']) {
      expect(await query(prometheus.url, `${metric}{server="primary"}`)).not.toEqual([]);
    }
    const used = new Set(
      postgres
        .rules(postgres.thresholds)
        .alerts.flatMap(({ expr }) => expr.match(/\bpg_\w+/g) ?? []),
    );
    for (const metric of used) {
      await eventually(`${metric} has series`, async () => {
        const found = await query(prometheus.url, `${metric}{server=~"primary|replica"}`);
        return found.length > 0 || undefined;
      });
    }
  });

  const sql = (statement: string) => servers.primary!.command(statement);

  /** A session of a client that keeps its connection. */
  const session = (...statements: readonly string[]): void => {
    sessions.push(startSession(servers.primary!, statements));
  };

  it.each<[alert: string, server: string, thresholds: object, provoke: () => Promise<unknown>]>([
    ['PostgresDown', 'locked', {}, async () => undefined],
    [
      'PostgresIdleInTransaction',
      'primary',
      { idleSeconds: 1 },
      async () => {
        await sql('CREATE TABLE orders (id int) WITH (autovacuum_enabled = false)');
        session('BEGIN', 'LOCK TABLE orders');
      },
    ],
    [
      'PostgresLockWaits',
      'primary',
      { lockWaiters: 2 },
      async () => {
        session('SELECT count(*) FROM orders');
        session('SELECT count(*) FROM orders');
      },
    ],
    [
      'PostgresTransactionLong',
      'primary',
      { transactionSeconds: 1 },
      async () => session('SELECT pg_sleep(1000)'),
    ],
    [
      'PostgresConnectionsNearLimit',
      'primary',
      { connectionShare: 0.5 },
      async () => {
        for (let number = 0; number < 6; number += 1) session('SELECT 1');
      },
    ],
    [
      'PostgresArchivingFailing',
      'primary',
      {},
      async () => {
        await sql('SELECT pg_switch_wal()');
      },
    ],
    [
      'PostgresDeadRows',
      'primary',
      { deadRows: 1000, deadRowFactor: 2 },
      async () => {
        // While somebody locks a table, the exporter cannot read the tables.
        for (const one of sessions.splice(0)) one.end();
        await sql('CREATE TABLE lines (id int) WITH (autovacuum_enabled = false)');
        await sql('INSERT INTO lines SELECT generate_series(1, 5000)');
        await sql('DELETE FROM lines');
      },
    ],
    [
      'PostgresSlotKeepsLog',
      'primary',
      { slotBytes: 1024 },
      async () => {
        await servers.replica!.stop();
        await sql('INSERT INTO lines SELECT generate_series(1, 5000)');
      },
    ],
  ])('%s becomes true on %s in its situation', async (alert, server, thresholds, provoke) => {
    const rules = postgres.rules({ ...postgres.thresholds, ...thresholds });
    const rule = rules.alerts.find((one) => one.alert === alert)!;
    const expression = `(${rule.expr}) and on (server) up{server="${server}"}`;
    // A scrape may have seen the situation of the test before.
    const before = async () => (await query(prometheus.url, expression)).length === 0 || undefined;
    if (alert !== 'PostgresDown') await eventually(`${alert} is not true before`, before);
    await provoke();
    const [found] = await eventually(`${alert} is true`, async () => {
      const series = await query(prometheus.url, expression);
      return series.length > 0 ? series : undefined;
    });
    expect(found!.metric).toMatchObject({ job: `postgres-exporter-${server}`, server });
  });

  it('the primary reports that it has lost its replica', async () => {
    const streaming = 'pg_stat_replication_pg_wal_lsn_diff{server="primary", state="streaming"}';
    await eventually('the replica is gone', async () => {
      return (await query(prometheus.url, streaming)).length === 0 || undefined;
    });
    // The subquery of the alert takes a value every five minutes.
    const { expr } = postgres
      .rules(postgres.thresholds)
      .alerts.find((one) => one.alert === 'PostgresReplicaLost')!;
    const fast = expr.replace('[6h:5m]', '[6h:1s]');
    expect(fast).not.toBe(expr);
    // The same server is also monitored with a certificate of its client, under another name.
    const ofPrimary = `(${fast}) and on (server) up{server="primary"}`;
    const found = await eventually('the primary has fewer replicas than before', async () => {
      return (await query(prometheus.url, ofPrimary))[0];
    });
    expect(found.metric).toMatchObject({ job: 'postgres-exporter-primary', server: 'primary' });
  });
});

interface PostgresSession {
  end(): void;
}

/** A psql that runs statements, and then keeps its session. */
const startSession = (
  { folder: host, port }: PostgresServer,
  statements: readonly string[],
): PostgresSession => {
  const to = ['-h', host, '-p', `${port}`, '-U', 'postgres'];
  const client = spawn('psql', [...to, '-XAtq'], { stdio: ['pipe', 'ignore', 'ignore'] });
  client.stdin.write(statements.map((one) => `${one};\n`).join(''));
  return { end: () => client.kill('SIGKILL') };
};
