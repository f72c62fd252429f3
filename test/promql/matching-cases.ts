/** Series of the jobs of a small stack, by the notation of promtool. */
export const matchingSeries: readonly string[] = [
  'up{job="kube-state-metrics", instance="10.0.0.1:8080"}',
  'up{job="prometheus", instance="10.0.0.2:9090"}',
  'up{job="grafana", instance="10.0.0.3:3000"}',
  ...['a', 'b'].map(
    (pod) =>
      `kube_pod_info{job="kube-state-metrics", instance="10.0.0.1:8080", namespace="shop", pod="${pod}", node="one"}`,
  ),
  'kube_namespace_status_phase{job="kube-state-metrics", instance="10.0.0.1:8080", namespace="shop", phase="Active"}',
  'kube_namespace_status_phase{job="kube-state-metrics", instance="10.0.0.1:8080", namespace="blog", phase="Active"}',
  ...['kube_statefulset_replicas', 'kube_statefulset_status_replicas_updated'].map(
    (metric) =>
      `${metric}{job="kube-state-metrics", instance="10.0.0.1:8080", namespace="shop", statefulset="db"}`,
  ),
  ...['failed', 'done'].map(
    (status) =>
      `orders_total{job="shop", instance="10.0.0.9:8080", namespace="shop", pod="a", status="${status}"}`,
  ),
];

