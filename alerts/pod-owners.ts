import { alertGroup } from '../src/content/alert-group.js';

const labels = 'namespace, workload, pod';
const named = (expr: string, kind: string, owner: string): string =>
  `label_replace(${expr}, "workload", "${kind}/$1", "${owner}", "(.+)")`;

/** Pods whose owner is the workload itself. */
const direct = ['StatefulSet', 'DaemonSet', 'Job']
  .map((kind) => named(`kube_pod_owner{owner_kind="${kind}"}`, kind.toLowerCase(), 'owner_name'))
  .join(' or ');

/** Pods of Deployments, which own them through a ReplicaSet. */
const ofDeployments = `label_replace(kube_pod_owner{owner_kind="ReplicaSet"}, "replicaset", "$1", "owner_name", "(.+)") * on (namespace, replicaset) group_left (workload) ${named('max by (namespace, replicaset, owner_name) (kube_replicaset_owner{owner_kind="Deployment"})', 'deployment', 'owner_name')}`;

export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics'],
  rules: () => ({
    recordings: [
      {
        record: 'namespace_workload_pod:kube_pod_owner:relabel',
        expr: `max by (${labels}) (${direct}) or max by (${labels}) (${ofDeployments})`,
      },
    ],
    alerts: [],
  }),
});
