/** Why queries return nothing. */
interface Reason {
  /** The text after “because”. */
  readonly reason: string;
  /** Matches the queries that it explains. */
  readonly of: RegExp;
}

/**
 * The reasons why queries of the dashboards return no data in the live test: each such query needs
 * one.
 */
export const reasonsForNoData: readonly Reason[] = [
  { reason: 'Grafana does not run here', of: /\bgrafana_|job="grafana"/ },
  {
    reason: 'development has no receivers',
    of: /\balertmanager_notification(s(_failed)?_total|_latency_seconds_\w+)\b.*> 0/,
  },
  {
    reason: 'an alert must fire for longer than the test takes',
    of: /count_over_time\(.*ALERTS.*\[7d:5m\]/,
  },
  {
    reason: 'the serving certificate of this kubelet is self-signed, and is not renewed',
    of: /\bkubelet_certificate_manager_server_/,
  },
  {
    reason: 'this name server forwards no requests',
    of: /\bcoredns_(proxy|forward)_/,
  },
  {
    reason: 'no workload is rolled out long enough for a comparison: releases.test.ts compares',
    of: /\bworkload:release:current\b.*(\[6h:5m\]|offset 1m)/,
  },
  { reason: 'no admission webhook is configured', of: /\bapiserver_admission_webhook_/ },
  {
    reason: 'the API server has rejected no request',
    of: /\bflowcontrol_rejected_|_rejected_requests_total/,
  },
  {
    reason: 'only cgroup v2 reports pressure, and this machine has v1',
    of: /\bcontainer_pressure_/,
  },
  {
    reason: 'this kernel does not count the disk reads and writes of containers',
    of: /\bcontainer_fs_(reads|writes)_bytes_total/,
  },
  {
    reason: 'containers with a CPU limit run too briefly here',
    of: /\bcontainer_cpu_cfs_(throttled_)?periods_total/,
  },
  {
    reason: 'the pods start before the first scrape here',
    of: /\bkubelet_pod_start_sli_duration_seconds_bucket\b/,
  },
  { reason: 'no volume fills up', of: /deriv\(kubelet_volume_stats_available_bytes/ },
];
