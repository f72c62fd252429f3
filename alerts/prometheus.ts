import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="prometheus"';

/** Counters of the scrapes that exceeded a limit. */
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
    // The sum includes the other counters of the target.
    .map((counter, index) => `increase(${counter}${index === 0 ? `{${own}}` : ''}[${range}])`)
    .join(' + ');

export default alertGroup({
  adaptRanges: true,
  needs: ['prometheus'],
  dashboard: 'prometheus',
  thresholds: {
    notificationErrorShare: 0.05,
    /** In seconds. */
    remoteWriteLag: 120,
    queryConcurrencyShare: 0.8,
    /** Series in memory, as a multiple of their number 6 hours ago. */
    seriesGrowth: 1.5,
    /** Minimum growth in series: about 400 MB of memory. */
    seriesAdded: 50_000,
  },
  rules: ({
    notificationErrorShare,
    remoteWriteLag,
    queryConcurrencyShare,
    seriesGrowth,
    seriesAdded,
  }) => ({
    alerts: [
      {
        alert: 'PrometheusConfigNotLoaded',
        // A range of five minutes, so that a failed scrape does not restart `for`.
        expr: `max_over_time(prometheus_config_last_reload_successful{${own}}[5m]) == 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot load its configuration.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} still uses its previous configuration. New targets and rules have no effect.',
      },
      {
        alert: 'PrometheusDiscoveryFailing',
        expr: `rate(prometheus_sd_kubernetes_failures_total{${own}}[5m]) > 0.01`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot discover targets through the Kubernetes API.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} has {{ printf "%.2f" $value }} failed list or watch requests per second. Its targets are out of date.',
      },
      {
        alert: 'PrometheusTargetsInvalid',
        // Prometheus creates the series of a job at the first discovery, with its failures.
        expr: `increase(prometheus_target_sync_failed_total{${own}}[30m]) > 0 or (prometheus_target_sync_failed_total{${own}} unless prometheus_target_sync_failed_total offset 30m) > 0`,
        for: '5m',
        severity: 'warning',
        summary:
          'Prometheus {{ $labels.pod }} rejects targets of {{ $labels.scrape_job }} as invalid.',
        description:
          'Relabelling in {{ $labels.scrape_job }} produces invalid targets from what Prometheus {{ $labels.namespace }}/{{ $labels.pod }} discovers. Prometheus does not scrape them.',
      },
      {
        alert: 'PrometheusScrapesCutOff',
        expr: `${increased(limits, '15m')} > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} discards scrapes that exceed a limit.',
        description:
          'About {{ printf "%.0f" $value }} scrapes in 15 minutes exceeded a limit of targets, labels, samples, bytes or histogram buckets. Prometheus discarded them.',
      },
      {
        alert: 'PrometheusSamplesRejected',
        expr: `${increased(rejections, '10m')} > 5`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} rejects samples because of their timestamps.',
        description:
          'About {{ printf "%.0f" $value }} samples in 10 minutes were duplicates, out of order or out of bounds: two targets expose the same series, or a clock is wrong.',
      },
      {
        alert: 'PrometheusNotIngesting',
        expr: `sum without (type) (rate(prometheus_tsdb_head_samples_appended_total{${own}}[5m])) < 0.1`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-storage',
        summary: 'Prometheus {{ $labels.pod }} stores no samples.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} stores {{ printf "%.2f" $value }} samples per second. Its alerts cannot fire.',
      },
      {
        alert: 'PrometheusMetricsMissing',
        // A Prometheus that cannot write has no metrics about that.
        expr: `label_replace(absent(up{${own}} == 1), "job", "prometheus", "", "")`,
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus stores no metrics about itself.',
        description:
          'For 10 minutes, Prometheus has stored no metrics about itself: it cannot write to its volume, cannot discover its targets, or cannot scrape itself. Alerts about it cannot fire, and probably no others.',
      },
      {
        alert: 'PrometheusStorageFailing',
        // Prometheus counts a corruption at startup, before the first sample of the counter.
        expr: `${increased(storageFailures, '3h')} > 0 or (prometheus_tsdb_wal_corruptions_total{${own}} unless prometheus_tsdb_wal_corruptions_total offset 3h) > 0`,
        for: '10m',
        severity: 'warning',
        subject: 'prometheus-storage',
        summary: 'The database of Prometheus {{ $labels.pod }} has errors.',
        description:
          '{{ $value | humanize }} compactions, reloads or truncations of Prometheus {{ $labels.namespace }}/{{ $labels.pod }} failed in 3 hours, or its write-ahead log was corrupt.',
      },
      {
        alert: 'PrometheusSeriesGrowFast',
        // By pod, so that a restart with another address does not hide the growth; over an hour, so
        // that the first minutes after a restart do not count as few series.
        expr: `max by (namespace, pod) (prometheus_tsdb_head_series{${own}}) > ${seriesGrowth} * max by (namespace, pod) (max_over_time(prometheus_tsdb_head_series{${own}}[1h] offset 6h)) and max by (namespace, pod) (prometheus_tsdb_head_series{${own}}) - max by (namespace, pod) (max_over_time(prometheus_tsdb_head_series{${own}}[1h] offset 6h)) > ${seriesAdded}`,
        for: '30m',
        keepFiringFor: '30m',
        severity: 'warning',
        summary: 'The series of Prometheus {{ $labels.pod }} grow fast.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} has {{ $value | humanize }} series in memory, much more than 6 hours ago. It can run out of memory.',
      },
      {
        alert: 'PrometheusRuleFailing',
        // A warning: only the failing rule has no result, and in most cases it is a user's own rule.
        // The range also covers groups that are evaluated every few minutes.
        expr: `increase(prometheus_rule_evaluation_failures_total{${own}}[15m]) > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} cannot evaluate rules.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} cannot evaluate some rules of {{ $labels.rule_group }}. Alerts of these rules cannot fire.',
      },
      {
        alert: 'PrometheusRulesLate',
        expr: `increase(prometheus_rule_group_iterations_missed_total{${own}}[15m]) > 0`,
        for: '15m',
        severity: 'warning',
        summary: 'Prometheus {{ $labels.pod }} skips rule evaluations.',
        description:
          'About {{ printf "%.0f" $value }} evaluations of {{ $labels.rule_group }} were skipped in 15 minutes, because the previous one took too long.',
      },
      {
        alert: 'PrometheusQueriesQueued',
        expr: `avg_over_time(prometheus_engine_queries{${own}}[15m]) / prometheus_engine_queries_concurrent_max > ${queryConcurrencyShare}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Queries wait in Prometheus {{ $labels.pod }}.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} runs {{ $value | humanizePercentage }} of the queries that it may run at the same time. Dashboards and rules wait.',
      },
      {
        alert: 'PrometheusWithoutAlertmanager',
        expr: `max_over_time(prometheus_notifications_alertmanagers_discovered{${own}}[5m]) < 1`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-notifications',
        reach: 'all',
        needs: ['configured:alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} finds no Alertmanager.',
        description:
          'Prometheus {{ $labels.namespace }}/{{ $labels.pod }} finds no Alertmanager. Nobody is notified of its alerts.',
      },
      {
        alert: 'PrometheusAlertsNotDelivered',
        expr: `min without (alertmanager) (rate(prometheus_notifications_errors_total{${own}}[5m]) / rate(prometheus_notifications_sent_total[5m])) > 0.5`,
        for: '10m',
        severity: 'critical',
        subject: 'prometheus-notifications',
        reach: 'all',
        needs: ['configured:alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} cannot deliver its alerts to any Alertmanager.',
        description:
          'At least {{ $value | humanizePercentage }} of the alerts that {{ $labels.namespace }}/{{ $labels.pod }} sends to each Alertmanager fail.',
      },
      {
        alert: 'PrometheusAlertsDeliveredInPart',
        expr: `rate(prometheus_notifications_errors_total{${own}}[5m]) / rate(prometheus_notifications_sent_total[5m]) > ${notificationErrorShare}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'prometheus-notifications',
        reach: 'all',
        needs: ['configured:alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} cannot deliver alerts to one Alertmanager.',
        description:
          '{{ $value | humanizePercentage }} of the alerts that {{ $labels.namespace }}/{{ $labels.pod }} sends to {{ $labels.alertmanager }} fail.',
      },
      {
        alert: 'PrometheusAlertsDropped',
        expr: `increase(prometheus_notifications_dropped_total{${own}}[10m]) > 0`,
        for: '5m',
        severity: 'warning',
        subject: 'prometheus-notifications',
        reach: 'all',
        needs: ['configured:alertmanager'],
        summary: 'Prometheus {{ $labels.pod }} drops alerts.',
        description:
          'About {{ printf "%.0f" $value }} notifications to {{ $labels.alertmanager }} were dropped in 10 minutes, because the queue was full or sending failed.',
      },
      {
        alert: 'PrometheusRemoteWriteFailing',
        expr: `rate(prometheus_remote_storage_samples_failed_total{${own}}[5m]) / (rate(prometheus_remote_storage_samples_failed_total[5m]) + rate(prometheus_remote_storage_samples_total[5m])) > 0.01`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'remote-write',
        needs: ['configured:remote-write'],
        summary:
          'Remote write of Prometheus {{ $labels.pod }} to {{ $labels.remote_name }} loses samples.',
        description:
          '{{ $labels.remote_name }} rejects {{ $value | humanizePercentage }} of the samples. Prometheus does not send them again.',
      },
      {
        alert: 'PrometheusRemoteWriteBehind',
        expr: `max_over_time(prometheus_remote_storage_queue_highest_timestamp_seconds{${own}}[5m]) - max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m]) > ${remoteWriteLag}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'remote-write',
        needs: ['configured:remote-write'],
        summary:
          'Remote write of Prometheus {{ $labels.pod }} to {{ $labels.remote_name }} is behind.',
        description:
          '{{ $labels.remote_name }} receives samples {{ $value | humanizeDuration }} late. Samples that are not sent within two hours are lost.',
      },
    ],
  }),
});
