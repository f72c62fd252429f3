import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="grafana"';

/** The share of failed requests; at a low rate, one request is a large share. */
const share = (by: string, counter: string, requests: string, failed: string): string => {
  const sumOf = (...matchers: string[]) =>
    `sum by (${by}) (rate(${counter}{${[own, ...matchers].filter(Boolean).join(', ')}}[10m]))`;
  return `${sumOf(requests, failed)} / (${sumOf(requests)} > 0.02)`;
};

export default alertGroup({
  adaptRanges: true,
  needs: ['grafana'],
  dashboard: 'grafana',
  thresholds: { failedShare: 0.1, slowSeconds: 10 },
  rules: ({ failedShare, slowSeconds }) => ({
    alerts: [
      {
        alert: 'GrafanaRequestsFailing',
        // At a low rate, one request is a large share.
        expr: `sum by (namespace, pod) (rate(grafana_http_request_duration_seconds_count{${own}, status_code=~"5.."}[10m])) / (sum by (namespace, pod) (rate(grafana_http_request_duration_seconds_count{${own}}[10m])) > 0.05) > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Grafana {{ $labels.pod }} returns errors.',
        description:
          '{{ $value | humanizePercentage }} of the requests to {{ $labels.namespace }}/{{ $labels.pod }} fail with a server error.',
      },
      {
        alert: 'GrafanaDataSourcesFailing',
        // Grafana queries most data sources itself; browsers query the others through its proxy.
        expr: [
          share(
            'namespace, pod, plugin_id',
            'grafana_plugin_request_total',
            'endpoint="queryData"',
            'status="error"',
          ),
          share('namespace, pod', 'grafana_proxy_response_status_total', '', 'code=~"5.."'),
        ]
          .map((one) => `${one} > ${failedShare}`)
          .join(' or '),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Requests of Grafana {{ $labels.pod }} to data sources fail.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.namespace }}/{{ $labels.pod }} to {{ if $labels.plugin_id }}{{ $labels.plugin_id }} {{ end }}data sources fail. Dashboards stay empty.',
      },
      {
        alert: 'GrafanaSlow',
        expr: `histogram_quantile(0.95, sum by (namespace, pod, le) (rate(grafana_http_request_duration_seconds_bucket{${own}, handler!~".*live.*"}[10m]))) > ${slowSeconds}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'Grafana {{ $labels.pod }} is slow.',
        description:
          'One in twenty requests to {{ $labels.namespace }}/{{ $labels.pod }} takes longer than {{ $value | humanizeDuration }}.',
      },
    ],
  }),
});
