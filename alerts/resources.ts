import { alertGroup } from '../src/content/alert-group.js';

/** What pods may use: control plane nodes take hardly any. */
const allocatable =
  '(kube_node_status_allocatable unless on (node) kube_node_spec_taint{key="node-role.kubernetes.io/control-plane",effect="NoSchedule"})';

export default alertGroup({
  needs: ['kube-state-metrics'],
  dashboard: 'cluster-compute',
  thresholds: {
    /** What pods request, as a share of what is left when the largest node is lost. */
    committed: 1,
    quotaUsed: 0.9,
  },
  rules: (threshold) => ({
    recordings: [
      {
        // Finished pods hold nothing any more.
        record: 'namespace_resource:kube_pod_container_resource_requests:sum',
        expr: 'sum by (namespace, resource) (max by (namespace, pod, container, resource) (kube_pod_container_resource_requests{resource=~"cpu|memory"}) and on (namespace, pod) kube_pod_status_phase{phase=~"Pending|Running"} == 1)',
      },
    ],
    alerts: [
      {
        alert: 'ClusterOvercommitted',
        // A cluster of one node has none to lose.
        expr: `sum by (resource) (namespace_resource:kube_pod_container_resource_requests:sum) / (sum by (resource) ${allocatable} - max by (resource) ${allocatable} > 0) > ${threshold.committed}`,
        for: '30m',
        severity: 'warning',
        subject: 'overcommit {{ $labels.resource }}',
        summary: 'The cluster cannot lose a node: {{ $labels.resource }} would not suffice.',
        description:
          'Pods request {{ $value | humanizePercentage }} of the {{ $labels.resource }} that is left when the largest node is lost, so that some of them would find no place.',
      },
      {
        alert: 'NamespaceQuotaAlmostUsedUp',
        dashboard: 'namespace',
        // Quotas on numbers of objects are often meant to be used up.
        expr: `max by (namespace, resourcequota, resource) (kube_resourcequota{type="used",resource=~"(requests\\\\.|limits\\\\.)?(cpu|memory)|requests\\\\.storage|pods"}) / (max by (namespace, resourcequota, resource) (kube_resourcequota{type="hard"}) > 0) > ${threshold.quotaUsed}`,
        for: '15m',
        severity: 'warning',
        subject: 'quota {{ $labels.resource }}',
        summary:
          'Namespace {{ $labels.namespace }} has almost used up its {{ $labels.resource }} quota.',
        description:
          'Namespace {{ $labels.namespace }} uses {{ $value | humanizePercentage }} of what quota {{ $labels.resourcequota }} allows of {{ $labels.resource }}; beyond it no pod is created.',
      },
    ],
  }),
});
