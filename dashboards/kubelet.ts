import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="kubelet", cluster=~"$cluster"';
const here = `${all}, node=~"$node"`;
const rate = (metric: string) => `rate(${metric}{${here}}[$__rate_interval])`;
const mean = (by: string, metric: string) =>
  `sum by (${by}) (${rate(`${metric}_sum`)}) / (sum by (${by}) (${rate(`${metric}_count`)}) > 0)`;
const opens = { dashboard: 'node', by: ['node'] };

export default dashboard({
  title: 'Kubelet',
  description: 'Pod starts, container runtime, API requests and resources of the kubelets.',
  folder: 'Kubernetes',
  needs: ['kubelet'],
  links: ['nodes', 'persistent-volumes', 'api-server'],
  variables: [cluster, labelVariable('node', `kubelet_node_name{${all}}`)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Kubelets up',
          description: 'Kubelets that answer. Bad: fewer than the cluster has nodes.',
          ...count,
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Running pods',
          description: 'Pods with a running sandbox. Bad: a sudden fall.',
          ...count,
          queries: `sum(kubelet_running_pods{${here}})`,
        }),
        stat({
          title: 'Failed pod starts in one hour',
          description: 'Errors while pods start. Bad: errors that continue.',
          ...count,
          thresholds: { warning: 1, critical: 20 },
          queries: `round(sum(increase(kubelet_started_pods_errors_total{${here}}[1h])))`,
        }),
        stat({
          title: 'Evictions in one day',
          description: 'Pods that kubelets ended because a node lacked a resource. Bad: any.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          queries: `round(sum(increase(kubelet_evictions{${here}}[1d]))) or vector(0)`,
        }),
        stat({
          title: 'Serving certificate',
          description: 'Time until the first kubelet certificate expires. Bad: below one week.',
          unit: 's',
          empty: 'not rotated',
          thresholds: { warning: 604800, critical: 86400 },
          queries: `min(kubelet_certificate_manager_server_ttl_seconds{${here}} < +Inf)`,
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        timeSeries({
          title: 'Pods by node',
          description: 'Running pods of each node. Bad: near the limit, usually 110.',
          ...count,
          opens,
          queries: { '{{node}}': `max by (node) (kubelet_running_pods{${here}})` },
        }),
        timeSeries({
          title: 'Pod start time (99th percentile, 1 h)',
          description:
            'From creation to running without image pulls, for the pods that started within one hour. Bad: above 5 s.',
          unit: 's',
          empty: 'no pod started',
          opens,
          queries: {
            // Without a start the quantile is NaN, which no comparison passes.
            '{{node}}': `histogram_quantile(0.99, sum by (le, node) (rate(kubelet_pod_start_sli_duration_seconds_bucket{${here}}[1h]))) >= 0`,
          },
        }),
        timeSeries({
          title: 'Mean duration of container relists',
          description:
            'Time to list the containers of a node. Bad: above 1 s; at 3 minutes the node is not ready.',
          unit: 's',
          opens,
          queries: { '{{node}}': mean('node', 'kubelet_pleg_relist_duration_seconds') },
        }),
      ],
    },
    {
      title: 'Container runtime and API server',
      panels: [
        timeSeries({
          title: 'Runtime operations',
          description: 'Requests to the container runtime, by operation. Bad: constant creations.',
          unit: 'ops',
          width: 12,
          queries: {
            '{{operation_type}}': `sum by (operation_type) (${rate('kubelet_runtime_operations_total')})`,
          },
        }),
        timeSeries({
          title: 'Runtime errors',
          description: 'Failed requests to the container runtime. Bad: errors that continue.',
          unit: 'ops',
          width: 12,
          empty: 'no errors',
          queries: {
            '{{operation_type}}': `sum by (operation_type) (${rate('kubelet_runtime_operations_errors_total')})`,
          },
        }),
        timeSeries({
          title: 'Mean duration of runtime operations',
          description: 'Seconds by operation. Bad: seconds, except for image pulls.',
          unit: 's',
          width: 12,
          queries: {
            '{{operation_type}}': mean(
              'operation_type',
              'kubelet_runtime_operations_duration_seconds',
            ),
          },
        }),
        timeSeries({
          title: 'Requests to the API server',
          description:
            'Requests of the kubelets by status code. Bad: 5xx, 429, or `<error>`: no connection.',
          unit: 'reqps',
          width: 12,
          queries: { '{{code}}': `sum by (code) (${rate('rest_client_requests_total')})` },
        }),
      ],
    },
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'Memory of the kubelets',
          description: 'Resident memory by node. Bad: steady growth.',
          unit: 'bytes',
          opens,
          queries: { '{{node}}': `max by (node) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU of the kubelets',
          description: 'Cores in use by node. Bad: one node far above the others.',
          ...cores,
          opens,
          queries: { '{{node}}': `sum by (node) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
