import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const all = 'job="prometheus", cluster=~"$cluster"';
const here = `${all}, pod=~"$pod"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const inAnHour = (metric: string) => `round(sum(increase(${metric}{${here}}[1h])))`;
/** Rule groups by name: the label also has the path of the file. */
const byGroup = (how: string, series: string) =>
  `${how} by (group) (label_replace(${series}, "group", "$1", "rule_group", ".*;(.+)"))`;
/** Alertmanagers by host: the label is the whole URL. */
const byAlertmanager = (metric: string) =>
  `sum by (host) (label_replace(${rate(metric)}, "host", "$1", "alertmanager", "https?://([^/]+)/.*"))`;

export default dashboard({
  title: 'Prometheus',
  description: 'Scraping, storage, rules, queries and resource usage of each Prometheus replica.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['stack-health', 'alertmanager', 'alert-history'],
  variables: [cluster, labelVariable('pod', `prometheus_build_info{${all}}`)],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Configuration reload',
          description:
            'Result of the last reload. Bad: failed. Prometheus then uses its previous configuration.',
          unit: 'short',
          states: { 1: ['successful', 'good'], 0: ['failed', 'critical'] },
          queries: `min(prometheus_config_last_reload_successful{${here}})`,
        }),
        stat({
          title: 'Active series',
          description:
            'Series in the head block: the maximum over the replicas. Each takes about 8 KiB of memory.',
          unit: 'short',
          queries: `max(prometheus_tsdb_head_series{${here}})`,
        }),
        stat({
          title: 'Ingested samples',
          description: 'Samples per second of all replicas. Bad: a drop, when targets disappear.',
          unit: 'cps',
          queries: `sum(${rate('prometheus_tsdb_head_samples_appended_total')})`,
        }),
        stat({
          title: 'Memory',
          description:
            'Resident memory: the maximum over the replicas. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: `max(process_resident_memory_bytes{${here}})`,
        }),
        stat({
          title: 'Oldest sample',
          description:
            'Age of the oldest stored sample. Bad: less than the retention, after that time.',
          unit: 's',
          queries: `time() - min(prometheus_tsdb_lowest_timestamp_seconds{${here}})`,
        }),
      ],
    },
    {
      title: 'Scraping',
      panels: [
        timeSeries({
          title: 'Targets by job',
          description: 'Discovered targets of each scrape job. Bad: a job that loses targets.',
          unit: 'short',
          softMax: 4,
          queries: {
            '{{scrape_job}}': `max by (scrape_job) (prometheus_target_scrape_pool_targets{${here}})`,
          },
        }),
        timeSeries({
          title: 'Rejected samples and scrapes',
          description:
            'Scraped samples that are not stored. Bad: any: two targets expose the same series, or a scrape is over its sample limit.',
          unit: 'cps',
          queries: {
            'out of order': `sum(${rate('prometheus_target_scrapes_sample_out_of_order_total')})`,
            duplicate: `sum(${rate('prometheus_target_scrapes_sample_duplicate_timestamp_total')})`,
            'out of bounds': `sum(${rate('prometheus_target_scrapes_sample_out_of_bounds_total')})`,
            'scrapes over the limit': `sum(${rate('prometheus_target_scrapes_exceeded_sample_limit_total')})`,
          },
        }),
        timeSeries({
          title: 'Service discovery events',
          description: 'Changes that the Kubernetes API reports, by role. Bad: failures.',
          unit: 'cps',
          queries: {
            '{{role}}': `sum by (role) (${rate('prometheus_sd_kubernetes_events_total')})`,
            failures: `sum(${rate('prometheus_sd_kubernetes_failures_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Storage',
      panels: [
        timeSeries({
          title: 'Active series by replica',
          width: 12,
          description: 'Series in the head block. Bad: constant growth.',
          unit: 'short',
          queries: { '{{pod}}': `max by (pod) (prometheus_tsdb_head_series{${here}})` },
        }),
        timeSeries({
          title: 'Series churn',
          width: 12,
          description:
            'Series that are created and removed per second. Bad: thousands, which means labels that change.',
          unit: 'cps',
          queries: {
            created: `sum(${rate('prometheus_tsdb_head_series_created_total')})`,
            removed: `sum(${rate('prometheus_tsdb_head_series_removed_total')})`,
          },
        }),
        timeSeries({
          title: 'Disk usage by replica',
          width: 12,
          description:
            'Blocks, write-ahead log, and the size at which the oldest blocks are deleted. Bad: at this limit before the retention time.',
          unit: 'bytes',
          queries: {
            '{{pod}} blocks': `max by (pod) (prometheus_tsdb_storage_blocks_bytes{${here}})`,
            '{{pod}} log': `max by (pod) (prometheus_tsdb_wal_storage_size_bytes{${here}})`,
            limit: `max(prometheus_tsdb_retention_limit_bytes{${here}} > 0)`,
          },
        }),
        timeSeries({
          title: 'Storage failures (1 h)',
          width: 12,
          description:
            'Failed compactions, truncations and reloads, and corrupt log records, in the last hour. Bad: any.',
          unit: 'short',
          softMax: 4,
          queries: {
            compactions: inAnHour('prometheus_tsdb_compactions_failed_total'),
            truncations: inAnHour('prometheus_tsdb_wal_truncations_failed_total'),
            reloads: inAnHour('prometheus_tsdb_reloads_failures_total'),
            'log corruptions': inAnHour('prometheus_tsdb_wal_corruptions_total'),
          },
        }),
      ],
    },
    {
      title: 'Rules and notifications',
      panels: [
        table({
          title: 'Rule groups',
          description:
            'Last duration as a share of the evaluation interval, failures and missed evaluations. Bad: red cells.',
          width: 14,
          height: 10,
          labels: { group: 'Rule group' },
          columns: {
            'Used interval': {
              ...usedShare,
              decimals: 2,
              query: byGroup(
                'max',
                `prometheus_rule_group_last_duration_seconds{${here}} / prometheus_rule_group_interval_seconds{${here}}`,
              ),
            },
            Rules: {
              ...count,
              query: byGroup('max', `prometheus_rule_group_rules{${here}}`),
            },
            'Failures (1 h)': {
              ...count,
              thresholds: { critical: 1 },
              query: `round(${byGroup('sum', `increase(prometheus_rule_evaluation_failures_total{${here}}[1h])`)})`,
            },
            'Missed (1 h)': {
              ...count,
              thresholds: { critical: 1 },
              query: `round(${byGroup('sum', `increase(prometheus_rule_group_iterations_missed_total{${here}}[1h])`)})`,
            },
          },
        }),
        timeSeries({
          title: 'Alerts sent to Alertmanager',
          needs: ['configured:alertmanager'],
          description: 'Alerts per second by Alertmanager. Bad: errors or dropped alerts.',
          unit: 'cps',
          width: 10,
          height: 10,
          queries: {
            '{{host}} sent': byAlertmanager('prometheus_notifications_sent_total'),
            '{{host}} errors': byAlertmanager('prometheus_notifications_errors_total'),
            '{{host}} dropped': byAlertmanager('prometheus_notifications_dropped_total'),
          },
        }),
      ],
    },
    {
      title: 'Queries and process',
      panels: [
        timeSeries({
          title: 'Concurrent queries',
          width: 12,
          description: 'Queries that run, and their limit. Bad: at the limit: other queries wait.',
          unit: 'short',
          softMax: 4,
          queries: {
            '{{pod}}': `max by (pod) (prometheus_engine_queries{${here}})`,
            limit: `max(prometheus_engine_queries_concurrent_max{${here}})`,
          },
        }),
        timeSeries({
          title: '90th percentile of query durations',
          width: 12,
          description:
            'By stage, of queries and rule evaluations in the last 10 minutes: the maximum over the replicas. Bad: above 1 s.',
          unit: 's',
          empty: 'no queries in this time range',
          queries: {
            // A summary: the first bucket of the histogram, 10 ms, contains almost all evaluations.
            '{{slice}}': `max by (slice) (prometheus_engine_query_duration_seconds{${here}, quantile="0.9"} > 0)`,
          },
        }),
        timeSeries({
          title: 'Memory by replica',
          width: 12,
          description:
            'Resident memory, with a peak every two hours. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU usage by replica',
          width: 12,
          description: 'CPU cores in use. Bad: constantly at the same high value.',
          ...cores,
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
    {
      title: 'Remote write',
      needs: ['configured:remote-write'],
      panels: [
        timeSeries({
          title: 'Remote write delay',
          description:
            'Time between the newest stored and the newest sent sample, by endpoint. Bad: minutes, and growing.',
          unit: 's',
          queries: {
            '{{remote_name}}': `max by (remote_name) (prometheus_remote_storage_queue_highest_timestamp_seconds{${here}} - prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${here}})`,
          },
        }),
        timeSeries({
          title: 'Samples of remote write',
          description: 'Sent, failed and retried samples. Bad: failed samples, which are lost.',
          unit: 'cps',
          queries: {
            '{{remote_name}} sent': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_total')})`,
            '{{remote_name}} failed': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_failed_total')})`,
            '{{remote_name}} retried': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_retried_total')})`,
          },
        }),
        timeSeries({
          title: 'Shards of remote write',
          description:
            'Parallel senders: running, desired and allowed. Bad: desired above the maximum.',
          unit: 'short',
          softMax: 4,
          queries: {
            '{{remote_name}} running': `max by (remote_name) (prometheus_remote_storage_shards{${here}})`,
            '{{remote_name}} desired': `max by (remote_name) (prometheus_remote_storage_shards_desired{${here}})`,
            '{{remote_name}} maximum': `max by (remote_name) (prometheus_remote_storage_shards_max{${here}})`,
          },
        }),
      ],
    },
  ],
});
