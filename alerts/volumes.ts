import { firingAlerts, gatedPods } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

// A critical alert about one claim must not inhibit the warnings about the others.
const subject = 'volume {{ $labels.persistentvolumeclaim }}';

/** A volume can be mounted on several nodes; a read-only volume can be full. */
const ofClaims = (share: string): string =>
  `(max by (namespace, persistentvolumeclaim) (${share}) unless on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_access_mode{access_mode="ReadOnlyMany"} == 1)`;

export default alertGroup({
  adaptRanges: true,
  needs: ['kubelet', 'kube-state-metrics'],
  dashboard: 'persistent-volumes',
  thresholds: {
    free: 0.15,
    freeCritical: 0.03,
    inodesFree: 0.05,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'persistentvolumeclaim:kubelet_volume_stats_available:ratio',
        // For a block device, only the capacity is known: neither free nor used bytes.
        expr: ofClaims(
          'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes unless kubelet_volume_stats_available_bytes + kubelet_volume_stats_used_bytes == 0',
        ),
      },
    ],
    alerts: [
      {
        alert: 'VolumeFillingUp',
        expr: `persistentvolumeclaim:kubelet_volume_stats_available:ratio < ${threshold.free} and predict_linear(persistentvolumeclaim:kubelet_volume_stats_available:ratio[6h:5m], 2 * 86400) < 0`,
        for: '1h',
        severity: 'warning',
        subject,
        summary:
          'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is filling up.',
        description:
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} free space. At the rate of the last 6 hours, it is full within two days.',
      },
      {
        alert: 'VolumeSpaceLow',
        expr: `persistentvolumeclaim:kubelet_volume_stats_available:ratio < ${threshold.free} unless on (namespace, persistentvolumeclaim) ${firingAlerts('VolumeFillingUp')}`,
        for: '6h',
        severity: 'warning',
        subject,
        summary:
          'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has little space left.',
        description:
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} free space. It has been low on space for 6 hours.',
      },
      {
        alert: 'VolumeAlmostFull',
        expr: `persistentvolumeclaim:kubelet_volume_stats_available:ratio < ${threshold.freeCritical}`,
        for: '5m',
        severity: 'critical',
        subject,
        summary:
          'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is almost full.',
        description:
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has only {{ $value | humanizePercentage }} free space.',
      },
      {
        alert: 'VolumeInodesAlmostUsedUp',
        expr: `${ofClaims('kubelet_volume_stats_inodes_free / kubelet_volume_stats_inodes')} < ${threshold.inodesFree}`,
        for: '15m',
        severity: 'warning',
        subject,
        summary:
          'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is running out of inodes.',
        description:
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} of its inodes free.',
      },
      {
        alert: 'PersistentVolumeClaimUnbound',
        // A claim that no pod uses can wait for its first pod, also for one with a scheduling gate.
        expr: `max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{phase=~"Pending|Lost"}) == 1 and on (namespace, persistentvolumeclaim) (kube_pod_spec_volumes_persistentvolumeclaims_info unless on (namespace, pod) ${gatedPods})`,
        for: '15m',
        severity: 'warning',
        subject,
        summary: 'Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has no volume.',
        description:
          'A pod uses claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }}, which has had no volume for 15 minutes.',
      },
      {
        alert: 'PersistentVolumeFailed',
        expr: 'max by (persistentvolume, phase) (kube_persistentvolume_status_phase{phase=~"Failed|Pending"}) == 1',
        for: '15m',
        severity: 'warning',
        subject: 'persistentvolume {{ $labels.persistentvolume }}',
        summary: 'PersistentVolume {{ $labels.persistentvolume }} is in phase {{ $labels.phase }}.',
        description:
          'PersistentVolume {{ $labels.persistentvolume }} has been in phase {{ $labels.phase }} for 15 minutes: it could not be created, reclaimed or deleted.',
      },
    ],
  }),
});
