import type { CheckInput } from '../../model/check.js';

/** What a cluster is taken to have beside nodes and pods, as a share of its pods. */
// In the order in which the first of them that a metric has says whose it is.
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

/** Series of one metric for one object, where they are not one: a state each, or one a resource. */
const each: Readonly<Record<string, number>> = {
  kube_deployment_status_condition: 6,
  kube_horizontalpodautoscaler_status_condition: 9,
  kube_namespace_status_phase: 2,
  kube_node_status_allocatable: 3,
  kube_node_status_capacity: 3,
  kube_node_status_condition: 12,
  kube_persistentvolume_status_phase: 5,
  kube_persistentvolumeclaim_status_phase: 3,
  kube_pod_container_resource_requests: 2,
  kube_pod_status_phase: 5,
  kube_pod_status_ready: 3,
  kube_pod_status_reason: 5,
  kube_resourcequota: 4,
  kube_job_failed: 3,
  container_memory_failures_total: 4,
};

/** Told of objects in trouble alone, which are few. */
const rare =
  /_waiting_reason$|_terminated_reason$|_unschedulable$(?<!node_spec_unschedulable)|_taint$/;

/** Series of a metric about objects of the cluster, by the most specific of its labels. */
export const seriesOfObjects = (
  name: string,
  labels: readonly string[],
  { nodes, pods }: CheckInput['scale'],
): number => {
  if (rare.test(name)) return 0;
  const times = each[name] ?? 1;
  if (name.startsWith('container_')) {
    // A cgroup of each container and of each pod; the network is the pod's alone.
    return times * (labels.includes('interface') ? pods : pods * (perPod.container + 1));
  }
  // One series a claim, whatever pod has it.
  if (name.includes('persistentvolumeclaims_info')) return pods * perPod.persistentvolumeclaim;
  if (labels.includes('container')) return times * pods * perPod.container;
  if (labels.includes('pod')) return times * pods;
  const entity = Object.entries(perPod).find(([label]) => labels.includes(label));
  if (entity) return times * pods * entity[1];
  return labels.includes('node') ? times * nodes : times;
};
