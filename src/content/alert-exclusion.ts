/** The series of alerts that are firing. An exclusion by them does not apply if the other alert is pending or disabled. */
export const firingAlerts = (...names: readonly string[]): string =>
  `ALERTS{alertname=~"${names.join('|')}",alertstate="firing"}`;

/** The pods of workloads, from series with the labels `namespace` and `workload`. */
export const podsOfWorkloads = (workloads: string): string =>
  `(namespace_workload_pod:kube_pod_owner:relabel and on (namespace, workload) ${workloads})`;

/** The workloads of pods, from series with the labels `namespace` and `pod`. */
export const workloadsOfPods = (pods: string): string =>
  `(namespace_workload_pod:kube_pod_owner:relabel and on (namespace, pod) ${pods})`;

/** Pods with a scheduling gate, such as those that wait in a job queue. */
export const gatedPods = '(kube_pod_status_reason{reason="SchedulingGated"} == 1)';

/**
 * No target of a job is up. If Prometheus stores no samples at all, this returns nothing, and
 * PrometheusMetricsMissing fires. With the label `job`, a critical alert inhibits TargetsDown of the
 * same job.
 */
export const jobDown = (job: string): string =>
  `label_replace(absent(up{job="${job}"} == 1) unless on () absent(up), "job", "${job}", "", "")`;
