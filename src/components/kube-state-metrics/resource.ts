/** A kind of object that kube-state-metrics watches, and the metrics about it that are always exposed. */
export interface WatchedResource {
  readonly resource: string;
  readonly apiGroup: string;
  /** Names of the metrics that the shipped rules and dashboards use; a test compares them. */
  readonly metrics: readonly string[];
}

/**
 * The watched objects, with the permission and the metrics of each. kube-state-metrics and Prometheus
 * both use this list, with the metrics that users' content queries. So a change of content restarts
 * kube-state-metrics only if it queries another metric.
 * https://github.com/kubernetes/kube-state-metrics/tree/v2.20.0/docs/metrics
 */
export const watchedResources: readonly WatchedResource[] = [
  {
    resource: 'pods',
    apiGroup: '',
    metrics: [
      'kube_pod_info',
      'kube_pod_owner',
      'kube_pod_start_time',
      'kube_pod_status_phase',
      'kube_pod_status_qos_class',
      'kube_pod_status_ready',
      'kube_pod_status_reason',
      'kube_pod_status_unschedulable',
      'kube_pod_container_resource_limits',
      'kube_pod_container_resource_requests',
      'kube_pod_container_status_last_terminated_exitcode',
      'kube_pod_container_status_last_terminated_reason',
      'kube_pod_container_status_last_terminated_timestamp',
      'kube_pod_container_status_restarts_total',
      'kube_pod_container_status_waiting_reason',
      'kube_pod_init_container_status_waiting_reason',
      'kube_pod_spec_volumes_persistentvolumeclaims_info',
    ],
  },
  {
    resource: 'nodes',
    apiGroup: '',
    metrics: [
      'kube_node_spec_taint',
      'kube_node_spec_unschedulable',
      'kube_node_status_allocatable',
      'kube_node_status_condition',
    ],
  },
  {
    resource: 'namespaces',
    apiGroup: '',
    metrics: ['kube_namespace_status_phase'],
  },
  {
    resource: 'persistentvolumeclaims',
    apiGroup: '',
    metrics: [
      'kube_persistentvolumeclaim_info',
      'kube_persistentvolumeclaim_access_mode',
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      'kube_persistentvolumeclaim_status_phase',
    ],
  },
  {
    resource: 'persistentvolumes',
    apiGroup: '',
    metrics: ['kube_persistentvolume_status_phase'],
  },
  { resource: 'resourcequotas', apiGroup: '', metrics: ['kube_resourcequota'] },
  {
    resource: 'deployments',
    apiGroup: 'apps',
    metrics: [
      'kube_deployment_metadata_generation',
      'kube_deployment_spec_replicas',
      'kube_deployment_status_condition',
      'kube_deployment_status_observed_generation',
      'kube_deployment_status_replicas_available',
      'kube_deployment_status_replicas_updated',
    ],
  },
  {
    resource: 'statefulsets',
    apiGroup: 'apps',
    metrics: [
      'kube_statefulset_metadata_generation',
      'kube_statefulset_replicas',
      'kube_statefulset_status_current_revision',
      'kube_statefulset_status_observed_generation',
      'kube_statefulset_status_replicas_ready',
      'kube_statefulset_status_replicas_updated',
      'kube_statefulset_status_update_revision',
    ],
  },
  {
    resource: 'daemonsets',
    apiGroup: 'apps',
    metrics: [
      'kube_daemonset_metadata_generation',
      'kube_daemonset_status_desired_number_scheduled',
      'kube_daemonset_status_number_available',
      'kube_daemonset_status_number_misscheduled',
      'kube_daemonset_status_updated_number_scheduled',
    ],
  },
  { resource: 'replicasets', apiGroup: 'apps', metrics: ['kube_replicaset_owner'] },
  {
    resource: 'jobs',
    apiGroup: 'batch',
    metrics: [
      'kube_job_failed',
      'kube_job_owner',
      'kube_job_status_active',
      'kube_job_status_start_time',
    ],
  },
  {
    resource: 'cronjobs',
    apiGroup: 'batch',
    metrics: [
      'kube_cronjob_created',
      'kube_cronjob_info',
      'kube_cronjob_next_schedule_time',
      'kube_cronjob_spec_suspend',
      'kube_cronjob_status_last_schedule_time',
      'kube_cronjob_status_last_successful_time',
    ],
  },
  {
    resource: 'horizontalpodautoscalers',
    apiGroup: 'autoscaling',
    metrics: [
      'kube_horizontalpodautoscaler_spec_max_replicas',
      'kube_horizontalpodautoscaler_spec_min_replicas',
      'kube_horizontalpodautoscaler_status_condition',
      'kube_horizontalpodautoscaler_status_current_replicas',
      'kube_horizontalpodautoscaler_status_desired_replicas',
    ],
  },
  {
    resource: 'poddisruptionbudgets',
    apiGroup: 'policy',
    metrics: [
      'kube_poddisruptionbudget_status_current_healthy',
      'kube_poddisruptionbudget_status_desired_healthy',
      'kube_poddisruptionbudget_status_expected_pods',
    ],
  },
];
