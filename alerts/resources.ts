import { alertGroup } from '../src/content/alert-group.js';

const controlPlane =
  'kube_node_spec_taint{key="node-role.kubernetes.io/control-plane",effect="NoSchedule"}';
/** Resources for pods: control plane nodes accept almost none. */
const allocatable = `(max by (node, resource) (kube_node_status_allocatable) unless on (node) ${controlPlane})`;

// Finished pods use no resources.
const requestsOf = (requests: string): string =>
  `max by (namespace, pod, container, resource) (${requests}) and on (namespace, pod) kube_pod_status_phase{phase=~"Pending|Running"} == 1`;
/** Requests of all namespaces, minus those of pods on control plane nodes. */
const requested = `(namespace_resource:kube_pod_container_resource_requests:sum or -(${requestsOf(`kube_pod_container_resource_requests and on (node) ${controlPlane}`)}))`;

/** The effective quota of a namespace is its smallest one; `cpu` and `requests.cpu` are the same limit. */
const quotas =
  'sum by (kind) (min by (namespace, kind) (label_replace(kube_resourcequota{type="hard",resource=~"(requests\\\\.)?(cpu|memory)"}, "kind", "$2", "resource", "(requests\\\\.)?(.+)")))';

export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics'],
  dashboard: 'cluster-compute',
  thresholds: {
    /** Requests of pods, as a share of the resources without the largest node. */
    committed: 1,
    quotaUsed: 0.9,
    /** Quotas of all namespaces, as a share of the resources of the nodes. */
    quotasCommitted: 1.5,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'namespace_resource:kube_pod_container_resource_requests:sum',
        expr: `sum by (namespace, resource) (${requestsOf('kube_pod_container_resource_requests{resource=~"cpu|memory"}')})`,
      },
    ],
    alerts: [
      {
        alert: 'ClusterOvercommitted',
        // Not for a cluster with one node.
        expr: `sum by (resource) ${requested} / (sum by (resource) ${allocatable} - max by (resource) ${allocatable} > 0) > ${threshold.committed}`,
        for: '30m',
        severity: 'warning',
        subject: 'overcommit {{ $labels.resource }}',
        summary: 'The cluster has too little {{ $labels.resource }} to lose a node.',
        description:
          'Pods request {{ $value | humanizePercentage }} of the {{ $labels.resource }} that remains without the largest node. If it fails, some pods cannot be scheduled.',
      },
      {
        alert: 'QuotasOvercommitted',
        expr: `sum by (resource) (label_replace(${quotas}, "resource", "$1", "kind", "(.+)")) / sum by (resource) ${allocatable} > ${threshold.quotasCommitted}`,
        for: '30m',
        severity: 'warning',
        subject: 'quotas {{ $labels.resource }}',
        summary: 'The {{ $labels.resource }} quotas of all namespaces exceed the cluster.',
        description:
          'The quotas of all namespaces together allow {{ $value | humanizePercentage }} of the {{ $labels.resource }} of all nodes.',
      },
      {
        alert: 'NamespaceQuotaAlmostUsedUp',
        dashboard: 'namespace',
        // Quotas of numbers of objects are often used up on purpose.
        expr: `max by (namespace, resourcequota, resource) (kube_resourcequota{type="used",resource=~"(requests\\\\.|limits\\\\.)?(cpu|memory)|requests\\\\.storage|pods"}) / (max by (namespace, resourcequota, resource) (kube_resourcequota{type="hard"}) > 0) > ${threshold.quotaUsed}`,
        for: '15m',
        severity: 'warning',
        subject: 'quota {{ $labels.resource }}',
        summary:
          'Namespace {{ $labels.namespace }} has almost used up its {{ $labels.resource }} quota.',
        description:
          'Namespace {{ $labels.namespace }} uses {{ $value | humanizePercentage }} of the {{ $labels.resource }} in quota {{ $labels.resourcequota }}. Pods beyond the quota are rejected.',
      },
    ],
  }),
});
