import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="kube-state-metrics-self"';
const failedShare = (requests: string): string =>
  `sum by (namespace, pod, resource) (rate(${requests}{${own}, result="error"}[5m])) / sum by (namespace, pod, resource) (rate(${requests}{${own}}[5m]))`;

export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics-self'],
  dashboard: 'stack-health',
  thresholds: { failedShare: 0.05 },
  rules: ({ failedShare: least }) => ({
    alerts: [
      {
        alert: 'KubeStateMetricsCannotList',
        // A warning: kube-state-metrics exposes the objects that it knows until it restarts, and of
        // the critical alerts only NodesNotReady uses them. JobDown is critical when all are missing.
        expr: `${failedShare('kube_state_metrics_list_total')} > ${least}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'kube-state-metrics cannot list {{ $labels.resource }}.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.namespace }}/{{ $labels.pod }} to list {{ $labels.resource }} fail. Metrics of these objects are missing or old, and alerts that use them cannot fire.',
      },
      {
        alert: 'KubeStateMetricsCannotWatch',
        expr: `${failedShare('kube_state_metrics_watch_total')} > ${least}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'kube-state-metrics cannot watch {{ $labels.resource }}.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.namespace }}/{{ $labels.pod }} to watch {{ $labels.resource }} fail. Metrics of these objects are out of date.',
      },
    ],
  }),
});
