import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="grafana"';

export default alertGroup({
  needs: ['grafana'],
  dashboard: 'grafana',
  thresholds: { failedShare: 0.1, slowSeconds: 10 },
  rules: ({ failedShare, slowSeconds }) => ({
    alerts: [
      {
        alert: 'GrafanaRequestsFailing',
        // With a few requests a single one would be a large share.
        expr: `sum by (namespace, pod) (rate(grafana_http_request_duration_seconds_count{${own}, status_code=~"5.."}[10m])) / (sum by (namespace, pod) (rate(grafana_http_request_duration_seconds_count{${own}}[10m])) > 0.05) > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Grafana {{ $labels.pod }} answers with errors.',
        description:
          '{{ $value | humanizePercentage }} of the requests to {{ $labels.namespace }}/{{ $labels.pod }} end in a server error.',
      },
      {
        alert: 'GrafanaDataSourcesFailing',
        expr: `sum by (namespace, pod) (rate(grafana_proxy_response_status_total{${own}, code=~"5.."}[10m])) / (sum by (namespace, pod) (rate(grafana_proxy_response_status_total{${own}}[10m])) > 0.02) > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Data sources do not answer Grafana {{ $labels.pod }}.',
        description:
          '{{ $value | humanizePercentage }} of what {{ $labels.namespace }}/{{ $labels.pod }} asks data sources fails: dashboards stay empty.',
      },
      {
        alert: 'GrafanaSlow',
        expr: `histogram_quantile(0.95, sum by (namespace, pod, le) (rate(grafana_http_request_duration_seconds_bucket{${own}, handler!~".*live.*"}[10m]))) > ${slowSeconds}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Grafana {{ $labels.pod }} is slow.',
        description:
          'One request in twenty to {{ $labels.namespace }}/{{ $labels.pod }} takes longer than {{ $value | humanizeDuration }}.',
      },
    ],
  }),
});
