import { firingAlerts, podsOfWorkloads } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/**
 * A container that is killed before the first scrape starts with a count above zero, which `increase`
 * does not count: for a pod younger than ten minutes, every restart is recent.
 */
const restarts =
  '(kube_pod_container_status_restarts_total and on (namespace, pod) (time() - kube_pod_start_time < 600)) or increase(kube_pod_container_status_restarts_total[10m])';

export default alertGroup({
  adaptRanges: true,
  needs: [],
  dashboard: 'containers',
  thresholds: {
    /** Share of the periods in which a container had used up its CPU limit. */
    throttled: 0.5,
    /** Memory that the kernel cannot reclaim, as a share of the limit. */
    memoryUsed: 0.9,
    restartsPerHour: 4,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'container:container_cpu_usage_seconds:rate5m',
        needs: ['cadvisor'],
        expr: 'sum by (node, namespace, pod, container) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))',
      },
      {
        record: 'container:container_memory_working_set_bytes:max',
        needs: ['cadvisor'],
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
        // It explains a slow service, and is not a fault by itself.
        severity: 'info',
        subject: 'cpu',
        summary: 'The CPU limit slows pod {{ $labels.namespace }}/{{ $labels.pod }}.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} uses up its CPU limit in {{ $value | humanizePercentage }} of the periods.',
      },
      {
        alert: 'ContainerMemoryNearLimit',
        needs: ['cadvisor'],
        // The kernel frees pages of files before it kills a process.
        expr: `max by (namespace, pod, container) ((container_memory_working_set_bytes{container!=""} - container_memory_total_active_file_bytes) / (container_spec_memory_limit_bytes > 0)) > ${threshold.memoryUsed}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'memory',
        summary:
          'Pod {{ $labels.namespace }}/{{ $labels.pod }} has almost reached its memory limit.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit, without the part that the kernel can reclaim.',
      },
      {
        alert: 'ContainerOOMKilled',
        needs: ['kube-state-metrics'],
        expr: `round(sum by (namespace, pod, container) (${restarts})) > 0 and on (namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'memory',
        summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} ran out of memory.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} was killed: it exceeded its memory limit, or its node had no memory left. It restarted {{ $value | humanize }} time(s) in 10 minutes.',
      },
      {
        alert: 'ContainerRestartsOften',
        needs: ['kube-state-metrics'],
        // Longer than `for` of PodCrashLooping, which reports the same container.
        expr: `round(sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h]))) > ${threshold.restartsPerHour} unless on (namespace, pod, container) ${firingAlerts('PodCrashLooping')} unless on (namespace, pod) ${podsOfWorkloads(firingAlerts('DeploymentRolloutStuck'))}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'restarts',
        summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} restarts often.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} restarted {{ $value | humanize }} times within an hour.',
      },
    ],
  }),
});
