import { jobDown } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/** Both certificates of a kubelet, with the label `certificate`. */
const ofCertificates = (client: string, server: string): string =>
  `(label_replace(${client}, "certificate", "client", "", "") or label_replace(${server}, "certificate", "server", "", ""))`;

const timeToLive = ofCertificates(
  'kubelet_certificate_manager_client_ttl_seconds',
  'kubelet_certificate_manager_server_ttl_seconds',
);
const timeToLiveADayAgo = ofCertificates(
  'kubelet_certificate_manager_client_ttl_seconds offset 1d',
  'kubelet_certificate_manager_server_ttl_seconds offset 1d',
);

const notReady = 'max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 0';
const cordoned = 'kube_node_spec_unschedulable == 1';
const inService = `${notReady} unless on (node) ${cordoned}`;

const day = 86400;

export default alertGroup({
  adaptRanges: true,
  needs: ['kubelet', 'kube-state-metrics'],
  dashboard: 'kubelet',
  thresholds: {
    /** Share of all nodes. */
    nodesNotReady: 0.2,
    /** Changes in 15 minutes. */
    readinessChanges: 3,
    /** At most the upper bound of the last bucket, 10. */
    relistSeconds: 10,
    podStartSeconds: 60,
    /** Share of the maximum number of pods. */
    pods: 0.95,
    certificateSeconds: 7 * day,
    certificateSecondsCritical: day,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'NodeNotReady',
        dashboard: 'node',
        // A cordoned node is under maintenance, unless this takes hours.
        expr: `${notReady} unless on (node) (${cordoned} unless on (node) kube_node_spec_unschedulable offset 6h == 1)`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'node',
        summary: 'Node {{ $labels.node }} is not ready.',
        description:
          'Node {{ $labels.node }} has not been ready for 15 minutes: its kubelet reports a problem, or sends no status.',
      },
      {
        alert: 'NodesNotReady',
        dashboard: 'nodes',
        // NodeNotReady reports a single node, also in a small cluster; a cordoned node is under maintenance.
        expr: `count(${inService}) / count(max by (node) (kube_node_status_condition{condition="Ready",status="true"})) > ${threshold.nodesNotReady} and count(${inService}) > 1`,
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
        summary: 'Node {{ $labels.node }} switches between ready and not ready.',
        description:
          'Node {{ $labels.node }} changed between ready and not ready {{ $value | humanize }} times in 15 minutes.',
      },
      {
        alert: 'NodePressure',
        dashboard: 'node',
        expr: 'max by (node, condition) (kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure",status="true"}) == 1',
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'pressure',
        summary: 'Node {{ $labels.node }} has {{ $labels.condition }}.',
        description:
          'Node {{ $labels.node }} has condition {{ $labels.condition }}: it accepts no new pods, and its kubelet evicts pods.',
      },
      {
        alert: 'PodsEvicted',
        dashboard: 'node',
        // The series of a signal starts with its first eviction, which `increase` does not count.
        expr: 'round(sum by (node, eviction_signal) ((kubelet_evictions unless kubelet_evictions offset 15m and on (node) up{job="kubelet"} offset 15m == 1) or increase(kubelet_evictions[15m]))) > 0',
        severity: 'warning',
        subject: 'pressure',
        summary: 'Pods were evicted from {{ $labels.node }}.',
        description:
          '{{ $value | humanize }} pod(s) were evicted from node {{ $labels.node }} in 15 minutes because of {{ $labels.eviction_signal }}.',
      },
      {
        alert: 'KubeletDown',
        // NodeNotReady reports nodes that are not ready.
        expr: 'max by (job, node) (up{job="kubelet"}) == 0 unless on (node) kube_node_status_condition{condition="Ready",status="true"} == 0',
        for: '15m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'Prometheus cannot reach the kubelet of {{ $labels.node }}.',
        description:
          'Node {{ $labels.node }} is ready, but Prometheus has not reached its kubelet for 15 minutes. The metrics of its pods and volumes are missing.',
      },
      {
        alert: 'KubeletsAllDown',
        expr: jobDown('kubelet'),
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus cannot reach any kubelet.',
        description:
          'Prometheus has reached no kubelet for 10 minutes. The metrics of pods and volumes are missing, and most alerts about them cannot fire.',
      },
      {
        alert: 'KubeletPLEGSlow',
        // The last bucket ends at 10 s: longer durations have this value.
        expr: `histogram_quantile(0.99, sum by (node, le) (rate(kubelet_pleg_relist_duration_seconds_bucket[5m]))) >= ${threshold.relistSeconds}`,
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'The kubelet of {{ $labels.node }} lists its containers slowly.',
        description:
          'The kubelet of {{ $labels.node }} needs {{ $value | humanizeDuration }} or more to list its containers (99th percentile). At 3 minutes, the node becomes not ready.',
      },
      {
        alert: 'KubeletPodStartSlow',
        // Without the time for images and init containers. On many nodes, pods start only every few minutes.
        expr: `histogram_quantile(0.99, sum by (node, le) (rate(kubelet_pod_start_sli_duration_seconds_bucket[30m]))) > ${threshold.podStartSeconds} and round(sum by (node) (increase(kubelet_pod_start_sli_duration_seconds_bucket{le="+Inf"}[30m]))) > 1`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'kubelet',
        summary: 'Pods start slowly on {{ $labels.node }}.',
        description:
          'Pods on {{ $labels.node }} need {{ $value | humanizeDuration }} to start (99th percentile), without the time to pull images.',
      },
      {
        alert: 'KubeletTooManyPods',
        // Some platforms run each pod on its own node.
        expr: `max by (node) (kubelet_running_pods) / on (node) max by (node) (kube_node_status_allocatable{resource="pods"} > 1) > ${threshold.pods}`,
        for: '30m',
        severity: 'info',
        subject: 'pods',
        summary: '{{ $labels.node }} has almost no room for more pods.',
        description:
          'Node {{ $labels.node }} runs {{ $value | humanizePercentage }} of its maximum number of pods.',
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
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires in {{ $value | humanizeDuration }}. The kubelet should have renewed it already.',
      },
      {
        alert: 'KubeletCertificateExpiresSoon',
        // A certificate that is valid, and had as little time left a day ago, was renewed: its lifetime is short.
        expr: `min by (node, certificate) ${timeToLive} < ${threshold.certificateSecondsCritical} unless (min by (node, certificate) ${timeToLiveADayAgo} < ${threshold.certificateSecondsCritical} and min by (node, certificate) ${timeToLive} > 0)`,
        for: '15m',
        severity: 'critical',
        subject: 'kubelet-certificate {{ $labels.certificate }}',
        summary:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires within a day.',
        description:
          'The {{ $labels.certificate }} certificate of the kubelet on {{ $labels.node }} expires in {{ $value | humanizeDuration }}. Without valid certificates, the node is lost.',
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
          'The kubelet on {{ $labels.node }} failed {{ $value | humanize }} time(s) within an hour to renew its {{ $labels.certificate }} certificate.',
      },
      {
        alert: 'KubernetesVersionsDiffer',
        dashboard: 'nodes',
        needs: ['apiserver'],
        expr: 'count(count by (minor) (label_replace(kubernetes_build_info{job=~"apiserver|kubelet"}, "minor", "$1", "git_version", "v([0-9]+\\\\.[0-9]+).*"))) > 1',
        for: '6h',
        severity: 'warning',
        subject: 'version',
        summary: 'API servers and kubelets run different versions.',
        description:
          '{{ $value | humanize }} minor versions of Kubernetes have been running for 6 hours: an upgrade is not finished.',
      },
    ],
  }),
});
