import { alertGroup } from '../src/content/alert-group.js';

/** Both certificates of a kubelet, told apart by a label. */
const ofCertificates = (client: string, server: string): string =>
  `(label_replace(${client}, "certificate", "client", "", "") or label_replace(${server}, "certificate", "server", "", ""))`;

const timeToLive = ofCertificates(
  'kubelet_certificate_manager_client_ttl_seconds',
  'kubelet_certificate_manager_server_ttl_seconds',
);

const day = 86400;

export default alertGroup({
  needs: ['kubelet', 'kube-state-metrics'],
  dashboard: 'kubelet',
  thresholds: {
    /** Share of all nodes. */
    nodesNotReady: 0.2,
    /** Changes in a quarter of an hour. */
    readinessChanges: 3,
    relistSeconds: 10,
    podStartSeconds: 60,
    /** Share of the pods that a node takes. */
    pods: 0.95,
    certificateSeconds: 7 * day,
    certificateSecondsCritical: day,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'NodeNotReady',
        dashboard: 'node',
        // Who cordoned it knows.
        expr: 'max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 0 unless on (node) kube_node_spec_unschedulable == 1',
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'node',
        summary: 'Node {{ $labels.node }} is not ready.',
        description:
          'Node {{ $labels.node }} has not been ready for 15 minutes: its kubelet says so, or is not heard of.',
      },
      {
        alert: 'NodesNotReady',
        dashboard: 'nodes',
        expr: `1 - avg(max by (node) (kube_node_status_condition{condition="Ready",status="true"})) > ${threshold.nodesNotReady}`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'nodes',
        summary: 'Many nodes are not ready.',
        description: '{{ $value | humanizePercentage }} of the nodes are not ready.',
      },
      {
        alert: 'NodeReadinessFlapping',
        dashboard: 'node',
        expr: `max by (node) (changes(kube_node_status_condition{condition="Ready",status="true"}[15m])) > ${threshold.readinessChanges}`,
        for: '5m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'node',
        summary: 'Node {{ $labels.node }} is ready by turns.',
        description:
          'Node {{ $labels.node }} became ready or stopped being so {{ $value | humanize }} times in 15 minutes.',
      },
      {
        alert: 'NodePressure',
        dashboard: 'node',
        expr: 'max by (node, condition) (kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure",status="true"}) == 1',
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'pressure',
        summary: 'Node {{ $labels.node }} is under {{ $labels.condition }}.',
        description:
          'Node {{ $labels.node }} has condition {{ $labels.condition }}: its kubelet takes no new pods, and evicts some that are there.',
      },
      {
        alert: 'PodsEvicted',
        dashboard: 'node',
        expr: 'round(sum by (node, eviction_signal) (increase(kubelet_evictions[15m]))) > 0',
        severity: 'warning',
        subject: 'pressure',
        summary: 'Pods were evicted from {{ $labels.node }}.',
        description:
          '{{ $value | humanize }} pod(s) were evicted from {{ $labels.node }} in 15 minutes, because of {{ $labels.eviction_signal }}.',
      },
      {
        alert: 'KubeletDown',
        // Unless NodeNotReady tells of it.
        expr: 'max by (node) (up{job="kubelet"}) == 0 unless on (node) kube_node_status_condition{condition="Ready",status="true"} == 0',
        for: '15m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'The kubelet of {{ $labels.node }} does not answer Prometheus.',
        description:
          'Node {{ $labels.node }} is ready, but Prometheus has not reached its kubelet for 15 minutes: what its pods and volumes use is not seen.',
      },
      {
        alert: 'KubeletsAllDown',
        // A critical alert silences TargetsDown of the same job.
        expr: 'label_replace(absent(up{job="kubelet"} == 1), "job", "kubelet", "", "")',
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'No kubelet answers Prometheus.',
        description:
          'Prometheus has reached no kubelet for 10 minutes: what pods and volumes use is not seen, nor are most alerts about them.',
      },
      {
        alert: 'KubeletPLEGSlow',
        expr: `histogram_quantile(0.99, sum by (node, le) (rate(kubelet_pleg_relist_duration_seconds_bucket[5m]))) > ${threshold.relistSeconds}`,
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'The kubelet of {{ $labels.node }} is slow to see its containers.',
        description:
          'One in a hundred times the kubelet of {{ $labels.node }} takes {{ $value | humanizeDuration }} to list its containers; at 3 minutes the node is not ready.',
      },
      {
        alert: 'KubeletPodStartSlow',
        // Without the time for images and init containers.
        expr: `histogram_quantile(0.99, sum by (node, le) (rate(kubelet_pod_start_sli_duration_seconds_bucket[10m]))) > ${threshold.podStartSeconds}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'Pods start slowly on {{ $labels.node }}.',
        description:
          'One in a hundred pods on {{ $labels.node }} takes {{ $value | humanizeDuration }} to start, without the time for its images.',
      },
      {
        alert: 'KubeletTooManyPods',
        expr: `max by (node) (kubelet_running_pods) / on (node) max by (node) (kube_node_status_allocatable{resource="pods"}) > ${threshold.pods}`,
        for: '30m',
        severity: 'info',
        subject: 'pods',
        summary: '{{ $labels.node }} takes hardly any more pods.',
        description:
          '{{ $value | humanizePercentage }} of the pods that {{ $labels.node }} takes are running.',
      },
      {
        alert: 'KubeletCertificateExpiring',
        expr: `min by (node, certificate) ${timeToLive} < ${threshold.certificateSeconds}`,
        for: '1h',
        severity: 'warning',
        subject: 'kubelet-certificate {{ $labels.certificate }}',
        summary:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires.',
        description:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires in {{ $value | humanizeDuration }}, and should have been renewed long ago.',
      },
      {
        alert: 'KubeletCertificateExpiresSoon',
        expr: `min by (node, certificate) ${timeToLive} < ${threshold.certificateSecondsCritical}`,
        for: '15m',
        severity: 'critical',
        subject: 'kubelet-certificate {{ $labels.certificate }}',
        summary:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires within a day.',
        description:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires in {{ $value | humanizeDuration }}; then the node is lost.',
      },
      {
        alert: 'KubeletCertificateRenewalFailing',
        expr: `round(sum by (node, certificate) ${ofCertificates(
          'increase(kubelet_certificate_manager_client_expiration_renew_errors[1h])',
          'increase(kubelet_server_expiration_renew_errors[1h])',
        )}) > 0`,
        for: '15m',
        severity: 'warning',
        subject: 'kubelet-certificate-renewal',
        summary:
          'The kubelet on {{ $labels.node }} cannot renew its {{ $labels.certificate }} certificate.',
        description:
          'The kubelet on {{ $labels.node }} has failed {{ $value | humanize }} time(s) within an hour to renew its {{ $labels.certificate }} certificate.',
      },
      {
        alert: 'KubernetesVersionsDiffer',
        dashboard: 'nodes',
        needs: ['apiserver'],
        expr: 'count(count by (minor) (label_replace(kubernetes_build_info{job=~"apiserver|kubelet"}, "minor", "$1", "git_version", "v([0-9]+\\\\.[0-9]+).*"))) > 1',
        for: '6h',
        severity: 'warning',
        subject: 'version',
        summary: 'API servers and kubelets differ in version.',
        description:
          '{{ $value | humanize }} minor versions of Kubernetes have been running beside each other for six hours: an upgrade was not finished.',
      },
    ],
  }),
});