/** Expressions about them, with the fault that they have, if any. */
export const matchingCases: readonly (readonly [expr: string, fault?: string])[] = [
  // An aggregated side has fewer labels.
  [
    'max by (namespace, statefulset) (kube_statefulset_replicas) * (kube_statefulset_replicas != kube_statefulset_status_replicas_updated)',
    'never-matches',
  ],
  [
    'max by (namespace, statefulset) (kube_statefulset_replicas) * on (namespace, statefulset) (kube_statefulset_replicas != kube_statefulset_status_replicas_updated)',
  ],
  ['kube_statefulset_replicas != kube_statefulset_status_replicas_updated'],
  ['sum by (namespace) (kube_pod_info) != kube_namespace_status_phase', 'never-matches'],
  [
    'sum by (namespace) (kube_pod_info) != ignoring (job, instance, phase) kube_namespace_status_phase',
  ],
  ['sum by (namespace) (kube_pod_info) != sum by (namespace) (kube_namespace_status_phase)'],
  [
    'sum without (statefulset) (kube_statefulset_replicas) != sum without (phase) (kube_namespace_status_phase)',
  ],
  [
    'sum without (statefulset, job) (kube_statefulset_replicas) != sum without (phase) (kube_namespace_status_phase)',
    'never-matches',
  ],
  ['orders_total / sum(orders_total)', 'never-matches'],
  ['orders_total / on () group_left () sum(orders_total)'],
  ['orders_total / scalar(sum(orders_total))'],
  ['sum(orders_total) / sum(kube_pod_info)'],
  ['sum by (status) (orders_total) / sum by (pod) (orders_total)', 'never-matches'],
  ['kube_pod_info and sum by (namespace) (kube_namespace_status_phase)', 'never-matches'],
  ['kube_pod_info and on (namespace) sum by (namespace) (kube_namespace_status_phase)'],
  [
    'kube_pod_info unless sum by (namespace) (kube_namespace_status_phase)',
    'unless-without-effect',
  ],
  ['kube_pod_info unless on (pod) kube_pod_info{pod="a"}'],
  ['kube_pod_info or sum by (namespace) (kube_namespace_status_phase)'],
  // Series of different jobs have different labels.
  ['orders_total + kube_pod_info', 'never-matches'],
  ['orders_total{status="done"} + on (namespace, pod) kube_pod_info'],
  ['orders_total + on (namespace, pod) group_left (node) kube_pod_info'],
  ['orders_total * on (job) group_left () (up{job="prometheus"} * 0)', 'never-matches'],
  ['up{job="prometheus"} or up{job="grafana"}'],
  // Values that differ.
  ['orders_total{status="failed"} / orders_total{status="done"}', 'never-matches'],
  ['orders_total{status="failed"} / ignoring (status) orders_total{status="done"}'],
  ['orders_total{status="failed"} / orders_total{status!="failed"}', 'never-matches'],
  ['orders_total{status=~"failed|lost"} / orders_total{status="failed"}'],
  ['orders_total{status=~"failed|lost"} / orders_total{status=~"done|new"}', 'never-matches'],
  ['sum by (status) (orders_total{status="failed"}) / sum(orders_total)', 'never-matches'],
  ['sum by (status) (orders_total{status="failed"}) / ignoring (status) sum(orders_total)'],
  ['label_replace(orders_total{status="failed"}, "status", "done", "", "") / orders_total'],
  [
    'label_replace(orders_total{status="done"}, "status", "x", "", "") / orders_total{status="done"}',
    'never-matches',
  ],
  [
    'label_replace(sum by (pod) (orders_total), "node", "one", "pod", "a") * sum by (pod, node) (kube_pod_info)',
  ],
  ['sum by (namespace) (orders_total) * vector(2)', 'never-matches'],
  ['sum(orders_total) * vector(2)'],
  ['sum by (namespace) (orders_total) * scalar(vector(2))'],
  ['up unless absent(up{job="prometheus"})', 'unless-without-effect'],
  ['up unless on (job) up{job="grafana"}'],
  // Only some series can lack a label, and only some jobs are on both sides.
  ['sum by (pod) (kube_pod_info) / sum by (namespace, pod) (kube_pod_info)', 'never-matches'],
  ['sum by (namespace, pod) (kube_pod_info) / sum by (namespace, pod) (kube_pod_info)'],
  [
    'sum by (pod) (kube_pod_info) / on (pod) group_right () sum by (namespace, pod) (kube_pod_info)',
  ],
  ['sum by (pod) (kube_pod_info) / sum by (pod, node) (kube_pod_info)', 'matches-without-label'],
  ['sum by (pod, node) (kube_pod_info) and sum by (pod) (kube_pod_info)', 'matches-without-label'],
  // A text around the whole of a label that some series have.
  [
    'sum by (pod) (kube_pod_info) * max by (pod, place) (label_replace(kube_pod_info, "place", "node/$1", "node", "(.+)"))',
    'matches-without-label',
  ],
  [
    'sum by (pod) (kube_pod_info) * max by (pod, place) (label_replace(kube_pod_info, "place", "node/$1", "unknown", "(.+)"))',
  ],
  [
    'sum by (pod) (kube_pod_info) * max by (pod, place) (label_replace(kube_pod_info, "place", "$1", "node", "(x?).*"))',
  ],
  ['up == 0 and kube_pod_info', 'never-matches'],
  ['kube_pod_info and up{job=~"kube-.*"}', 'never-matches'],
  ['up == 2 or kube_pod_info'],
  ['kube_pod_info and on (job) up'],
  ['kube_pod_info and on (job) up{job="prometheus"}', 'never-matches'],
  ['sum by (job) (up) > sum by (job) (kube_pod_info) * 0'],
  // Several series that match one.
  [
    'sum by (namespace, pod) (kube_pod_info) / on (namespace) sum by (namespace) (kube_pod_info)',
    'several-matches',
  ],
  [
    'sum by (namespace, pod) (kube_pod_info) / on (namespace) group_left () sum by (namespace) (kube_pod_info)',
  ],
  [
    'sum by (namespace) (kube_pod_info) / on (namespace) group_left () sum by (namespace, pod) (kube_pod_info)',
    'several-matches',
  ],
  [
    'sum by (namespace) (kube_pod_info) / ignoring (pod) sum by (namespace, pod) (kube_pod_info)',
    'several-matches',
  ],
  ['sum by (pod) (kube_pod_info) / on () sum(kube_pod_info)', 'several-matches'],
  ['sum by (pod) (kube_pod_info{pod="a"}) / on () sum(kube_pod_info)'],
  ['sum by (pod, node) (kube_pod_info) / on (pod) sum by (pod) (kube_pod_info)'],
  ['sum by (namespace, pod) (kube_pod_info) and on (namespace) sum by (namespace) (kube_pod_info)'],
  // Series with the same labels.
  [
    'label_replace(sum by (job) (up{job=~"prometheus|grafana"}), "job", "fixed", "", "")',
    'merged-series',
  ],
  ['label_replace(sum by (job) (up{job="prometheus"}), "job", "fixed", "", "")'],
  ['label_replace(sum by (job) (up{job=~"prometheus|grafana"}), "part", "fixed", "", "")'],
  ['label_replace(sum by (job) (up{job=~"prometheus|grafana"}), "job", "my-$1", "job", "(.*)")'],
  ['label_replace(sum by (job) (up{job=~"prometheus|grafana"}), "job", "x", "job", "graf.*")'],
  [
    'label_replace(sum by (job) (up{job=~"prometheus|grafana"}), "job", "x", "job", "graf.*|prom.*")',
    'merged-series',
  ],
  ['label_replace(topk(1, sum by (pod) (kube_pod_info)), "pod", "any", "", "")'],
  ['label_replace(sum by (pod) (kube_pod_info), "pod", "any", "", "")', 'merged-series'],
  ['label_replace(sum by (namespace, pod) (kube_pod_info), "namespace", "any", "", "")'],
  ['label_join(sum by (pod) (kube_pod_info), "pod", "-")', 'merged-series'],
  ['label_join(sum by (pod) (kube_pod_info), "pod", "-", "pod", "node")'],
];
