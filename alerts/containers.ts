import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  needs: ['kube-state-metrics'],
  dashboard: 'containers',
  thresholds: {
    /** Share of the periods in which a container had used up its CPU limit. */
    throttled: 0.5,
    /** What the kernel cannot reclaim, as a share of the limit. */
    memoryUsed: 0.9,
    restartsPerHour: 4,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'container:container_cpu_usage_seconds:rate5m',
        expr: 'sum by (node, namespace, pod, container) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))',
      },
      {
        record: 'container:container_memory_working_set_bytes:max',
        expr: 'max by (node, namespace, pod, container) (container_memory_working_set_bytes{container!=""})',
      },
    ],
    alerts: [
      {
        alert: 'ContainerCPUThrottled',
        needs: ['cadvisor'],
        expr: `sum by (namespace, pod, container) (rate(container_cpu_cfs_throttled_periods_total{container!=""}[5m])) / sum by (namespace, pod, container) (rate(container_cpu_cfs_periods_total[5m])) > ${threshold.throttled}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'cpu',
        summary: 'The CPU limit slows {{ $labels.namespace }}/{{ $labels.pod }} down.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} has used up its CPU limit in {{ $value | humanizePercentage }} of the periods, and waits for the next.',
      },
      {
        alert: 'ContainerMemoryNearLimit',
        needs: ['cadvisor'],
        // Pages of files are given up before anything is killed.
        expr: `max by (namespace, pod, container) ((container_memory_working_set_bytes{container!=""} - container_memory_total_active_file_bytes) / (container_spec_memory_limit_bytes > 0)) > ${threshold.memoryUsed}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'memory',
        summary: '{{ $labels.namespace }}/{{ $labels.pod }} has almost reached its memory limit.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit, beside what can be reclaimed.',
      },
      {
        alert: 'ContainerOOMKilled',
        expr: 'round(sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[10m]))) > 0 and on (namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'memory',
        summary: '{{ $labels.namespace }}/{{ $labels.pod }} was killed for its use of memory.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} wanted more memory than its limit or its node allows, and restarted {{ $value | humanize }} time(s) in 10 minutes.',
      },
      {
        alert: 'ContainerRestartsOften',
        // The back-off tells of itself: PodCrashLooping.
        expr: `round(sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h]))) > ${threshold.restartsPerHour} unless on (namespace, pod, container) max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[1h]) == 1`,
        for: '5m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'restarts',
        summary: '{{ $labels.namespace }}/{{ $labels.pod }} restarts again and again.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} restarted {{ $value | humanize }} times within an hour.',
      },
    ],
  }),
});
