import type { CheckInput } from '../../../model/check.js';

/** Assumed number of other objects in a cluster, per pod. */
// The first label in this order that a metric has determines the object of its series.
export const perPod = {
  container: 4 / 3,
  deployment: 1 / 5,
  replicaset: 1 / 5,
  statefulset: 1 / 30,
  daemonset: 1 / 50,
  cronjob: 1 / 50,
  job_name: 1 / 50,
  horizontalpodautoscaler: 1 / 30,
  poddisruptionbudget: 1 / 15,
  persistentvolumeclaim: 1 / 15,
  persistentvolume: 1 / 15,
  resourcequota: 1 / 20,
  namespace: 1 / 20,
} as const;

/** Series of a metric per object, if there are several: one for each state, or one for each resource. */
const each: Readonly<Record<string, number>> = {
  kube_deployment_status_condition: 6,
  kube_horizontalpodautoscaler_status_condition: 9,
  kube_namespace_status_phase: 2,
  kube_node_status_allocatable: 3,
  kube_node_status_capacity: 3,
  kube_node_status_condition: 12,
  kube_persistentvolume_status_phase: 5,
  kube_persistentvolumeclaim_status_phase: 3,
  kube_node_status_addresses: 2,
  kube_pod_container_resource_requests: 2,
  kube_pod_status_phase: 5,
  kube_pod_status_qos_class: 3,
  kube_pod_status_ready: 3,
  kube_pod_status_scheduled: 3,
  kube_pod_tolerations: 3,
  kube_resourcequota: 4,
  kube_job_complete: 3,
  kube_job_failed: 3,
  container_memory_failures_total: 4,
};

/** Metrics that exist only for the few objects that have a problem or are deleted. */
const rare =
  /_waiting_reason$|_terminated_(?:reason|exitcode|timestamp)$|_unschedulable$(?<!node_spec_unschedulable)|_taint$|_deletion_timestamp$|_disruption_reason$|_status_reason$/;

/** Number of series of a metric about objects of the cluster, from its most specific label. */
export const seriesOfObjects = (
  name: string,
  labels: readonly string[],
  { nodes, pods }: CheckInput['scale'],
): number => {
  if (rare.test(name)) return 0;
  const times = each[name] ?? 1;
  if (name.startsWith('container_')) {
    // Each container and each pod has a cgroup; only the pod has network metrics.
    return times * (labels.includes('interface') ? pods : pods * (perPod.container + 1));
  }
  // One series for each claim, and not for each pod.
  if (name.includes('persistentvolumeclaims_info')) return pods * perPod.persistentvolumeclaim;
  if (labels.includes('container')) return times * pods * perPod.container;
  if (labels.includes('pod')) return times * pods;
  const entity = Object.entries(perPod).find(([label]) => labels.includes(label));
  if (entity) return times * pods * entity[1];
  return labels.includes('node') ? times * nodes : times;
};
