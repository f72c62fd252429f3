import { jobDown } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/** The number of members that the members report; if none answers, that of the last six hours. */
const etcdMembers =
  '(max(sum by (node) (etcd_network_known_peers)) or max_over_time(count(up{job="etcd"})[6h:5m]))';
const etcdMembersDown = `(${etcdMembers} - (count(up{job="etcd"} == 1) or vector(0)))`;

export default alertGroup({
  adaptRanges: true,
  // Each alert needs only its own job: an environment can scrape some of them.
  needs: [],
  dashboard: 'control-plane',
  thresholds: {
    /** In 15 minutes. */
    leaderChanges: 3,
    /** Time to write the log to disk: https://etcd.io/docs/v3.6/faq/ */
    fsyncSeconds: 0.1,
    databaseUsed: 0.8,
    databaseUsedCritical: 0.95,
    /** Since a change that kube-proxy has not applied. */
    proxyRulesSeconds: 300,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'SchedulerDown',
        needs: ['kube-scheduler'],
        expr: jobDown('kube-scheduler'),
        for: '15m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus cannot reach any scheduler.',
        description:
          'Prometheus has reached no scheduler for 15 minutes. New pods probably stay pending.',
      },
      {
        alert: 'ControllerManagerDown',
        needs: ['kube-controller-manager'],
        expr: jobDown('kube-controller-manager'),
        for: '15m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus cannot reach any controller manager.',
        description:
          'Prometheus has reached no controller manager for 15 minutes. Lost pods are probably not replaced, and changes are not rolled out.',
      },
      {
        alert: 'EtcdNoLeader',
        needs: ['etcd'],
        expr: 'etcd_server_has_leader == 0',
        for: '1m',
        severity: 'critical',
        subject: 'etcd',
        summary: 'etcd on {{ $labels.node }} has no leader.',
        description:
          'The etcd member on {{ $labels.node }} has no leader: it accepts no writes, and the API server cannot change anything.',
      },
      {
        alert: 'EtcdQuorumAtRisk',
        needs: ['etcd'],
        // Of three members, one can be lost: with this many down, the next loss stops the cluster. A member
        // whose pod is gone has no `up`; a member that was removed from the cluster does not count.
        expr: `${etcdMembersDown} >= (${etcdMembers} - 1) / 2 and ${etcdMembersDown} > 0`,
        for: '5m',
        severity: 'critical',
        subject: 'etcd-quorum',
        summary: 'etcd cannot lose another member.',
        description:
          '{{ $value | humanize }} member(s) of etcd do not answer. If one more fails, the API server cannot change anything.',
      },
      {
        alert: 'EtcdLeaderChangesOften',
        needs: ['etcd'],
        expr: `round(max(increase(etcd_server_leader_changes_seen_total[15m]))) > ${threshold.leaderChanges}`,
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'etcd-leader',
        summary: 'etcd changes its leader often.',
        description:
          'etcd changed its leader {{ $value | humanize }} times in 15 minutes: the network between its members, or their disks, are too slow.',
      },
      {
        alert: 'EtcdDiskSlow',
        needs: ['etcd'],
        expr: `histogram_quantile(0.99, sum by (node, le) (rate(etcd_disk_wal_fsync_duration_seconds_bucket[5m]))) > ${threshold.fsyncSeconds}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'etcd-disk',
        summary: 'The disk of etcd on {{ $labels.node }} is slow.',
        description:
          'etcd on {{ $labels.node }} needs {{ $value | humanizeDuration }} to write its log to disk (99th percentile).',
      },
      {
        alert: 'EtcdDatabaseAlmostFull',
        needs: ['etcd'],
        expr: `etcd_mvcc_db_total_size_in_bytes / etcd_server_quota_backend_bytes > ${threshold.databaseUsed}`,
        for: '15m',
        severity: 'warning',
        subject: 'etcd-database',
        summary: 'The database of etcd on {{ $labels.node }} is almost full.',
        description:
          'The database of etcd on {{ $labels.node }} uses {{ $value | humanizePercentage }} of its quota.',
      },
      {
        alert: 'EtcdDatabaseFull',
        needs: ['etcd'],
        expr: `etcd_mvcc_db_total_size_in_bytes / etcd_server_quota_backend_bytes > ${threshold.databaseUsedCritical}`,
        for: '5m',
        severity: 'critical',
        subject: 'etcd-database',
        summary: 'The database of etcd on {{ $labels.node }} is full.',
        description:
          'The database of etcd on {{ $labels.node }} uses {{ $value | humanizePercentage }} of its quota. At 100%, the API server cannot change anything.',
      },
      {
        alert: 'KubeProxyRulesStale',
        needs: ['kube-proxy'],
        expr: `max by (node) (kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds - kubeproxy_sync_proxy_rules_last_timestamp_seconds) > ${threshold.proxyRulesSeconds}`,
        for: '5m',
        severity: 'warning',
        subject: 'kube-proxy',
        summary: 'kube-proxy on {{ $labels.node }} does not apply changes of Services.',
        description:
          'kube-proxy on {{ $labels.node }} last applied changes {{ $value | humanizeDuration }} before the newest change.',
      },
    ],
  }),
});
