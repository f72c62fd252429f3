import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="kube-state-metrics-self"';
const failedShare = (requests: string): string =>
  `sum by (namespace, pod, resource) (rate(${requests}{${own}, result="error"}[5m])) / sum by (namespace, pod, resource) (rate(${requests}{${own}}[5m]))`;

export default alertGroup({
  needs: ['kube-state-metrics-self'],
  dashboard: 'stack-health',
  thresholds: { failedShare: 0.05 },
  rules: ({ failedShare: least }) => ({
    alerts: [
      {
        alert: 'KubeStateMetricsCannotList',
        expr: `${failedShare('kube_state_metrics_list_total')} > ${least}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'kube-state-metrics cannot list {{ $labels.resource }}.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.namespace }}/{{ $labels.pod }} for a list of {{ $labels.resource }} fail: what is told of them is missing.',
      },
      {
        alert: 'KubeStateMetricsCannotWatch',
        expr: `${failedShare('kube_state_metrics_watch_total')} > ${least}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'kube-state-metrics cannot watch {{ $labels.resource }}.',
        description:
          '{{ $value | humanizePercentage }} of the watches of {{ $labels.namespace }}/{{ $labels.pod }} over {{ $labels.resource }} fail: what is told of them is out of date.',
      },
    ],
  }),
});
