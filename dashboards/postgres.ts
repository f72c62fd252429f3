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
const of = (metric: string, by = 'server'): string => `max by (${by}) (${metric}{${here}})`;
const sum = (metric: string, by = 'server', selector = ''): string =>
  `sum by (${by}) (${metric}{${here}${selector}})`;
const rate = (metric: string, by = 'server'): string =>
  `sum by (${by}) (rate(${metric}{${here}}[$__rate_interval]))`;
// A share of 24 hours: for a new server, one minute would be a large share of its own time.
const availability = `1 - max by (server) (sum_over_time((1 - pg_up{${here}})[1d:1m])) / 1440`;
const connections = `${sum('pg_stat_database_numbackends')} / (${of('pg_settings_max_connections')} - ${of('pg_settings_superuser_reserved_connections')})`;
const hits = `${rate('pg_stat_database_blks_hit')} / (${rate('pg_stat_database_blks_hit')} + ${rate('pg_stat_database_blks_read')} > 0)`;
const tables = 'server, datname, schemaname, relname';
const oldest = `max by (server) (pg_stat_activity_max_tx_duration{${here}, backend_type="client backend"})`;

export default dashboard({
  title: 'PostgreSQL',
  description:
    'Availability, connections, transactions, locks, cache, tables, replication and write-ahead log of the PostgreSQL servers.',
  folder: 'Databases',
  needs: ['configured:postgres'],
  links: ['overview'],
  variables: [cluster, labelVariable('server', 'pg_up{cluster=~"$cluster"}')],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Servers down',
          description: 'Servers to which their exporter cannot connect. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${of('pg_up')} == 0) or vector(0)`,
        }),
        stat({
          title: 'Highest use of connections',
          description: 'As a share of the connections that are not reserved. Bad: above 80 %.',
          ...usedShare,
          decimals: 1,
          queries: `max(${connections})`,
        }),
        stat({
          title: 'Transactions',
          description: 'Committed transactions per second. Bad: several times the usual rate.',
          unit: 'ops',
          queries: `sum(${rate('pg_stat_database_xact_commit')})`,
        }),
        stat({
          title: 'Oldest transaction',
          description: 'Duration of the oldest transaction of a client. Bad: above an hour.',
          unit: 's',
          thresholds: { warning: 3600, critical: 14_400 },
          queries: `max(${oldest})`,
        }),
        stat({
          title: 'Waiting for locks',
          description: 'Sessions that wait for a lock of another session. Bad: constantly any.',
          ...count,
          thresholds: { warning: 5, critical: 20 },
          queries: `sum(pg_stat_activity_count{${here}, wait_event_type="Lock"}) or vector(0)`,
        }),
        stat({
          title: 'Highest replication lag',
          description: 'Of the replica that is the farthest behind. Bad: above 5 minutes.',
          unit: 's',
          thresholds: { warning: 300, critical: 3600 },
          queries: `max(${of('pg_replication_lag_seconds')})`,
        }),
      ],
    },
    {
      title: 'Availability',
      panels: [
        stateTimeline({
          title: 'State by server',
          description: 'Whether the exporter can connect to the server. Bad: down.',
          unit: 'short',
          states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
          queries: { '{{server}}': of('pg_up') },
        }),
        table({
          title: 'Servers',
          description:
            'Share of the last 24 hours in which the server was up, time since its start, connections as a share of the limit, and size of all databases. Bad: red values.',
          labels: { server: 'Server' },
          columns: {
            'Availability (24 h)': {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.995, critical: 0.99 },
              query: availability,
            },
            Uptime: {
              unit: 's',
              decimals: 0,
              query: `time() - ${of('pg_postmaster_start_time_seconds')}`,
            },
            Connections: { ...usedShare, decimals: 1, query: connections },
            Size: { unit: 'bytes', query: sum('pg_database_size_bytes') },
          },
          sortBy: 'Availability (24 h)',
        }),
      ],
    },
    {
      title: 'Connections and transactions',
      panels: [
        timeSeries({
          title: 'Connections by state',
          description:
            'Sessions by what they do. Bad: many that are idle in a transaction, or close to the limit.',
          unit: 'short',
          queries: { '{{server}} {{state}}': sum('pg_stat_activity_count', 'server, state') },
        }),
        timeSeries({
          title: 'Transactions by database',
          description: 'Transactions per second. Bad: several times the usual rate, or none.',
          unit: 'ops',
          queries: {
            '{{server}} {{datname}}': `${rate('pg_stat_database_xact_commit', 'server, datname')} > 0`,
          },
        }),
        timeSeries({
          title: 'Rollbacks by database',
          description: 'Transactions per second that end without a change. Bad: a growing rate.',
          unit: 'ops',
          empty: 'no rollbacks in this time range',
          queries: {
            '{{server}} {{datname}}': `${rate('pg_stat_database_xact_rollback', 'server, datname')} > 0`,
          },
        }),
        timeSeries({
          title: 'Oldest transaction by state',
          width: 12,
          description:
            'Duration of the oldest transaction. Bad: above 10 minutes if its session is idle, above an hour otherwise.',
          unit: 's',
          empty: 'no transactions',
          queries: {
            '{{server}} {{state}}': `max by (server, state) (pg_stat_activity_max_tx_duration{${here}, backend_type="client backend"}) > 0`,
          },
        }),
        timeSeries({
          title: 'Sessions by what they wait for',
          width: 12,
          description: 'Active sessions that wait. Bad: Lock; constantly many with IO.',
          unit: 'short',
          empty: 'no session waits',
          queries: {
            '{{server}} {{wait_event_type}}': `sum by (server, wait_event_type) (pg_stat_activity_count{${here}, state="active", wait_event_type!=""}) > 0`,
          },
        }),
        timeSeries({
          title: 'Locks by mode',
          width: 12,
          description:
            'Locks that sessions have or wait for. Bad: accessexclusivelock for a long time, which blocks all queries of its table.',
          unit: 'short',
          empty: 'no locks',
          queries: { '{{server}} {{mode}}': `${sum('pg_locks_count', 'server, mode')} > 0` },
        }),
        timeSeries({
          title: 'Deadlocks and conflicts',
          width: 12,
          description:
            'Transactions per second that end by a deadlock, and queries of a replica that end because of its replay. Bad: constantly any.',
          unit: 'ops',
          queries: {
            '{{server}} deadlocks': rate('pg_stat_database_deadlocks'),
            '{{server}} conflicts': rate('pg_stat_database_conflicts'),
          },
        }),
      ],
    },
    {
      title: 'Reads and writes',
      panels: [
        timeSeries({
          title: 'Hit ratio of the cache',
          width: 8,
          description: 'Share of the blocks that are found in shared_buffers. Bad: below 90 %.',
          unit: 'percentunit',
          max: 1,
          empty: 'no reads in this time range',
          queries: { '{{server}}': hits },
        }),
        timeSeries({
          title: 'Rows that are written',
          width: 8,
          description: 'Rows per second, by operation. Bad: several times the usual rate.',
          unit: 'ops',
          queries: {
            '{{server}} inserted': rate('pg_stat_database_tup_inserted'),
            '{{server}} updated': rate('pg_stat_database_tup_updated'),
            '{{server}} deleted': rate('pg_stat_database_tup_deleted'),
          },
        }),
        timeSeries({
          title: 'Temporary files',
          width: 8,
          description: 'Bytes per second of queries that need more than work_mem. Bad: constant.',
          unit: 'binBps',
          queries: { '{{server}}': rate('pg_stat_database_temp_bytes') },
        }),
        timeSeries({
          title: 'Tables with the most reads of whole tables',
          width: 12,
          description:
            'Rows per second that are read without an index, of ten tables. Bad: large tables, which lack an index.',
          unit: 'ops',
          empty: 'no reads of whole tables',
          queries: {
            '{{server}} {{schemaname}}.{{relname}}': `topk(10, ${rate('pg_stat_user_tables_seq_tup_read', tables)} > 0)`,
          },
        }),
        timeSeries({
          title: 'Tables with the most reads from the disk',
          width: 12,
          description: 'Blocks per second that are not in the cache, of ten tables. Bad: constant.',
          unit: 'ops',
          empty: 'no reads from the disk',
          queries: {
            '{{server}} {{schemaname}}.{{relname}}': `topk(10, ${rate('pg_statio_user_tables_heap_blocks_read', tables)} > 0)`,
          },
        }),
      ],
    },
    {
      title: 'Size and vacuum',
      panels: [
        timeSeries({
          title: 'Size by database',
          width: 12,
          description: 'Bad: constant growth.',
          unit: 'bytes',
          queries: { '{{server}} {{datname}}': of('pg_database_size_bytes', 'server, datname') },
        }),
        timeSeries({
          title: 'Largest tables',
          width: 12,
          description: 'Size of ten tables without their indexes. Bad: constant growth.',
          unit: 'bytes',
          empty: 'no tables',
          queries: {
            '{{server}} {{schemaname}}.{{relname}}': `topk(10, ${of('pg_stat_user_tables_table_size_bytes', tables)})`,
          },
        }),
        timeSeries({
          title: 'Dead rows by table',
          width: 12,
          description: 'Of ten tables. Bad: constant growth, since autovacuum does not keep up.',
          unit: 'short',
          empty: 'no dead rows',
          queries: {
            '{{server}} {{schemaname}}.{{relname}}': `topk(10, ${of('pg_stat_user_tables_n_dead_tup', tables)} > 0)`,
          },
        }),
        timeSeries({
          title: 'Use of transaction IDs',
          width: 12,
          description:
            'IDs since the oldest row was frozen, as a share of all. Bad: above 50 %; at 100 %, the server refuses writes.',
          unit: 'percentunit',
          queries: {
            '{{server}} {{datname}}': `${of('pg_database_wraparound_age_datfrozenxid_seconds', 'server, datname')} / 2^31`,
          },
        }),
      ],
    },
    {
      title: 'Replication and write-ahead log',
      panels: [
        timeSeries({
          title: 'Lag by replica',
          width: 8,
          description: 'Time by which the replay is behind. Bad: above 5 minutes.',
          unit: 's',
          empty: 'no replicas',
          queries: {
            '{{server}}': `${of('pg_replication_lag_seconds')} and ${of('pg_replication_is_replica')} == 1`,
          },
        }),
        timeSeries({
          title: 'Lag in bytes',
          width: 8,
          description: 'Write-ahead log that a replica has not replayed. Bad: constant growth.',
          unit: 'bytes',
          empty: 'no replicas',
          queries: {
            '{{server}} to {{application_name}} {{client_addr}}': of(
              'pg_stat_replication_pg_wal_lsn_diff',
              'server, application_name, client_addr',
            ),
          },
        }),
        timeSeries({
          title: 'Log that slots keep',
          width: 8,
          description: 'Write-ahead log that a replication slot keeps. Bad: constant growth.',
          unit: 'bytes',
          empty: 'no replication slots',
          queries: {
            '{{server}} {{slot_name}}': of(
              'pg_replication_slots_pg_wal_lsn_diff',
              'server, slot_name',
            ),
          },
        }),
        timeSeries({
          title: 'Size of the write-ahead log',
          width: 12,
          description: 'Bad: far above max_wal_size, because of a slot or a failing archive.',
          unit: 'bytes',
          queries: { '{{server}}': of('pg_wal_size_bytes') },
        }),
        timeSeries({
          title: 'Archived segments',
          width: 12,
          description:
            'Segments per second that are archived, and failed attempts. Bad: failed ones.',
          unit: 'ops',
          queries: {
            '{{server}} archived': rate('pg_stat_archiver_archived_count'),
            '{{server}} failed': rate('pg_stat_archiver_failed_count'),
          },
        }),
      ],
    },
  ],
});
