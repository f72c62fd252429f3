import { alertGroup } from '../../../src/content/alert-group.js';

const own = 'job="prometheus"';
const failed =
  'sum without (reason) (rate(alertmanager_notifications_failed_total{job="alertmanager"}[15m])) / rate(alertmanager_notifications_total[15m])';

export default alertGroup({
  needs: ['prometheus', 'alertmanager'],
  dashboard: 'overview',
  thresholds: { failedShare: 0.05 },
  rules: ({ failedShare }) => ({
    recordings: [
      {
        record: 'le:prometheus_http_request_duration_seconds_bucket:rate5m',
        expr: `sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{${own}}[5m]))`,
      },
      {
        record: 'namespace_pod:prometheus_rule_evaluation_failures:rate5m',
        expr: `sum by (namespace, pod) (rate(prometheus_rule_evaluation_failures_total{${own}}[5m]))`,
      },
    ],
    alerts: [
      {
        alert: 'PrometheusRulesFailing',
        expr: 'namespace_pod:prometheus_rule_evaluation_failures:rate5m > 0',
        for: '15m',
        severity: 'critical',
        summary: 'Prometheus {{ $labels.pod }} cannot evaluate rules.',
        description:
          '{{ $value }} evaluations a second fail on {{ $labels.namespace }}/{{ $labels.pod }}.',
      },
      {
        alert: 'AlertmanagerTellsNobody',
        expr: `${failed} > 0.9`,
        for: '5m',
        severity: 'critical',
        subject: 'notifications',
        reach: 'all',
        needs: ['configured:receivers'],
        summary: 'There are no notifications by {{ $labels.integration }}.',
        description:
          '{{ $value | humanizePercentage }} of the notifications of {{ $labels.pod }} fail.',
      },
      {
        alert: 'AlertmanagerNotificationsFailing',
        expr: `${failed} > ${failedShare}`,
        for: '10m',
        severity: 'warning',
        subject: 'notifications',
        reach: 'all',
        needs: ['configured:receivers'],
        summary: 'Notifications by {{ $labels.integration }} fail.',
        description:
          '{{ $value | humanizePercentage }} of the notifications of {{ $labels.pod }} fail.',
      },
    ],
  }),
});
