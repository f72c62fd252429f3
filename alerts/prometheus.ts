import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="prometheus"';

/** Counters of what a scrape is cut off by; `increase` tells how many scrapes were. */
const limits = [
  'prometheus_target_scrape_pool_exceeded_target_limit_total',
  'prometheus_target_scrape_pool_exceeded_label_limits_total',
  'prometheus_target_scrapes_exceeded_sample_limit_total',
  'prometheus_target_scrapes_exceeded_body_size_limit_total',
  'prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total',
];
const rejections = [
  'prometheus_target_scrapes_sample_duplicate_timestamp_total',
  'prometheus_target_scrapes_sample_out_of_order_total',
  'prometheus_target_scrapes_sample_out_of_bounds_total',
];
const storageFailures = [
  'prometheus_tsdb_compactions_failed_total',
  'prometheus_tsdb_reloads_failures_total',
  'prometheus_tsdb_head_truncations_failed_total',
  'prometheus_tsdb_wal_truncations_failed_total',
  'prometheus_tsdb_wal_corruptions_total',
];
const increased = (counters: readonly string[], range: string): string =>
  counters
    // Of the others, those of the same target are added.
    .map((counter, index) => `increase(${counter}${index === 0 ? `{${own}}` : ''}[${range}])`)
    .join(' + ');

