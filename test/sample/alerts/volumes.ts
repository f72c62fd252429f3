import { alertGroup } from '../../../src/content/alert-group.js';

// Without a job: other targets can have series with these names and other labels.
const free = 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes';

export default alertGroup({
  needs: ['kubelet'],
  thresholds: { free: 0.1 },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'VolumeAlmostFull',
        expr: `${free} < ${threshold.free}`,
        for: '30m',
        severity: 'warning',
        subject: 'volume',
        summary: 'Volume {{ $labels.persistentvolumeclaim }} is almost full.',
        description: '{{ $value | humanizePercentage }} of it are free.',
      },
    ],
  }),
});
