import { alertGroup } from '../src/content/alert-group.js';

// A claim that is full altogether is told by the group of all volumes, and silences these.
const subject = 'volume {{ $labels.persistentvolumeclaim }}';

/** The claims in the namespace that Prometheus is scraped in, which is the stack's own. */
const own = 'and on (namespace) up{job="prometheus"}';
const freeShare = `max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{job="kubelet"} / kubelet_volume_stats_capacity_bytes ${own})`;
const inAWeek =
  'max by (namespace, persistentvolumeclaim) (predict_linear(kubelet_volume_stats_available_bytes{job="kubelet"}[1d], 7 * 86400))';

export default alertGroup({
  needs: ['kubelet', 'prometheus'],
  dashboard: 'persistent-volumes',
  // Prometheus fills its volume up to 80 % by design, and then deletes its oldest samples.
  thresholds: { free: 0.1, predictedFree: 0.3 },
  rules: ({ free, predictedFree }) => ({
    alerts: [
      {
        alert: 'StackVolumeShort',
        expr: `${freeShare} < ${free}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject,
        summary: 'The volume {{ $labels.persistentvolumeclaim }} of the stack is almost full.',
        description:
          '{{ $value | humanizePercentage }} of {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is free.',
      },
      {
        alert: 'StackVolumeFillingUp',
        expr: `${freeShare} < ${predictedFree} and ${inAWeek} < 0`,
        for: '1h',
        severity: 'warning',
        subject,
        summary: 'The volume {{ $labels.persistentvolumeclaim }} of the stack is too small.',
        description:
          '{{ $value | humanizePercentage }} of {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is free, and as it went within a day it is full within a week.',
      },
    ],
  }),
});
