import { alertGroup } from '../src/content/alert-group.js';

/** The value of the exporter of a server; the address of the exporter changes when it restarts. */
const of = (metric: string, by = ''): string => `max by (job, server${by}) (${metric})`;
const sum = (metric: string, by = ''): string => `sum by (job, server${by}) (${metric})`;
/** A replica has the same data as its primary: one fault, one alert. */
const onPrimary = `and on (job, server) pg_replication_is_replica == 0`;

const reads = (metric: string): string => sum(`rate(${metric}[30m])`, ', datname');
const age = (metric: string, ids: string): string =>
  `label_replace(${of(`pg_database_wraparound_${metric}_seconds`, ', datname')}, "ids", "${ids}", "", "")`;
/** The used share of the IDs of a database: the exporter calls their number seconds. */
const usedIds = `(${age('age_datfrozenxid', 'transaction IDs')} or ${age('age_datminmxid', 'multitransaction IDs')}) / 2^31`;
const size = (when = ''): string => of(`pg_database_size_bytes${when}`, ', datname');

const connections = `${sum('pg_stat_database_numbackends')} / (${of('pg_settings_max_connections')} - ${of('pg_settings_superuser_reserved_connections')})`;
const replicas = `(count by (job, server) (pg_stat_replication_pg_wal_lsn_diff{state="streaming"}) or 0 * ${of('pg_replication_is_replica')})`;
/** The number of dead rows at which autovacuum starts, with the settings of the server. */
const vacuumStart = `(${of('pg_settings_autovacuum_vacuum_threshold')} + on (job, server) group_right () ${of('pg_settings_autovacuum_vacuum_scale_factor')} * on (job, server) group_right () ${of('pg_stat_user_tables_n_live_tup', ', datname, schemaname, relname')})`;