export default alertGroup({
  needs: ['prometheus'],
  dashboard: 'prometheus',
  thresholds: { notificationErrorShare: 0.05, remoteWriteLag: 120, queryConcurrencyShare: 0.8 },
  rules: ({ notificationErrorShare, remoteWriteLag, queryConcurrencyShare }) => ({
    alerts: [
      {
        alert: 'PrometheusConfigNotLoaded',
        expr: `prometheus_config_last_reload_successful{${own}} == 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot load its configuration.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} goes on with the configuration that it had before: new targets and rules are missing.',
      },
      {
        alert: 'PrometheusDiscoveryFailing',
        expr: `rate(prometheus_sd_kubernetes_failures_total{${own}}[5m]) > 0.01`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot ask the Kubernetes API for targets.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} fails {{ printf "%.2f" $value }} times a second to list or watch: its targets are out of date.',
      },
      {
        alert: 'PrometheusTargetsInvalid',
        expr: `increase(prometheus_target_sync_failed_total{${own}}[30m]) > 0`,
        for: '5m',
        severity: 'warning',
        summary:
          'Prometheus {{ $labels.pod }} drops targets of {{ $labels.scrape_job }} as invalid.',
        description:
          'About {{ printf "%.0f" $value }} times in half an hour targets of {{ $labels.scrape_job }} could not be made of what was discovered.',
      },
      {
        alert: 'PrometheusScrapesCutOff',
        expr: `${increased(limits, '15m')} > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} discards scrapes that exceed a limit.',
        description:
          'About {{ printf "%.0f" $value }} scrapes in 15 minutes exceeded a limit of targets, labels, samples, bytes or buckets, and were discarded.',
      },
      {
        alert: 'PrometheusSamplesRejected',
        expr: `${increased(rejections, '10m')} > 5`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} rejects samples by their timestamps.',
        description:
          'About {{ printf "%.0f" $value }} samples in ten minutes were duplicates, out of order or out of bounds: two targets tell the same series, or a clock is wrong.',
      },
      {
        alert: 'PrometheusNotIngesting',
        expr: `sum without (type) (rate(prometheus_tsdb_head_samples_appended_total{${own}}[5m])) < 0.1`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-storage',
        summary: 'Prometheus {{ $labels.pod }} stores no samples.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} stores {{ printf "%.2f" $value }} samples a second: it is blind.',
      },
      {
        alert: 'PrometheusStorageFailing',
        expr: `${increased(storageFailures, '3h')} > 0`,
        for: '10m',
        severity: 'warning',
        subject: 'prometheus-storage',
        summary: 'The database of Prometheus {{ $labels.pod }} fails.',
        description:
          'About {{ printf "%.0f" $value }} compactions, reloads or truncations failed in three hours, or the write-ahead log is corrupt.',
      },
      {
        alert: 'PrometheusRuleFailing',
        expr: `increase(prometheus_rule_evaluation_failures_total{${own}}[5m]) > 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot evaluate rules.',
        description:
          'About {{ printf "%.0f" $value }} evaluations failed in five minutes in {{ $labels.rule_group }}: its alerts cannot fire.',
      },
      {
        alert: 'PrometheusRulesLate',
        expr: `increase(prometheus_rule_group_iterations_missed_total{${own}}[15m]) > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} skips evaluations of rules.',
        description:
          'About {{ printf "%.0f" $value }} evaluations of {{ $labels.rule_group }} were skipped in 15 minutes, since the one before took too long.',
      },
      {
        alert: 'PrometheusQueriesQueued',
        expr: `avg_over_time(prometheus_engine_queries{${own}}[15m]) / prometheus_engine_queries_concurrent_max > ${queryConcurrencyShare}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Queries wait in Prometheus {{ $labels.pod }}.',
        description:
          '{{ $value | humanizePercentage }} of the queries that may run at a time do so: dashboards and rules wait.',
      },
      {
        alert: 'PrometheusWithoutAlertmanager',
        expr: `prometheus_notifications_alertmanagers_discovered{${own}} < 1`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-notifications',
        needs: ['alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} finds no Alertmanager.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} finds {{ $value }} Alertmanagers: its alerts reach nobody.',
      },
      {
        alert: 'PrometheusAlertsNotDelivered',
        expr: `min without (alertmanager) (rate(prometheus_notifications_errors_total{${own}}[5m]) / rate(prometheus_notifications_sent_total[5m])) > 0.5`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-notifications',
        needs: ['alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} delivers its alerts to no Alertmanager.',
        description:
          'Even the Alertmanager that takes most refuses {{ $value | humanizePercentage }} of the alerts of {{ $labels.namespace }}/{{ $labels.pod }}.',
      },
      {
        alert: 'PrometheusAlertsDeliveredInPart',
        expr: `rate(prometheus_notifications_errors_total{${own}}[5m]) / rate(prometheus_notifications_sent_total[5m]) > ${notificationErrorShare}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'prometheus-notifications',
        needs: ['alertmanager'],
        summary: 'An Alertmanager refuses alerts of Prometheus {{ $labels.pod }}.',
        description:
          '{{ $labels.alertmanager }} does not take {{ $value | humanizePercentage }} of the alerts of {{ $labels.namespace }}/{{ $labels.pod }}.',
      },
      {
        alert: 'PrometheusAlertsDropped',
        expr: `increase(prometheus_notifications_dropped_total{${own}}[10m]) > 0`,
        for: '5m',
        severity: 'warning',
        subject: 'prometheus-notifications',
        needs: ['alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} drops alerts.',
        description:
          'About {{ printf "%.0f" $value }} notifications to {{ $labels.alertmanager }} were dropped in ten minutes, since its queue is full or sending failed.',
      },
      {
        alert: 'PrometheusRemoteWriteFailing',
        expr: `rate(prometheus_remote_storage_samples_failed_total{${own}}[5m]) / (rate(prometheus_remote_storage_samples_failed_total[5m]) + rate(prometheus_remote_storage_samples_total[5m])) > 0.01`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'remote-write',
        summary:
          'Prometheus {{ $labels.pod }} loses samples on the way to {{ $labels.remote_name }}.',
        description:
          '{{ $labels.remote_name }} refuses {{ $value | humanizePercentage }} of the samples for good.',
      },
      {
        alert: 'PrometheusRemoteWriteBehind',
        expr: `prometheus_remote_storage_queue_highest_timestamp_seconds{${own}} - prometheus_remote_storage_queue_highest_sent_timestamp_seconds > ${remoteWriteLag}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'remote-write',
        summary: 'Prometheus {{ $labels.pod }} is behind in writing to {{ $labels.remote_name }}.',
        description:
          '{{ $labels.remote_name }} gets samples {{ $value | humanizeDuration }} late; what does not get there in two hours is lost.',
      },
    ],
  }),
});
