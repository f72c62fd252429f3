import { engineRelease } from '../../engines/release.js';
import { objectsFor, serverAt, startRedisExporter } from '../../live/redis-exporter-server.js';
import { startRedis } from '../../live/redis-server.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { asItIs, provoked } from '../observation.js';

/** For a primary, a replica and a server in cluster mode, because each has its own metrics. */
export default {
  engine: 'redis-exporter',
  releases: async () => [await engineRelease('redis-exporter')],
  run: async (folder) => {
    const settings = ['--maxmemory', '3mb', '--maxmemory-policy', 'allkeys-lru'];
    const primary = await startRedis(folder, [...settings, '--appendonly', 'yes']);
    const replica = await startRedis(folder, ['--replicaof', `127.0.0.1 ${primary.port}`]);
    const cluster = await startRedis(folder, ['--cluster-enabled', 'yes']);
    const servers = [
      serverAt('primary', primary.port),
      serverAt('replica', replica.port),
      serverAt('cluster', cluster.port),
    ];
    const objects = objectsFor(servers);
    const exporters = await Promise.all(
      servers.map((one) => startRedisExporter(objects, one, folder)),
    );
    const pages = exporters.map(({ url }) => ({ url: `${url}/metrics` }));
    try {
      await eventually(
        'the replica is connected',
        async () => (await replica.command('INFO')).includes('master_link_status:up') || undefined,
      );
      const before = await Promise.all(pages.map(asItIs));
      const numbers = Array.from({ length: 3000 }, (_, index) => `${index}`);
      await primary.command('MSET', ...numbers.flatMap((one) => [one, one.repeat(100)]));
      await primary.command('SET', 'expires', 'soon', 'PX', '1');
      await primary.command('GET', 'expires');
      await primary.command('CONFIG', 'SET', 'slowlog-log-slower-than', '0');
      await primary.command('CONFIG', 'SET', 'latency-monitor-threshold', '1');
      await primary.command('DEBUG', 'SLEEP', '0.01').catch(() => undefined);
      await primary.command('NO-SUCH-COMMAND');
      await primary.command('BGSAVE');
      // The series are counted on the last page, which is that of the primary.
      const after = await Promise.all([...pages].reverse().map(provoked));
      await replica.stop();
      const down = await provoked(pages[1]!);
      return { 'redis-exporter': { seen: [...before, down, ...after] } };
    } finally {
      await Promise.all(exporters.map((one) => one.stop()));
      await replica.stop();
      await cluster.stop();
      await primary.stop();
    }
  },
} satisfies Capture;