export default alertGroup({
  adaptRanges: true,
  needs: ['configured:postgres'],
  dashboard: 'postgres',
  thresholds: {
    /** Share of the connections that users without special rights can have. */
    connectionShare: 0.8,
    /** Duration of a transaction, in seconds. */
    transactionSeconds: 3600,
    /** Duration of a transaction that waits for its client, in seconds. */
    idleSeconds: 600,
    /** Sessions that wait for a lock at the same time. */
    lockWaiters: 5,
    /** Deadlocks in 15 minutes. */
    deadlocks: 5,
    /** How far a replica may be behind its primary, in seconds. */
    lagSeconds: 300,
    /** Write-ahead log that a replication slot without a client keeps, in bytes. */
    slotBytes: 1024 ** 3,
    /** Dead rows of a table, as a multiple of the number at which autovacuum starts. */
    deadRowFactor: 5,
    /** Tables with fewer dead rows do not count. */
    deadRows: 100_000,
    /** Share of the transaction IDs, of which there are 2^31. */
    idShare: 0.5,
    /** Share of the blocks that are found in the cache of the server. */
    cacheHitShare: 0.9,
    /** Blocks of 8 KiB that a server reads per second; with fewer, the share of hits does not count. */
    readBlocks: 1000,
    /** Growth of a database within a day, as a share of its size. */
    growthShare: 0.5,
    /** Growth of a database within a day, in bytes; less does not count. */
    growthBytes: 10 * 1024 ** 3,
  },
  rules: (limits) => ({
    alerts: [
      {
        alert: 'PostgresDown',
        expr: `${of('pg_up')} == 0`,
        for: '5m',
        severity: 'critical',
        summary: 'PostgreSQL server {{ $labels.server }} is down.',
        description:
          'The exporter cannot connect to PostgreSQL server {{ $labels.server }}: the server does not answer, its certificate is not valid, or it rejects the exporter.',
      },
      {
        alert: 'PostgresCollectorFailing',
        expr: `${of('pg_scrape_collector_success', ', collector')} == 0 and on (job, server) ${of('pg_up')} == 1`,
        for: '15m',
        severity: 'warning',
        summary:
          'The exporter of PostgreSQL server {{ $labels.server }} cannot collect {{ $labels.collector }}.',
        description:
          'The collector {{ $labels.collector }} of the exporter of PostgreSQL server {{ $labels.server }} fails. Alerts and panels that need its metrics have no data.',
      },
      {
        alert: 'PostgresConnectionsExhausted',
        expr: `${connections} > 0.95`,
        for: '5m',
        severity: 'critical',
        subject: 'postgres-connections',
        summary: 'PostgreSQL server {{ $labels.server }} has almost no free connection.',
        description:
          'PostgreSQL server {{ $labels.server }} uses {{ $value | humanizePercentage }} of the connections that users can have. At 100 %, it rejects new ones.',
      },
      {
        alert: 'PostgresConnectionsNearLimit',
        expr: `${connections} > ${limits.connectionShare}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'postgres-connections',
        summary: 'PostgreSQL server {{ $labels.server }} is close to its limit of connections.',
        description:
          'PostgreSQL server {{ $labels.server }} uses {{ $value | humanizePercentage }} of the connections that users can have.',
      },
      {
        alert: 'PostgresTransactionLong',
        expr: `${of('pg_stat_activity_max_tx_duration{backend_type="client backend", state!~"idle in transaction.*"}', ', datname')} > ${limits.transactionSeconds}`,
        for: '5m',
        severity: 'warning',
        summary:
          'A transaction in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} is long.',
        description:
          'A transaction in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} has run for {{ $value | humanizeDuration }}. Until it ends, VACUUM can remove no row that was deleted since its start.',
      },
      {
        alert: 'PostgresIdleInTransaction',
        expr: `${of('pg_stat_activity_max_tx_duration{state=~"idle in transaction.*"}', ', datname')} > ${limits.idleSeconds}`,
        for: '5m',
        severity: 'warning',
        summary:
          'A session in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} is idle in a transaction.',
        description:
          'A client in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} began a transaction {{ $value | humanizeDuration }} ago, and neither uses nor ends it. It keeps its locks, and VACUUM can remove no row that was deleted since.',
      },
      {
        alert: 'PostgresLockWaits',
        expr: `${sum('pg_stat_activity_count{wait_event_type="Lock"}', ', datname')} >= ${limits.lockWaiters}`,
        for: '5m',
        severity: 'warning',
        summary:
          'Sessions in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} wait for locks.',
        description:
          '{{ $value }} sessions in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} wait for a lock that another session has.',
      },
      {
        alert: 'PostgresDeadlocks',
        expr: `sum by (job, server, datname) (increase(pg_stat_database_deadlocks[15m])) > ${limits.deadlocks}`,
        severity: 'warning',
        summary:
          'Deadlocks in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }}.',
        description:
          'There were {{ printf "%.0f" $value }} deadlocks in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} in 15 minutes. Each ends a transaction with an error.',
      },
      {
        alert: 'PostgresReplicationLagging',
        // Some replicas are behind on purpose.
        expr: `${of('pg_replication_lag_seconds')} - ${of('pg_settings_recovery_min_apply_delay_seconds')} > ${limits.lagSeconds} and on (job, server) pg_replication_is_replica == 1`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'PostgreSQL replica {{ $labels.server }} is behind its primary.',
        description:
          'PostgreSQL replica {{ $labels.server }} has not replayed what it received, and is {{ $value | humanizeDuration }} behind its primary.',
      },
      {
        alert: 'PostgresReplicaLost',
        // A replica that receives nothing reports no lag, so that its primary has to report it.
        expr: `max_over_time(${replicas}[6h:5m]) - ${replicas} > 0 ${onPrimary}`,
        for: '15m',
        severity: 'warning',
        summary: 'PostgreSQL primary {{ $labels.server }} has lost a replica.',
        description:
          'Replicas that PostgreSQL primary {{ $labels.server }} had in the last six hours, and that receive nothing: {{ $value }}. Their data is out of date.',
      },
      {
        alert: 'PostgresSlotKeepsLog',
        expr: `${of('pg_replication_slots_pg_wal_lsn_diff', ', slot_name')} > ${limits.slotBytes} and on (job, server, slot_name) pg_replication_slots_active == 0`,
        for: '10m',
        severity: 'warning',
        summary:
          'Replication slot {{ $labels.slot_name }} of PostgreSQL server {{ $labels.server }} keeps write-ahead log.',
        description:
          'Replication slot {{ $labels.slot_name }} of PostgreSQL server {{ $labels.server }} has no client, and keeps {{ $value | humanize1024 }}B of write-ahead log for it, until the disk is full.',
      },
      {
        alert: 'PostgresArchivingFailing',
        expr: `${sum('rate(pg_stat_archiver_failed_count[10m])')} > 0 unless on (job, server) ${sum('rate(pg_stat_archiver_archived_count[10m])')} > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'PostgreSQL server {{ $labels.server }} cannot archive its write-ahead log.',
        description:
          'Every attempt of PostgreSQL server {{ $labels.server }} to archive its write-ahead log fails. It keeps the log until the disk is full, and a backup cannot be restored to a later time.',
      },
      {
        alert: 'PostgresDeadRows',
        expr: `${of('pg_stat_user_tables_n_dead_tup', ', datname, schemaname, relname')} > ${limits.deadRowFactor} * ${vacuumStart} > ${limits.deadRows}`,
        for: '1h',
        severity: 'warning',
        summary:
          'Autovacuum does not keep up with table {{ $labels.relname }} of PostgreSQL server {{ $labels.server }}.',
        description:
          'Table {{ $labels.schemaname }}.{{ $labels.relname }} in database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} has {{ $value | humanize }} dead rows, several times the number at which autovacuum starts. Its size grows, and queries of it become slower.',
      },
      {
        alert: 'PostgresIdsAlmostUsedUp',
        expr: `${usedIds} > 0.85 ${onPrimary}`,
        for: '5m',
        severity: 'critical',
        subject: 'postgres-ids',
        summary:
          'PostgreSQL server {{ $labels.server }} stops soon: no {{ $labels.ids }} in database {{ $labels.datname }}.',
        description:
          'Database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} has used {{ $value | humanizePercentage }} of its {{ $labels.ids }} since its rows were last frozen. At 100 %, the server refuses all writes.',
      },
      {
        alert: 'PostgresIdsNotFrozen',
        expr: `${usedIds} > ${limits.idShare} ${onPrimary}`,
        for: '1h',
        severity: 'warning',
        subject: 'postgres-ids',
        summary:
          'VACUUM does not free the {{ $labels.ids }} of database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }}.',
        description:
          'Database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} has used {{ $value | humanizePercentage }} of its {{ $labels.ids }} since its rows were last frozen. Autovacuum should have frozen them long ago.',
      },
      {
        alert: 'PostgresCacheMisses',
        expr: `${reads('pg_stat_database_blks_hit')} / (${reads('pg_stat_database_blks_hit')} + ${reads('pg_stat_database_blks_read')}) < ${limits.cacheHitShare} and ${reads('pg_stat_database_blks_read')} > ${limits.readBlocks}`,
        for: '1h',
        severity: 'warning',
        summary:
          'Few reads of database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} hit the cache.',
        description:
          'Only {{ $value | humanizePercentage }} of the blocks that queries of database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} read are in its cache.',
      },
      {
        alert: 'PostgresDatabaseGrows',
        expr: `${size()} - ${size(' offset 1d')} > ${limits.growthBytes} and ${size()} > ${1 + limits.growthShare} * ${size(' offset 1d')} ${onPrimary}`,
        for: '1h',
        severity: 'warning',
        summary:
          'Database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} grows fast.',
        description:
          'Database {{ $labels.datname }} of PostgreSQL server {{ $labels.server }} has grown by {{ $value | humanize1024 }}B within a day.',
      },
    ],
  }),
});
