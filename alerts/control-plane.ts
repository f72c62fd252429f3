import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  // Each alert names the job it is about: an environment may scrape some of them.
  needs: [],
  dashboard: 'control-plane',
  thresholds: {
    /** In a quarter of an hour. */
    leaderChanges: 3,
    /** For a write to the log to be on disk: https://etcd.io/docs/v3.6/faq/ */
    fsyncSeconds: 0.1,
    databaseUsed: 0.8,
    databaseUsedCritical: 0.95,
    /** Since a change that kube-proxy has not carried out. */
    proxyRulesSeconds: 300,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'SchedulerDown',
        needs: ['kube-scheduler'],
        // A critical alert silences TargetsDown of the same job.
        expr: 'label_replace(absent(up{job="kube-scheduler"} == 1), "job", "kube-scheduler", "", "")',
        for: '15m',
        severity: 'critical',
        subject: 'targets',
        summary: 'No scheduler answers.',
        description:
          'Prometheus has reached no scheduler for 15 minutes: new pods most likely find no node.',
      },
      {
        alert: 'ControllerManagerDown',
        needs: ['kube-controller-manager'],
        // A critical alert silences TargetsDown of the same job.
        expr: 'label_replace(absent(up{job="kube-controller-manager"} == 1), "job", "kube-controller-manager", "", "")',
        for: '15m',
        severity: 'critical',
        subject: 'targets',
        summary: 'No controller-manager answers.',
        description:
          'Prometheus has reached no controller-manager for 15 minutes: nothing replaces lost pods, rolls out changes or takes note of lost nodes.',
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
          'The member of etcd on {{ $labels.node }} knows no leader: it takes no writes, and the API server can change nothing.',
      },
      {
        alert: 'EtcdQuorumAtRisk',
        needs: ['etcd'],
        // Of three members one may be lost: with this many down, the next loss stops the cluster.
        expr: 'count(up{job="etcd"} == 0) >= (count(up{job="etcd"}) - 1) / 2',
        for: '5m',
        severity: 'critical',
        subject: 'etcd-quorum',
        summary: 'etcd cannot lose another member.',
        description:
          '{{ $value | humanize }} member(s) of etcd do not answer: one more, and the API server can change nothing.',
      },
      {
        alert: 'EtcdLeaderChangesOften',
        needs: ['etcd'],
        expr: `round(max(increase(etcd_server_leader_changes_seen_total[15m]))) > ${threshold.leaderChanges}`,
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'etcd-leader',
        summary: 'etcd elects leaders again and again.',
        description:
          'etcd has changed its leader {{ $value | humanize }} times in 15 minutes: its members do not hear each other in time, or their disks are slow.',
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
          'One in a hundred writes of etcd on {{ $labels.node }} takes {{ $value | humanizeDuration }} to be on disk.',
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
          'The database of etcd on {{ $labels.node }} has reached {{ $value | humanizePercentage }} of its quota.',
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
          'The database of etcd on {{ $labels.node }} has reached {{ $value | humanizePercentage }} of its quota; at 100% the API server can change nothing.',
      },
      {
        alert: 'KubeProxyRulesStale',
        needs: ['kube-proxy'],
        expr: `max by (node) (kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds - kubeproxy_sync_proxy_rules_last_timestamp_seconds) > ${threshold.proxyRulesSeconds}`,
        for: '5m',
        severity: 'warning',
        subject: 'kube-proxy',
        summary: 'kube-proxy on {{ $labels.node }} does not follow changes of Services.',
        description:
          'What kube-proxy on {{ $labels.node }} last carried out is {{ $value | humanizeDuration }} older than the last change it was told of.',
      },
    ],
  }),
});
