import { alertGroup } from '../src/content/alert-group.js';

const owners = 'namespace_workload_pod:kube_pod_owner:relabel';

/**
 * The ReplicaSet of the pod of a Deployment that started last. Scaling starts pods of the current ReplicaSet; only a
 * rollout, or its undoing, starts pods of another one.
 */
const ofDeployments = `group by (namespace, workload, release) (topk by (namespace, workload) (1, max by (namespace, workload, release) (label_replace(kube_pod_start_time * on (namespace, pod) group_left (owner_name) max by (namespace, pod, owner_name) (kube_pod_owner{owner_kind="ReplicaSet"}), "release", "$1", "owner_name", "(.+)") * on (namespace, pod) group_left (workload) ${owners})))`;

const ofStatefulSets =
  'label_replace(label_replace(group by (namespace, statefulset, revision) (kube_statefulset_status_update_revision), "workload", "statefulset/$1", "statefulset", "(.+)"), "release", "$1", "revision", "(.+)")';

/** The generation: the number of replicas is not in the specification of a DaemonSet. */
const ofDaemonSets =
  'label_replace(count_values by (namespace, daemonset) ("release", max by (namespace, daemonset) (kube_daemonset_metadata_generation)), "workload", "daemonset/$1", "daemonset", "(.+)")';

const by = 'namespace, workload';
export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics'],
  rules: () => ({
    recordings: [
      {
        record: 'workload:release:current',
        expr: `group by (${by}, release) (${ofDeployments} or ${ofStatefulSets} or ${ofDaemonSets})`,
      },
    ],
    alerts: [],
  }),
});
