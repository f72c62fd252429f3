import { firingAlerts } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/** The share of the volume at which Loki refuses lines: that of its configuration. */
const fullShare = 0.85;

const own = 'job="loki"';
const here = 'namespace, pod';
const routes = 'route=~"otlp_v1_logs|loki_api_v1_.*"';
const queries = 'route=~"loki_api_v1_query(_range)?"';
const requests = (matchers: string, by: string): string =>
  `sum by (${by}) (rate(loki_request_duration_seconds_count{${own}, ${matchers}}[5m]))`;
// A missing object is no failure, but counts as one there.
const ofBucket = `${own}, operation!="S3.ObjectExists"`;
const bucketRequests = (matchers: string): string =>
  `sum by (${here}, operation) (rate(loki_s3_request_duration_seconds_count{${ofBucket}${matchers}}[5m]))`;
const discarded = (matcher: string): string =>
  `sum by (${here}, reason) (rate(loki_discarded_samples_total{${own}, ${matcher}}[5m]))`;

export default alertGroup({
  adaptRanges: true,
  needs: ['loki'],
  dashboard: 'loki',
  thresholds: { discardedPerSecond: 0.1, failedShare: 0.05, slowSeconds: 10, nearlyFull: 0.75 },
  rules: ({ discardedPerSecond, failedShare, slowSeconds, nearlyFull }) => ({
    alerts: [
      {
        alert: 'LokiLinesDiscarded',
        expr: `${discarded('reason!="rate_limited"')} > ${discardedPerSecond}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Loki {{ $labels.pod }} discards lines ({{ $labels.reason }}).',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} discards {{ printf "%.1f" $value }} lines per second because of {{ $labels.reason }}. They are lost.',
      },
      {
        alert: 'LokiRateLimited',
        expr: `${discarded('reason="rate_limited"')} > ${discardedPerSecond}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Loki {{ $labels.pod }} receives more than it accepts.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} sends {{ printf "%.1f" $value }} lines per second back, because they exceed its rate. Clients send them again, and fall behind.',
      },
      {
        alert: 'LokiRequestsFailing',
        expr: `(${requests('status_code=~"5.."', `${here}, route`)} / ${requests(routes, `${here}, route`)} > ${failedShare}) unless on (${here}) ${firingAlerts('LokiVolumeFull')}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Requests to Loki {{ $labels.pod }} fail.',
        description:
          '{{ $value | humanizePercentage }} of the requests to {{ $labels.route }} of {{ $labels.namespace }}/{{ $labels.pod }} fail with an error of the server.',
      },
      {
        alert: 'LokiQueriesSlow',
        expr: `histogram_quantile(0.9, sum by (${here}, le) (rate(loki_request_duration_seconds_bucket{${own}, ${queries}}[5m]))) > ${slowSeconds}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Queries of Loki {{ $labels.pod }} are slow.',
        description:
          'A tenth of the queries to {{ $labels.namespace }}/{{ $labels.pod }} take more than {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'LokiVolumeNearlyFull',
        expr: `max by (${here}) (loki_ingester_wal_disk_usage_percent{${own}}) > ${nearlyFull} unless on (${here}) ${firingAlerts('LokiVolumeFull')}`,
        for: '15m',
        severity: 'warning',
        subject: 'LokiVolume',
        summary: 'The volume of Loki {{ $labels.pod }} is nearly full.',
        description: `{{ $value | humanizePercentage }} of the volume of {{ $labels.namespace }}/{{ $labels.pod }} are used. At ${fullShare * 100} %, Loki refuses new lines.`,
      },
      {
        alert: 'LokiVolumeFull',
        expr: `max by (${here}) (loki_ingester_wal_disk_usage_percent{${own}}) >= ${fullShare}`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'LokiVolume',
        summary: 'Loki {{ $labels.pod }} refuses new lines: its volume is full.',
        description:
          '{{ $value | humanizePercentage }} of the volume of {{ $labels.namespace }}/{{ $labels.pod }} are used. Clients keep new lines only as long as they have room for them.',
      },
      {
        alert: 'LokiChunksNotStored',
        expr: `sum by (${here}) (rate(loki_ingester_chunks_flush_failures_total{${own}}[5m])) > 0 unless on (${here}) ${firingAlerts('LokiBucketFailing')}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Loki {{ $labels.pod }} cannot store lines.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} fails to write {{ printf "%.2f" $value }} chunks per second. Their lines stay in its memory and in its write-ahead log.',
      },
      {
        alert: 'LokiBucketFailing',
        needs: ['configured:log-bucket'],
        expr: `${bucketRequests(', status_code!~"2.."')} / ${bucketRequests('')} > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Requests of Loki {{ $labels.pod }} to its bucket fail ({{ $labels.operation }}).',
        description:
          '{{ $value | humanizePercentage }} of the requests {{ $labels.operation }} of {{ $labels.namespace }}/{{ $labels.pod }} to its bucket fail.',
      },
      {
        alert: 'LokiRetentionNotRunning',
        // Zero until the first run, ten minutes after a start.
        expr: `time() - max by (${here}) (loki_compactor_apply_retention_last_successful_run_timestamp_seconds{${own}}) > 7200`,
        for: '1h',
        severity: 'warning',
        summary: 'Loki {{ $labels.pod }} deletes no old lines.',
        description:
          'The compactor of {{ $labels.namespace }}/{{ $labels.pod }} has not applied the retention for hours: nothing is deleted.',
      },
      {
        alert: 'LokiReplaySlow',
        expr: `max by (${here}) (loki_ingester_wal_replay_active{${own}}) == 1`,
        for: '15m',
        severity: 'warning',
        summary: 'Loki {{ $labels.pod }} still reads its write-ahead log.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} started more than 15 minutes ago, and takes no lines until it has read its write-ahead log.',
      },
    ],
  }),
});
