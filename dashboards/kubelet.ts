import { cluster, dashboard, labelVariable, stat, timeSeries } from '../src/content/grafana.js';

const all = 'job="kubelet", cluster=~"$cluster"';
const here = `${all}, node=~"$node"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const quantile = (by: string, metric: string) =>
  `histogram_quantile(0.99, sum by (le, ${by}) (${rate(`${metric}_bucket`)}))`;

export default dashboard({
  title: 'Kubelet',
  description: 'Whether the kubelets start pods, ask the runtime and keep up.',
  folder: 'Kubernetes',
  needs: ['kubelet'],
  links: ['nodes', 'node', 'persistent-volumes', 'api-server'],
  variables: [cluster, labelVariable('node', `kubelet_node_name{${all}}`)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Kubelets up',
          description: 'Bad: fewer than there are nodes.',
          unit: 'short',
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Pods running',
          description: 'Pods whose sandbox runs. Bad: a sudden fall.',
          unit: 'short',
          queries: `sum(kubelet_running_pods{${here}})`,
        }),
        stat({
          title: 'Pods that failed to start',
          description: 'In the last hour. Bad: any that go on failing.',
          unit: 'short',
          decimals: 0,
          thresholds: { warning: 1, critical: 20 },
          queries: `sum(increase(kubelet_started_pods_errors_total{${here}}[1h]))`,
        }),
        stat({
          title: 'Evictions in a day',
          description: 'Pods that were put out to save the node. Bad: any.',
          unit: 'short',
          decimals: 0,
          thresholds: { warning: 1, critical: 10 },
          queries: `sum(increase(kubelet_evictions{${here}}[1d])) or vector(0)`,
        }),
        stat({
          title: 'Serving certificate',
          description: 'Time that the first to expire has left. Bad: below a week.',
          unit: 's',
          thresholds: { warning: 604800, critical: 86400 },
          queries: `min(kubelet_certificate_manager_server_ttl_seconds{${here}})`,
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        timeSeries({
          title: 'Pods by node',
          description: 'Bad: at the limit, usually 110 a node.',
          unit: 'short',
          opens: { dashboard: 'node', by: ['node'] },
          queries: { '{{node}}': `max by (node) (kubelet_running_pods{${here}})` },
        }),
        timeSeries({
          title: 'Time to start a pod',
          description: '99 of 100 are faster, image pulls aside. Bad: above 5 s.',
          unit: 's',
          queries: { '{{node}}': quantile('node', 'kubelet_pod_start_sli_duration_seconds') },
        }),
        timeSeries({
          title: 'Time to see changes of containers',
          description: '99 of 100 relists are faster. Bad: above 1 s; at 3 min the node is lost.',
          unit: 's',
          queries: { '{{node}}': quantile('node', 'kubelet_pleg_relist_duration_seconds') },
        }),
      ],
    },
    {
      title: 'Runtime and API',
      panels: [
        timeSeries({
          title: 'Runtime operations',
          description: 'What the kubelet asks of the container runtime. Bad: a loop of creations.',
          unit: 'ops',
          queries: {
            '{{operation_type}}': `sum by (operation_type) (${rate('kubelet_runtime_operations_total')})`,
          },
        }),
        timeSeries({
          title: 'Runtime errors',
          description: 'By operation. Bad: anything that lasts.',
          unit: 'ops',
          queries: {
            '{{operation_type}}': `sum by (operation_type) (${rate('kubelet_runtime_operations_errors_total')})`,
          },
        }),
        timeSeries({
          title: 'Time of the runtime',
          description: '99 of 100 operations are faster. Bad: seconds, but for image pulls.',
          unit: 's',
          queries: {
            '{{operation_type}}': quantile(
              'operation_type',
              'kubelet_runtime_operations_duration_seconds',
            ),
          },
        }),
        timeSeries({
          title: 'Answers of the API server',
          description: 'To kubelets, by code. Bad: 5xx, 429, or `<error>`: it is not reached.',
          unit: 'reqps',
          queries: { '{{code}}': `sum by (code) (${rate('rest_client_requests_total')})` },
        }),
      ],
    },
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'Resident memory of each kubelet. Bad: a line that only grows.',
          unit: 'bytes',
          queries: { '{{node}}': `max by (node) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores that each kubelet uses. Bad: far above the others.',
          unit: 'short',
          queries: { '{{node}}': `sum by (node) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
