import { cluster, dashboard, stat, table, timeSeries, usedShare } from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const cpu = `container:container_cpu_usage_seconds:rate5m{${here}}`;
const memory = `container:container_memory_working_set_bytes:max{${here}}`;
const asked = (kind: string, resource: string) =>
  `kube_pod_container_resource_${kind}{${here}, resource="${resource}"}`;
const allocatable = (resource: string) =>
  `sum(kube_node_status_allocatable{${here}, resource="${resource}"})`;
const opens = { dashboard: 'namespace', by: ['namespace'] };

export default dashboard({
  title: 'Cluster compute',
  description: 'What namespaces use, ask for and may use of CPU and memory.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['overview', 'nodes', 'containers', 'networking'],
  variables: [cluster],
  rows: [
    {
      title: 'Headroom',
      panels: [
        stat({
          title: 'CPU used',
          description: 'Of what nodes can give to pods. Bad: above 90 %.',
          ...usedShare,
          queries: `sum(${cpu}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'CPU requested',
          description: 'Of what nodes can give. Bad: close to 100 %: new pods stay pending.',
          ...usedShare,
          queries: `sum(${asked('requests', 'cpu')}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'CPU limits',
          description: 'Of what nodes can give. Above 100 % is usual, where limits are set.',
          unit: 'percentunit',
          queries: `sum(${asked('limits', 'cpu')}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'Memory used',
          description: 'Of what nodes can give to pods. Bad: above 90 %.',
          ...usedShare,
          queries: `sum(${memory}) / ${allocatable('memory')}`,
        }),
        stat({
          title: 'Memory requested',
          description: 'Of what nodes can give. Bad: close to 100 %: new pods stay pending.',
          ...usedShare,
          queries: `sum(${asked('requests', 'memory')}) / ${allocatable('memory')}`,
        }),
        stat({
          title: 'Memory limits',
          description: 'Of what nodes can give. Bad: far above 100 %: pods may be killed together.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 1.5 },
          queries: `sum(${asked('limits', 'memory')}) / ${allocatable('memory')}`,
        }),
      ],
    },
    {
      title: 'Namespaces',
      panels: [
        table({
          title: 'Namespaces',
          description: 'Use against requests. Bad: much more is used than asked for, or far less.',
          height: 10,
          labels: { namespace: { title: 'Namespace', opens: 'namespace' } },
          columns: {
            'CPU used': { unit: 'short', decimals: 3, query: `sum by (namespace) (${cpu})` },
            'CPU requested': {
              unit: 'short',
              decimals: 2,
              query: `sum by (namespace) (${asked('requests', 'cpu')})`,
            },
            'CPU of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 2 },
              query: `sum by (namespace) (${cpu}) / sum by (namespace) (${asked('requests', 'cpu')})`,
            },
            'Memory used': { unit: 'bytes', query: `sum by (namespace) (${memory})` },
            'Memory requested': {
              unit: 'bytes',
              query: `sum by (namespace) (${asked('requests', 'memory')})`,
            },
            'Memory of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 1.5 },
              query: `sum by (namespace) (${memory}) / sum by (namespace) (${asked('requests', 'memory')})`,
            },
            Pods: {
              unit: 'short',
              query: `sum by (namespace) (kube_pod_status_phase{${here}, phase="Running"})`,
            },
          },
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        timeSeries({
          title: 'CPU by namespace',
          description: 'Cores in use. Bad: one that takes what others need.',
          unit: 'short',
          stacked: true,
          opens,
          queries: { '{{namespace}}': `sum by (namespace) (${cpu})` },
        }),
        timeSeries({
          title: 'Memory by namespace',
          description: 'Memory that cannot be freed. Bad: one that only grows.',
          unit: 'bytes',
          stacked: true,
          opens,
          queries: { '{{namespace}}': `sum by (namespace) (${memory})` },
        }),
      ],
    },
  ],
});
