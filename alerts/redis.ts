import { alertGroup } from '../src/content/alert-group.js';

/** The value of the exporter of a server; the address of the exporter changes when it restarts. */
const of = (metric: string): string => `max by (job, server) (${metric})`;
const rate = (selector: string): string => `sum by (job, server) (rate(${selector}[5m]))`;

export default alertGroup({
  adaptRanges: true,
  needs: ['configured:redis'],
  dashboard: 'redis',
  thresholds: {
    /** Share of `maxmemory`. */
    memoryShare: 0.9,
    /** Share of `maxclients`. */
    clientShare: 0.9,
    /** Keys that are evicted within an hour, as a share of all keys. */
    evictedShare: 1,
  },
  rules: ({ memoryShare, clientShare, evictedShare }) => ({
    alerts: [
      {
        alert: 'RedisDown',
        expr: `${of('redis_up')} == 0`,
        for: '5m',
        severity: 'critical',
        summary: 'Redis server {{ $labels.server }} is down.',
        description:
          'The exporter cannot read Redis server {{ $labels.server }}: the server does not answer, or it rejects the credentials of the exporter.',
      },
      {
        alert: 'RedisWritesRefused',
        // RedisPersistenceFailing reports the cause of the other refusals, with the error MISCONF.
        expr: `${rate('redis_errors_total{err="OOM"}')} > 0`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'redis-memory',
        summary: 'Redis server {{ $labels.server }} refuses writes because its memory is full.',
        description:
          'Redis server {{ $labels.server }} has reached maxmemory and refuses {{ printf "%.2f" $value }} commands per second.',
      },
      {
        alert: 'RedisMemoryNearLimit',
        // With another policy, a full memory is normal: Redis evicts keys. Without maxmemory, it is 0.
        expr: `${of('redis_memory_used_bytes')} / (${of('redis_memory_max_bytes')} > 0) > ${memoryShare} and on (job, server) redis_instance_info{maxmemory_policy="noeviction"}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'redis-memory',
        summary: 'Redis server {{ $labels.server }} is close to its memory limit.',
        description:
          'Redis server {{ $labels.server }} uses {{ $value | humanizePercentage }} of maxmemory. It evicts no keys: when the memory is full, it refuses writes.',
      },
      {
        alert: 'RedisEvictsKeysEarly',
        // A full cache always evicts some keys.
        expr: `sum by (job, server) (rate(redis_evicted_keys_total[30m])) * 3600 / (sum by (job, server) (redis_db_keys) > 0) > ${evictedShare}`,
        for: '30m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'redis-memory',
        summary: 'Redis server {{ $labels.server }} is too small for its keys.',
        description:
          'Redis server {{ $labels.server }} evicts {{ $value | humanizePercentage }} of its keys per hour to make room for new ones.',
      },
      {
        alert: 'RedisRejectedConnections',
        expr: `${rate('redis_rejected_connections_total')} > 0`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'redis-connections',
        summary: 'Redis server {{ $labels.server }} rejects connections.',
        description:
          'Redis server {{ $labels.server }} has reached maxclients and rejects {{ printf "%.2f" $value }} connections per second.',
      },
      {
        alert: 'RedisConnectionsNearLimit',
        expr: `${of('redis_connected_clients')} / ${of('redis_max_clients')} > ${clientShare}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'redis-connections',
        summary: 'Redis server {{ $labels.server }} is close to its limit of connections.',
        description:
          'Redis server {{ $labels.server }} has {{ $value | humanizePercentage }} of the connections that maxclients allows. At the limit, it rejects connections.',
      },
      {
        alert: 'RedisReplicationBroken',
        // The link is also down during a full synchronization.
        expr: `${of('redis_master_link_up')} == 0`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Redis replica {{ $labels.server }} has lost its primary.',
        description:
          'Redis replica {{ $labels.server }} has had no connection to its primary for 10 minutes. Its data is out of date.',
      },
      {
        alert: 'RedisPersistenceFailing',
        expr: `label_replace(${of('redis_rdb_last_bgsave_status')} == 0, "operation", "snapshot", "", "") or label_replace(${of('redis_aof_last_write_status')} == 0, "operation", "write to the append-only file", "", "")`,
        for: '5m',
        severity: 'critical',
        subject: 'redis-persistence',
        summary: 'Redis server {{ $labels.server }} cannot write its data to disk.',
        description:
          'The last {{ $labels.operation }} of Redis server {{ $labels.server }} failed. By default, the server refuses all writes until one succeeds.',
      },
      {
        alert: 'RedisRewriteFailing',
        expr: `${of('redis_aof_last_bgrewrite_status')} == 0`,
        for: '15m',
        severity: 'warning',
        subject: 'redis-persistence',
        summary: 'Redis server {{ $labels.server }} cannot rewrite its append-only file.',
        description:
          'The last rewrite of the append-only file of Redis server {{ $labels.server }} failed. The file grows until a rewrite succeeds.',
      },
      {
        alert: 'RedisClusterDown',
        expr: `${of('redis_cluster_state')} == 0`,
        for: '5m',
        severity: 'critical',
        summary: 'The Redis cluster of {{ $labels.server }} is down.',
        description:
          'Redis server {{ $labels.server }} reports that its cluster is down: hash slots have no server, or the majority of the primaries cannot be reached. Queries fail.',
      },
    ],
  }),
});
