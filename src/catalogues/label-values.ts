const statuses = ['true', 'false', 'unknown'];

/** All values that a label of a metric can have, of labels whose values are fixed in the sources of the engine. */
const values: readonly (readonly [metric: RegExp, label: string, values: readonly string[]])[] = [
  // https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/internal/store/utils.go (addConditionMetrics)
  [/^kube_[a-z]+_status_condition$/, 'status', statuses],
  [/^kube_pod_status_(?:ready|scheduled)$/, 'condition', statuses],
  [/^kube_job_(?:complete|failed)$/, 'condition', statuses],
  // https://github.com/kubernetes/kube-state-metrics/tree/v2.20.0/docs/metrics
  [/^kube_pod_status_phase$/, 'phase', ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']],
  [/^kube_pod_status_qos_class$/, 'qos_class', ['BestEffort', 'Burstable', 'Guaranteed']],
  [/^kube_pod_restart_policy$/, 'type', ['Always', 'Never', 'OnFailure']],
  [/^kube_namespace_status_phase$/, 'phase', ['Active', 'Terminating']],
  [
    /^kube_persistentvolume_status_phase$/,
    'phase',
    ['Pending', 'Available', 'Bound', 'Released', 'Failed'],
  ],
  [/^kube_persistentvolumeclaim_status_phase$/, 'phase', ['Pending', 'Bound', 'Lost']],
  [/^kube_service_spec_type$/, 'type', ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']],
  // https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/internal/store/resourcequota.go
  [/^kube_resourcequota$/, 'type', ['hard', 'used']],
  // https://github.com/kubernetes/api/blob/v0.37.2/core/v1/types.go (TaintEffect)
  [/^kube_node_spec_taint$/, 'effect', ['NoSchedule', 'PreferNoSchedule', 'NoExecute']],
  // https://github.com/prometheus/node_exporter/blob/v1.12.1/collector/cpu_linux.go (updateStat)
  [
    /^node_cpu_seconds_total$/,
    'mode',
    ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'],
  ],
  // https://github.com/prometheus/prometheus/blob/v3.14.0/rules/alerting.go (AlertState)
  [/^ALERTS$/, 'alertstate', ['pending', 'firing']],
];

/** All values that a label of a metric can have; undefined if it can have others. */
export const labelValuesOf = (metric: string, label: string): readonly string[] | undefined =>
  values.find(([pattern, of]) => of === label && pattern.test(metric))?.[2];
