import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { userOf } from '../../../src/components/postgres-exporter/readme.js';
import { engineRelease } from '../../engines/release.js';
import { makeCertificate } from '../../live/certificate.js';
import {
  objectsFor,
  serverAt,
  startPostgresExporter,
} from '../../live/postgres-exporter-server.js';
import { startPostgres, startReplica } from '../../live/postgres-server.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { asItIs, type Observation, provoked } from '../observation.js';

/**
 * The names and labels of the release that ships, 0.20: it has renamed the metrics of one collector, and
 * those that are collected in a new way have lost the label `server`.
 * https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/CHANGELOG.md
 */
export const asShipped = ({ seen, families }: Observation): Observation => ({
  seen,
  families: families.map(({ name, labels, series, ...family }) => {
    const renamed = (text: string) =>
      text.replace(/^pg_replication_slot_/, 'pg_replication_slots_');
    const moved = /^pg_(settings|stat_activity|stat_archiver|stat_replication|replication_slots)_/;
    return {
      ...family,
      name: renamed(name),
      labels: new Set([...labels].filter((one) => one !== 'server' || !moved.test(name))),
      series: new Map([...series].map(([one, count]) => [renamed(one), count])),
    };
  }),
});

/** For a primary and its replica, because each has its own metrics. */
export default {
  engine: 'postgres-exporter',
  releases: async () => [await engineRelease('postgres-exporter')],
  run: async (folder) => {
    const certificates = ['server', 'client'].map((name) => {
      mkdirSync(join(folder, name));
      return makeCertificate(join(folder, name), 'DNS:localhost');
    });
    const [server, client] = [certificates[0]!, certificates[1]!];
    const primary = await startPostgres(folder, { server, client }, [
      'archive_mode=on',
      "archive_command='true'",
      'track_io_timing=on',
    ]);
    const replica = await startReplica(folder, primary);
    const servers = [serverAt('primary', primary.port), serverAt('replica', replica.port)];
    const objects = objectsFor(servers);
    await primary.command(userOf({ user: 'monitoring', database: 'postgres' }).join('\n'));
    await primary.command("ALTER ROLE monitoring PASSWORD 'secret'");
    await eventually('the replica has the user', async () => {
      const sql =
        "SELECT count(*) FROM pg_authid WHERE rolname = 'monitoring' AND rolpassword > ''";
      return (await replica.command(sql)) === '1' || undefined;
    });
    const exporters = await Promise.all(
      servers.map((one) =>
        startPostgresExporter(objects, one, folder, { authority: server, password: 'secret' }),
      ),
    );
    const pages = exporters.map(({ url }) => ({ url: `${url}/metrics` }));
    try {
      const before = await Promise.all(pages.map(asItIs));
      await primary.command('CREATE TABLE orders (id int PRIMARY KEY); SELECT pg_switch_wal()');
      await eventually('a segment is archived', async () => {
        const sql = 'SELECT archived_count FROM pg_stat_archiver';
        return Number(await primary.command(sql)) > 0 || undefined;
      });
      // The series are counted on the last page, which is that of the primary.
      const after = await Promise.all([...pages].reverse().map(provoked));
      return { 'postgres-exporter': { seen: [...before, ...after].map(asShipped) } };
    } finally {
      await Promise.all(exporters.map((one) => one.stop()));
      await replica.stop();
      await primary.stop();
    }
  },
} satisfies Capture;
