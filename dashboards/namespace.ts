import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const cpu = `container:container_cpu_usage_seconds:rate5m{${here}}`;
const memory = `container:container_memory_working_set_bytes:max{${here}}`;
const asked = (kind: string, resource: string) =>
  `kube_pod_container_resource_${kind}{${here}, resource="${resource}"}`;
const pod = { dashboard: 'pod', by: ['namespace', 'pod'] };
const owners = `namespace_workload_pod:kube_pod_owner:relabel{${here}}`;
const ofWorkload = (expr: string) =>
  `sum by (namespace, workload) (sum by (namespace, pod) (${expr}) * on (namespace, pod) group_left (workload) ${owners})`;

export default dashboard({
  title: 'Namespace',
  description:
    'The workloads and pods of a namespace: what they use and ask for, and how they fare.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['cluster-compute', 'workload', 'pod', 'persistent-volumes'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_namespace_status_phase{cluster=~"$cluster"}'),
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'CPU of requests',
          description: 'CPU in use, of what pods ask for. Bad: above 100 % for long.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 2 },
          queries: `sum(${cpu}) / sum(${asked('requests', 'cpu')})`,
        }),
        stat({
          title: 'Memory of limits',
          description: 'Memory in use, of what pods may use. Bad: above 90 %.',
          ...usedShare,
          queries: `sum(${memory}) / sum(${asked('limits', 'memory')})`,
        }),
        stat({
          title: 'Pods running',
          description: 'Pods whose containers run. Bad: fewer than the workloads ask for.',
          unit: 'short',
          queries: `sum(kube_pod_status_phase{${here}, phase="Running"})`,
        }),
        stat({
          title: 'Pods not ready',
          description: 'Running pods that serve nobody. Bad: any for more than minutes.',
          unit: 'short',
          thresholds: { warning: 1, critical: 5 },
          queries: `count((kube_pod_status_ready{${here}, condition="true"} == 0) and on (namespace, pod) (kube_pod_status_phase{${here}, phase="Running"} == 1)) or vector(0)`,
        }),
        stat({
          title: 'Restarts in an hour',
          description: 'Of all containers. Bad: a container that comes back again and again.',
          unit: 'short',
          decimals: 0,
          thresholds: { warning: 1, critical: 10 },
          queries: `sum(increase(kube_pod_container_status_restarts_total{${here}}[1h]))`,
        }),
      ],
    },
    {
      title: 'Workloads',
      panels: [
        table({
          title: 'Workloads',
          description: 'Replicas and use of each. Bad: fewer available than desired.',
          labels: {
            namespace: 'Namespace',
            workload: { title: 'Workload', opens: 'workload' },
          },
          columns: {
            Desired: {
              unit: 'short',
              query: `max by (namespace, workload) (workload:replicas_desired:max{${here}})`,
            },
            Available: {
              unit: 'short',
              query: `max by (namespace, workload) (workload:replicas_available:max{${here}})`,
            },
            CPU: { unit: 'short', decimals: 3, query: ofWorkload(cpu) },
            Memory: { unit: 'bytes', query: ofWorkload(memory) },
          },
          sortBy: 'Memory',
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        timeSeries({
          title: 'CPU by pod',
          description: 'Cores in use. Bad: one pod far above its siblings.',
          unit: 'short',
          opens: pod,
          queries: { '{{pod}}': `sum by (namespace, pod) (${cpu})` },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Memory that cannot be freed. Bad: a line that only grows.',
          unit: 'bytes',
          opens: pod,
          queries: { '{{pod}}': `sum by (namespace, pod) (${memory})` },
        }),
        table({
          title: 'Pods',
          description: 'Use against requests and limits. Bad: memory close to its limit, restarts.',
          width: 24,
          height: 10,
          labels: { namespace: 'Namespace', pod: { title: 'Pod', opens: 'pod' } },
          columns: {
            CPU: { unit: 'short', decimals: 3, query: `sum by (namespace, pod) (${cpu})` },
            'CPU of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 2 },
              query: `sum by (namespace, pod) (${cpu}) / sum by (namespace, pod) (${asked('requests', 'cpu')})`,
            },
            Memory: { unit: 'bytes', query: `sum by (namespace, pod) (${memory})` },
            'Memory of limits': {
              ...usedShare,
              query: `sum by (namespace, pod) (${memory}) / sum by (namespace, pod) (${asked('limits', 'memory')})`,
            },
            Restarts: {
              unit: 'short',
              query: `sum by (namespace, pod) (kube_pod_container_status_restarts_total{${here}})`,
            },
          },
          sortBy: 'Memory',
        }),
      ],
    },
    {
      title: 'Network and quotas',
      panels: [
        timeSeries({
          title: 'Traffic',
          description: 'Bytes of all pods. Bad: a peak that nobody expects.',
          unit: 'Bps',
          queries: {
            received: `sum(rate(container_network_receive_bytes_total{${here}}[$__rate_interval]))`,
            sent: `sum(rate(container_network_transmit_bytes_total{${here}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Quotas in use',
          description: 'Share of each quota that is taken. Bad: 100 %: nothing new is admitted.',
          unit: 'percentunit',
          thresholds: { warning: 0.9, critical: 1 },
          queries: {
            '{{resourcequota}} {{resource}}': `max by (resourcequota, resource) (kube_resourcequota{${here}, type="used"}) / max by (resourcequota, resource) (kube_resourcequota{${here}, type="hard"} > 0)`,
          },
        }),
      ],
    },
  ],
});
