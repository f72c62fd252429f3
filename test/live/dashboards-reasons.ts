/** Why queries find nothing. */
interface Reason {
  /** What follows “as”. */
  readonly reason: string;
  /** In the queries that it explains. */
  readonly of: RegExp;
}

/** Why queries of the dashboards find nothing in the live test: each that does has one of these. */
export const reasonsForNoData: readonly Reason[] = [
  { reason: 'Grafana does not run here', of: /\bgrafana_|job="grafana"/ },
  { reason: 'development has one Alertmanager', of: /\balertmanager_cluster_/ },
  {
    reason: 'development notifies nobody',
    of: /\balertmanager_notifications(_failed)?_total\b.*> 0/,
  },
  { reason: 'development writes to no other Prometheus', of: /\bprometheus_remote_storage_/ },
  { reason: 'no page of development has a certificate', of: /\bprobe_ssl_/ },
  {
    reason: 'an alert has to fire for longer than the test takes',
    of: /count_over_time\(.*ALERTS.*\[7d:5m\]/,
  },
  {
    reason: 'the serving certificate of this kubelet signs itself, and is not renewed',
    of: /\bkubelet_certificate_manager_server_/,
  },
  {
    reason: 'this name server asks no other',
    of: /\bcoredns_(proxy|forward)_/,
  },
  { reason: 'no admission webhook is configured', of: /\bapiserver_admission_webhook_/ },
  {
    reason: 'the API server has turned nobody away',
    of: /\bflowcontrol_rejected_|_rejected_requests_total/,
  },
  { reason: 'pressure is told by cgroup v2, and this machine has v1', of: /\bcontainer_pressure_/ },
  {
    reason: 'this kernel does not count what containers read from disks and write to them',
    of: /\bcontainer_fs_(reads|writes)_bytes_total/,
  },
  { reason: 'no volume fills up', of: /deriv\(kubelet_volume_stats_available_bytes/ },
];
