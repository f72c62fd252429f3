import { alertGroup } from '../src/content/alert-group.js';

// Several claims of a namespace may be in trouble; a full one must not silence the others.
const subject = 'volume {{ $labels.persistentvolumeclaim }}';

/** A volume may be mounted on several nodes, and one that nobody writes to may be full. */
const ofClaims = (share: string): string =>
  `(max by (namespace, persistentvolumeclaim) (${share}) unless on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_access_mode{access_mode="ReadOnlyMany"} == 1)`;

export default alertGroup({
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
        expr: ofClaims(
          'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes',
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
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left, and is full within two days if it goes on as in the last six hours.',
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
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has only {{ $value | humanizePercentage }} left.',
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
          'The volume of claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} of its inodes left.',
      },
      {
        alert: 'PersistentVolumeClaimUnbound',
        // A claim that no pod uses may wait for its first.
        expr: 'max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{phase=~"Pending|Lost"}) == 1 and on (namespace, persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info',
        for: '15m',
        severity: 'warning',
        subject,
        summary: 'Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has no volume.',
        description:
          'Claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is used by a pod, and has been without a volume for 15 minutes.',
      },
      {
        alert: 'PersistentVolumeFailed',
        expr: 'max by (persistentvolume, phase) (kube_persistentvolume_status_phase{phase=~"Failed|Pending"}) == 1',
        for: '15m',
        severity: 'warning',
        subject: 'persistentvolume {{ $labels.persistentvolume }}',
        summary: 'Volume {{ $labels.persistentvolume }} is in a bad state.',
        description:
          'PersistentVolume {{ $labels.persistentvolume }} has been {{ $labels.phase }} for 15 minutes: it could not be made, reclaimed or deleted.',
      },
    ],
  }),
});
