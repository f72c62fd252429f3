import {
  cluster,
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

export default dashboard({
  title: 'Prometheus',
  description: 'Each replica: what it takes in, holds and answers, and what it costs.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['stack-health', 'alertmanager', 'alert-history'],
  variables: [cluster, labelVariable('pod', `prometheus_build_info{${all}}`)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Configuration',
          description: 'Whether the last reload succeeded. Bad: it runs on an older one.',
          unit: 'short',
          states: { 1: ['loaded', 'good'], 0: ['refused', 'critical'] },
          queries: `min(prometheus_config_last_reload_successful{${here}})`,
        }),
        stat({
          title: 'Series in memory',
          description: 'Of the largest replica. About 8 KiB of memory each.',
          unit: 'short',
          queries: `max(prometheus_tsdb_head_series{${here}})`,
        }),
        stat({
          title: 'Samples a second',
          description: 'Of all replicas. Bad: a fall, when targets go missing.',
          unit: 'cps',
          queries: `sum(${rate('prometheus_tsdb_head_samples_appended_total')})`,
        }),
        stat({
          title: 'Memory',
          description: 'Resident memory of the largest replica. Bad: close to its limit.',
          unit: 'bytes',
          queries: `max(process_resident_memory_bytes{${here}})`,
        }),
        stat({
          title: 'History',
          description: 'How far back the data reach. Bad: less than the retention, when long up.',
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
          description: 'What is scraped. Bad: a job that loses targets.',
          unit: 'short',
          queries: {
            '{{scrape_job}}': `max by (scrape_job) (prometheus_target_scrape_pool_targets{${here}})`,
          },
        }),
        timeSeries({
          title: 'Samples that are not taken',
          description:
            'Scraped, and refused. Bad: any: two targets tell the same, or a limit is hit.',
          unit: 'cps',
          queries: {
            'out of order': `sum(${rate('prometheus_target_scrapes_sample_out_of_order_total')})`,
            duplicate: `sum(${rate('prometheus_target_scrapes_sample_duplicate_timestamp_total')})`,
            'out of bounds': `sum(${rate('prometheus_target_scrapes_sample_out_of_bounds_total')})`,
            'scrapes over the limit': `sum(${rate('prometheus_target_scrapes_exceeded_sample_limit_total')})`,
          },
        }),
        timeSeries({
          title: 'Discovery',
          description: 'What was heard of the Kubernetes API, and failures. Bad: failures.',
          unit: 'cps',
          queries: {
            '{{role}} {{event}}': `sum by (role, event) (${rate('prometheus_sd_kubernetes_events_total')})`,
            failures: `sum(${rate('prometheus_sd_kubernetes_failures_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Storage',
      panels: [
        timeSeries({
          title: 'Series',
          description: 'Of the head block. Bad: a staircase upwards.',
          unit: 'short',
          queries: { '{{pod}}': `max by (pod) (prometheus_tsdb_head_series{${here}})` },
        }),
        timeSeries({
          title: 'Series that come and go',
          description: 'Created and removed a second. Bad: thousands: labels that change.',
          unit: 'cps',
          queries: {
            created: `sum(${rate('prometheus_tsdb_head_series_created_total')})`,
            removed: `sum(${rate('prometheus_tsdb_head_series_removed_total')})`,
          },
        }),
        timeSeries({
          title: 'On disk',
          description: 'Blocks and the write-ahead log. Bad: at the limit of the volume.',
          unit: 'bytes',
          queries: {
            '{{pod}} blocks': `max by (pod) (prometheus_tsdb_storage_blocks_bytes{${here}})`,
            '{{pod}} log': `max by (pod) (prometheus_tsdb_wal_storage_size_bytes{${here}})`,
          },
        }),
        timeSeries({
          title: 'Failures of the storage',
          description: 'Compactions, truncations and reloads that failed, in an hour. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: {
            compactions: `sum(increase(prometheus_tsdb_compactions_failed_total{${here}}[1h]))`,
            truncations: `sum(increase(prometheus_tsdb_wal_truncations_failed_total{${here}}[1h]))`,
            reloads: `sum(increase(prometheus_tsdb_reloads_failures_total{${here}}[1h]))`,
            'log corruptions': `sum(increase(prometheus_tsdb_wal_corruptions_total{${here}}[1h]))`,
          },
        }),
      ],
    },
    {
      title: 'Rules and notifications',
      panels: [
        table({
          title: 'Rule groups',
          description: 'How long each takes of its interval, and whether it fails. Bad: red.',
          width: 12,
          labels: { rule_group: 'Group' },
          columns: {
            'Of its interval': {
              ...usedShare,
              query: `max by (rule_group) (prometheus_rule_group_last_duration_seconds{${here}} / prometheus_rule_group_interval_seconds{${here}})`,
            },
            Rules: {
              unit: 'short',
              query: `max by (rule_group) (prometheus_rule_group_rules{${here}})`,
            },
            'Failures in an hour': {
              unit: 'short',
              decimals: 0,
              thresholds: { critical: 1 },
              query: `sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total{${here}}[1h]))`,
            },
            'Missed in an hour': {
              unit: 'short',
              decimals: 0,
              thresholds: { critical: 1 },
              query: `sum by (rule_group) (increase(prometheus_rule_group_iterations_missed_total{${here}}[1h]))`,
            },
          },
        }),
        timeSeries({
          title: 'Notifications',
          description: 'To each Alertmanager. Bad: errors or drops.',
          unit: 'cps',
          width: 12,
          queries: {
            '{{alertmanager}} sent': `sum by (alertmanager) (${rate('prometheus_notifications_sent_total')})`,
            '{{alertmanager}} errors': `sum by (alertmanager) (${rate('prometheus_notifications_errors_total')})`,
            '{{alertmanager}} dropped': `sum by (alertmanager) (${rate('prometheus_notifications_dropped_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Queries and process',
      panels: [
        timeSeries({
          title: 'Queries in flight',
          description: 'Bad: at the limit: others wait.',
          unit: 'short',
          queries: {
            '{{pod}}': `max by (pod) (prometheus_engine_queries{${here}})`,
            limit: `max(prometheus_engine_queries_concurrent_max{${here}})`,
          },
        }),
        timeSeries({
          title: 'Time of queries',
          description: '90 of 100 evaluations are faster, by stage. Bad: seconds.',
          unit: 's',
          queries: {
            '{{slice}}': `histogram_quantile(0.9, sum by (le, slice) (${rate('prometheus_engine_query_duration_histogram_seconds_bucket')}))`,
          },
        }),
        timeSeries({
          title: 'Memory',
          description: 'Resident memory. Bad: close to the limit; it peaks every two hours.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores in use. Bad: a plateau.',
          unit: 'short',
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
    {
      title: 'Remote write',
      collapsed: true,
      panels: [
        timeSeries({
          title: 'Behind',
          description: 'Age of the newest sample that was sent. Bad: minutes, and growing.',
          unit: 's',
          queries: {
            '{{remote_name}}': `max by (remote_name) (prometheus_remote_storage_queue_highest_timestamp_seconds{${here}} - prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${here}})`,
          },
        }),
        timeSeries({
          title: 'Samples',
          description: 'Sent, failed and sent again. Bad: failed: they are lost.',
          unit: 'cps',
          queries: {
            '{{remote_name}} sent': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_total')})`,
            '{{remote_name}} failed': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_failed_total')})`,
            '{{remote_name}} again': `sum by (remote_name) (${rate('prometheus_remote_storage_samples_retried_total')})`,
          },
        }),
        timeSeries({
          title: 'Shards',
          description: 'Connections in use and wanted. Bad: wanted above the maximum.',
          unit: 'short',
          queries: {
            '{{remote_name}} in use': `max by (remote_name) (prometheus_remote_storage_shards{${here}})`,
            '{{remote_name}} wanted': `max by (remote_name) (prometheus_remote_storage_shards_desired{${here}})`,
            '{{remote_name}} maximum': `max by (remote_name) (prometheus_remote_storage_shards_max{${here}})`,
          },
        }),
      ],
    },
  ],
});
