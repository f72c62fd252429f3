import {
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  stateTimeline,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", server=~"$server"';
const of = (metric: string): string => `max by (server) (${metric}{${here}})`;
const rate = (metric: string, by = 'server'): string =>
  `sum by (${by}) (rate(${metric}{${here}}[$__rate_interval]))`;
// A share of 24 hours: for a new server, one minute would be a large share of its own time.
const availability = `1 - max by (server) (sum_over_time((1 - redis_up{${here}})[1d:1m])) / 1440`;
// Without `maxmemory`, the limit is 0.
const memory = `${of('redis_memory_used_bytes')} / (${of('redis_memory_max_bytes')} > 0)`;
const clients = `${of('redis_connected_clients')} / ${of('redis_max_clients')}`;
const hits = `${rate('redis_keyspace_hits_total')} / (${rate('redis_keyspace_hits_total')} + ${rate('redis_keyspace_misses_total')} > 0)`;

export default dashboard({
  title: 'Redis',
  description:
    'Availability, clients, memory, commands, keys, replication and persistence of the Redis servers.',
  folder: 'Databases',
  needs: ['configured:redis'],
  links: ['overview'],
  variables: [cluster, labelVariable('server', 'redis_up{cluster=~"$cluster"}')],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Servers down',
          description: 'Servers that their exporter cannot read. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${of('redis_up')} == 0) or vector(0)`,
        }),
        stat({
          title: 'Clients',
          description: 'Connected clients of all servers. Bad: several times the usual number.',
          ...count,
          queries: `sum(redis_connected_clients{${here}})`,
        }),
        stat({
          title: 'Commands',
          description: 'Commands per second of all servers. Bad: several times the usual rate.',
          unit: 'ops',
          queries: `sum(${rate('redis_commands_processed_total')})`,
        }),
        stat({
          title: 'Highest memory usage',
          description:
            'Memory as a share of maxmemory, of the server with the highest. Bad: above 90 %, unless the server evicts keys.',
          ...usedShare,
          decimals: 1,
          empty: 'no limit',
          queries: `max(${memory})`,
        }),
        stat({
          title: 'Replicas without primary',
          description: 'Replicas that have no connection to their primary. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${of('redis_master_link_up')} == 0) or vector(0)`,
        }),
        stat({
          title: 'Failed writes to disk',
          description:
            'Servers whose last snapshot or last write to the append-only file failed. Bad: any. By default, such a server refuses writes.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${of('redis_rdb_last_bgsave_status')} == 0 or ${of('redis_aof_last_write_status')} == 0) or vector(0)`,
        }),
      ],
    },
    {
      title: 'Availability',
      panels: [
        stateTimeline({
          title: 'State by server',
          description: 'Whether the exporter can read the server. Bad: down.',
          unit: 'short',
          states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
          queries: { '{{server}}': of('redis_up') },
        }),
        table({
          title: 'Servers',
          description:
            'Share of the last 24 hours in which the server was up, time since its start, memory and clients as shares of their limits. Bad: red values.',
          labels: { server: 'Server' },
          columns: {
            'Availability (24 h)': {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.995, critical: 0.99 },
              query: availability,
            },
            Uptime: { unit: 's', decimals: 0, query: of('redis_uptime_in_seconds') },
            Memory: { ...usedShare, decimals: 1, query: memory },
            Clients: { ...usedShare, decimals: 1, query: clients },
          },
          sortBy: 'Availability (24 h)',
        }),
      ],
    },
    {
      title: 'Commands',
      panels: [
        timeSeries({
          title: 'Commands by server',
          width: 12,
          description: 'Commands per second. Bad: several times the usual rate.',
          unit: 'ops',
          queries: { '{{server}}': rate('redis_commands_processed_total') },
        }),
        timeSeries({
          title: 'Commands by name',
          width: 12,
          description: 'The ten most frequent commands. Bad: frequent keys or scan.',
          unit: 'ops',
          queries: { '{{cmd}}': `topk(10, ${rate('redis_commands_total', 'cmd')})` },
        }),
        timeSeries({
          title: 'Mean latency of commands',
          width: 12,
          description:
            'Time that the server takes for a command, without the network: the mean of each server. Bad: above 1 ms.',
          unit: 's',
          empty: 'no commands in this time range',
          queries: {
            '{{server}}': `${rate('redis_commands_duration_seconds_total')} / (${rate('redis_commands_total')} > 0)`,
          },
        }),
        timeSeries({
          title: 'Errors by kind',
          width: 12,
          description:
            'Commands that fail, by the prefix of the error. Bad: OOM (memory is full), MISCONF (a snapshot failed), NOAUTH or WRONGPASS.',
          unit: 'ops',
          empty: 'no errors',
          queries: { '{{server}} {{err}}': rate('redis_errors_total', 'server, err') },
        }),
      ],
    },
    {
      title: 'Clients and network',
      panels: [
        timeSeries({
          title: 'Clients by server',
          description:
            'Connected clients, and those that wait in a blocking command. Bad: close to maxclients (10,000 by default).',
          unit: 'short',
          queries: {
            '{{server}}': of('redis_connected_clients'),
            '{{server}} blocked': of('redis_blocked_clients'),
          },
        }),
        timeSeries({
          title: 'New and rejected connections',
          description:
            'Connections per second. Bad: rejected ones; a high rate of new ones, which a connection pool avoids.',
          unit: 'cps',
          queries: {
            '{{server}} new': rate('redis_connections_received_total'),
            '{{server}} rejected': rate('redis_rejected_connections_total'),
          },
        }),
        timeSeries({
          title: 'Network traffic',
          description:
            'Bytes per second that clients send and receive. Bad: at the limit of the network.',
          unit: 'binBps',
          queries: {
            '{{server}} in': rate('redis_net_input_bytes_total'),
            '{{server}} out': rate('redis_net_output_bytes_total'),
          },
        }),
      ],
    },
    {
      title: 'Memory and keys',
      panels: [
        timeSeries({
          title: 'Memory as a share of maxmemory',
          width: 8,
          description:
            'Of the servers with a limit. Bad: above 90 %, unless the server evicts keys.',
          ...usedShare,
          empty: 'no server has maxmemory',
          queries: { '{{server}}': memory },
        }),
        timeSeries({
          title: 'Memory by server',
          width: 8,
          description:
            'Memory of the data and buffers, and resident memory. Bad: resident memory far above it, which is fragmentation.',
          unit: 'bytes',
          queries: {
            '{{server}} used': of('redis_memory_used_bytes'),
            '{{server}} resident': of('redis_memory_used_rss_bytes'),
          },
        }),
        timeSeries({
          title: 'Keys by server',
          width: 8,
          description: 'Keys in all databases, and those that expire. Bad: constant growth.',
          unit: 'short',
          queries: {
            '{{server}}': `sum by (server) (redis_db_keys{${here}})`,
            '{{server}} expiring': `sum by (server) (redis_db_keys_expiring{${here}})`,
          },
        }),
        timeSeries({
          title: 'Hit ratio',
          width: 12,
          description: 'Share of the look-ups that find a key. Bad: a drop, for a cache.',
          unit: 'percentunit',
          max: 1,
          empty: 'no look-ups in this time range',
          queries: { '{{server}}': hits },
        }),
        timeSeries({
          title: 'Expired and evicted keys',
          width: 12,
          description:
            'Keys per second that reach their time to live, and that are evicted because the memory is full. Bad: evicted ones, unless the server is a cache.',
          unit: 'ops',
          queries: {
            '{{server}} expired': rate('redis_expired_keys_total'),
            '{{server}} evicted': rate('redis_evicted_keys_total'),
          },
        }),
      ],
    },
    {
      title: 'Replication and persistence',
      panels: [
        timeSeries({
          title: 'Replicas by primary',
          width: 12,
          description: 'Connected replicas. Bad: fewer than there should be.',
          unit: 'short',
          softMax: 2,
          queries: { '{{server}}': of('redis_connected_slaves') },
        }),
        timeSeries({
          title: 'Replication lag',
          width: 12,
          description: 'Time since a replica last confirmed what it received. Bad: above 10 s.',
          unit: 's',
          empty: 'no replicas',
          queries: {
            '{{server}} to {{slave_ip}}:{{slave_port}}': `max by (server, slave_ip, slave_port) (redis_connected_slave_lag_seconds{${here}})`,
          },
        }),
        timeSeries({
          title: 'Time since the last snapshot',
          width: 8,
          description:
            'Or since the start of the server, if it has made none. Bad: longer than usual; servers without snapshots only grow.',
          unit: 's',
          queries: { '{{server}}': `time() - ${of('redis_rdb_last_save_timestamp_seconds')}` },
        }),
        timeSeries({
          title: 'Changes since the last snapshot',
          width: 8,
          description:
            'Changes that a restart loses without an append-only file. Bad: constant growth.',
          unit: 'short',
          queries: { '{{server}}': of('redis_rdb_changes_since_last_save') },
        }),
        timeSeries({
          title: 'Size of the append-only file',
          width: 8,
          description: 'Of the servers that write one. Bad: several times the memory.',
          unit: 'bytes',
          empty: 'no server writes one',
          queries: {
            '{{server}}': `${of('redis_aof_current_size_bytes')} and ${of('redis_aof_enabled')} == 1`,
          },
        }),
      ],
    },
  ],
});
