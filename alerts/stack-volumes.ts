import { firingAlerts } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

// VolumeAlmostFull, which is critical, inhibits these for the same claim.
const subject = 'volume {{ $labels.persistentvolumeclaim }}';

/** The claims in the namespace of Prometheus, which is the stack's own. */
const own = 'and on (namespace) up{job="prometheus"}';
const capacity = 'kubelet_volume_stats_capacity_bytes{job="kubelet"}';
const freeShare = `max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{job="kubelet"} / kubelet_volume_stats_capacity_bytes ${own})`;
const inAWeek =
  'max by (namespace, persistentvolumeclaim) (predict_linear(kubelet_volume_stats_available_bytes{job="kubelet"}[1d], 7 * 86400))';
/** The alerts about all volumes with the same meaning. */
const unlessReported = `unless on (namespace, persistentvolumeclaim) ${firingAlerts('VolumeFillingUp', 'VolumeSpaceLow')}`;

export default alertGroup({
  adaptRanges: true,
  needs: ['kubelet', 'prometheus'],
  dashboard: 'persistent-volumes',
  // Prometheus fills its volume up to 80 %, and then deletes its oldest samples.
  thresholds: { free: 0.1, predictedFree: 0.3 },
  rules: ({ free, predictedFree }) => ({
    alerts: [
      {
        alert: 'StackVolumeShort',
        expr: `${freeShare} < ${free} ${unlessReported}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject,
        summary: 'Volume {{ $labels.persistentvolumeclaim }} of the stack is almost full.',
        description:
          'The volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} free space.',
      },
      {
        alert: 'StackVolumeFillingUp',
        expr: `${freeShare} < ${predictedFree} and ${inAWeek} < 0 ${unlessReported}`,
        for: '1h',
        severity: 'warning',
        subject,
        summary: 'Volume {{ $labels.persistentvolumeclaim }} of the stack is filling up.',
        description:
          'The volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} free space. At the rate of the last day, it is full within a week.',
      },
      {
        alert: 'StackVolumeTooSmall',
        // If there is no claim, a StatefulSet creates one with the size in its template.
        expr: `max by (namespace, persistentvolumeclaim) (label_replace(prometheus_tsdb_retention_limit_bytes{job="prometheus"}, "persistentvolumeclaim", "data-$1", "pod", "(.+)")) > on (namespace, persistentvolumeclaim) max by (namespace, persistentvolumeclaim) (${capacity})`,
        for: '15m',
        severity: 'warning',
        subject,
        summary:
          'Volume {{ $labels.persistentvolumeclaim }} of Prometheus is smaller than configured.',
        description:
          'Prometheus keeps up to {{ $value | humanize1024 }}B of samples, and the volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is smaller. It becomes full before Prometheus deletes old samples.',
      },
    ],
  }),
});
