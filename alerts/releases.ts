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
/** With the current release, so that the values of each release can be compared later. */
const ofRelease = (expr: string): string =>
  `${expr} * on (${by}) group_left (release) workload:release:current`;
/** The mean of the pods of a workload; those of a Job have no release. */
const ofPods = (expr: string): string =>
  ofRelease(
    `avg by (${by}) (sum by (namespace, pod) (${expr}) * on (namespace, pod) group_left (workload) ${owners}{workload!~"job/.+"})`,
  );

/** Spans have no namespace: only services that have the name of exactly one workload. */
const spans = 'span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';
const named =
  'label_replace(workload:release:current, "service_name", "$1", "workload", ".+/(.+)")';
const ofService = (expr: string): string =>
  ofRelease(
    `max by (${by}) ((${expr}) * on (service_name) group_left (${by}) (${named} and on (service_name) count by (service_name) (${named}) == 1))`,
  );
const requests = (series: string, more = '', labels = ''): string =>
  `sum by (service_name${labels}) (rate(traces_span_metrics_${series}{${spans}${more}}[5m]))`;

export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics'],
  rules: () => ({
    recordings: [
      {
        record: 'workload:release:current',
        expr: `group by (${by}, release) (${ofDeployments} or ${ofStatefulSets} or ${ofDaemonSets})`,
      },
      {
        record: 'workload:pod_restarts:avg_increase5m',
        expr: ofPods('increase(kube_pod_container_status_restarts_total[5m])'),
      },
      {
        record: 'workload:pod_cpu_usage_seconds:avg_rate5m',
        needs: ['cadvisor'],
        expr: ofPods('container:container_cpu_usage_seconds:rate5m'),
      },
      {
        record: 'workload:pod_memory_working_set_bytes:avg',
        needs: ['cadvisor'],
        expr: ofPods('container:container_memory_working_set_bytes:max'),
      },
      {
        record: 'workload:span_requests:rate5m',
        needs: ['span-metrics'],
        expr: ofService(requests('calls_total')),
      },
      {
        record: 'workload:span_errors:rate5m',
        needs: ['span-metrics'],
        expr: ofService(
          `${requests('calls_total', ', status_code="STATUS_CODE_ERROR"')} or 0 * ${requests('calls_total')}`,
        ),
      },
      {
        record: 'workload:span_duration_milliseconds:p95',
        needs: ['span-metrics'],
        // Without requests, a quantile is NaN, which is not above zero.
        expr: ofService(
          `histogram_quantile(0.95, ${requests('duration_milliseconds_bucket', '', ', le')}) > 0`,
        ),
      },
    ],
    alerts: [],
  }),
});
