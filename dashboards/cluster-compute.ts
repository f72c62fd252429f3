import {
  cluster,
  cores,
  count,
  dashboard,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const cpu = `container:container_cpu_usage_seconds:rate5m{${here}}`;
const memory = `container:container_memory_working_set_bytes:max{${here}}`;
const requests = (resource: string) =>
  `namespace_resource:kube_pod_container_resource_requests:sum{${here}, resource="${resource}"}`;
// Finished pods keep their limits, but use no resources.
const limits = (resource: string) =>
  `(kube_pod_container_resource_limits{${here}, resource="${resource}"} and on (namespace, pod) (kube_pod_status_phase{${here}, phase=~"Pending|Running"} == 1))`;
const allocatable = (resource: string) =>
  `sum(kube_node_status_allocatable{${here}, resource="${resource}"})`;
const number = (expr: string) => `count(${expr}) or vector(0)`;
const opens = { dashboard: 'namespace', by: ['namespace'] };

export default dashboard({
  title: 'Cluster resources',
  description: 'CPU, memory and objects of the cluster, by namespace: use, requests and failures.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['overview', 'nodes', 'containers', 'networking'],
  variables: [cluster],
  rows: [
    {
      title: 'Headroom',
      panels: [
        stat({
          title: 'CPU of containers',
          description:
            'CPU that containers use, as a share of the CPU that nodes can allocate to pods. Bad: above 90 %.',
          ...usedShare,
          queries: `sum(${cpu}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'CPU requested',
          description: 'Share of the allocatable CPU. Bad: above 90 %: new pods may stay pending.',
          ...usedShare,
          queries: `sum(${requests('cpu')}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'CPU limits',
          description:
            'CPU limits of all containers, as a share of the allocatable CPU. Above 100 % is common.',
          unit: 'percentunit',
          empty: 'no limits',
          queries: `sum(${limits('cpu')}) / ${allocatable('cpu')}`,
        }),
        stat({
          title: 'Memory of containers',
          description:
            'Working sets of containers, as a share of the memory that nodes can allocate to pods. Bad: above 90 %.',
          ...usedShare,
          queries: `sum(${memory}) / ${allocatable('memory')}`,
        }),
        stat({
          title: 'Memory requested',
          description:
            'Share of the allocatable memory. Bad: above 90 %: new pods may stay pending.',
          ...usedShare,
          queries: `sum(${requests('memory')}) / ${allocatable('memory')}`,
        }),
        stat({
          title: 'Memory limits',
          description:
            'Memory limits of all containers, as a share of the allocatable memory. Bad: above 150 %: nodes may run out of memory.',
          unit: 'percentunit',
          empty: 'no limits',
          thresholds: { warning: 1.25, critical: 1.5 },
          queries: `sum(${limits('memory')}) / ${allocatable('memory')}`,
        }),
        stat({
          title: 'Objects',
          description: 'Number of Kubernetes objects by kind. Bad: a number that only grows.',
          ...count,
          width: 24,
          queries: {
            Nodes: number(`count by (node) (kube_node_status_allocatable{${here}})`),
            Namespaces: number(`kube_namespace_status_phase{${here}, phase="Active"} == 1`),
            Pods: number(`kube_pod_info{${here}}`),
            Deployments: number(`kube_deployment_spec_replicas{${here}}`),
            StatefulSets: number(`kube_statefulset_replicas{${here}}`),
            DaemonSets: number(`kube_daemonset_status_desired_number_scheduled{${here}}`),
            Jobs: number(`kube_job_status_active{${here}}`),
            CronJobs: number(`kube_cronjob_spec_suspend{${here}}`),
            'Volume claims': number(`kube_persistentvolumeclaim_info{${here}}`),
          },
        }),
      ],
    },
    {
      title: 'Namespaces',
      panels: [
        table({
          title: 'Namespaces',
          description:
            'CPU and memory of each namespace, and their share of its requests. Bad: far more or far less than requested.',
          height: 10,
          width: 24,
          labels: { namespace: { title: 'Namespace', opens: 'namespace' } },
          columns: {
            CPU: { ...cores, decimals: 3, query: `sum by (namespace) (${cpu})` },
            'CPU requested': {
              ...cores,
              decimals: 2,
              query: `sum by (namespace) (${requests('cpu')})`,
            },
            'CPU of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 2 },
              query: `sum by (namespace) (${cpu}) / (sum by (namespace) (${requests('cpu')}) > 0)`,
            },
            Memory: { unit: 'bytes', query: `sum by (namespace) (${memory})` },
            'Memory requested': {
              unit: 'bytes',
              query: `sum by (namespace) (${requests('memory')})`,
            },
            'Memory of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 1.5 },
              query: `sum by (namespace) (${memory}) / (sum by (namespace) (${requests('memory')}) > 0)`,
            },
            Pods: {
              ...count,
              query: `sum by (namespace) (kube_pod_status_phase{${here}, phase="Running"})`,
            },
          },
          sortBy: 'Memory of requests',
        }),
        timeSeries({
          title: 'CPU by namespace',
          description: 'Cores in use. Bad: one namespace takes what others need.',
          ...cores,
          stacked: true,
          opens,
          queries: { '{{namespace}}': `sum by (namespace) (${cpu})` },
        }),
        timeSeries({
          title: 'Memory by namespace',
          description: 'Working sets: memory that the kernel cannot reclaim. Bad: steady growth.',
          unit: 'bytes',
          stacked: true,
          opens,
          queries: { '{{namespace}}': `sum by (namespace) (${memory})` },
        }),
      ],
    },
    {
      title: 'Failures',
      panels: [
        timeSeries({
          title: 'Container restarts',
          description:
            'Restarts by namespace in the minutes before each point. Bad: restarts that continue.',
          ...count,
          opens,
          queries: {
            '{{namespace}}': `round(sum by (namespace) (increase(kube_pod_container_status_restarts_total{${here}}[$__rate_interval])))`,
          },
        }),
        timeSeries({
          title: 'Out-of-memory kills',
          description:
            'Processes that the kernel killed for lack of memory, by node, in the minutes before each point. Bad: any.',
          ...count,
          needs: ['node-exporter'],
          opens: { dashboard: 'node', by: ['node'] },
          queries: {
            '{{node}}': `round(sum by (node) (increase(node_vmstat_oom_kill{job="node-exporter", ${here}}[$__rate_interval])))`,
          },
        }),
        timeSeries({
          title: 'Pods pending, failed or unknown',
          description: 'Number of pods by phase. Bad: pods that stay pending.',
          ...count,
          queries: {
            '{{phase}}': `sum by (phase) (kube_pod_status_phase{${here}, phase=~"Pending|Failed|Unknown"})`,
          },
        }),
      ],
    },
    {
      title: 'Images',
      panels: [
        table({
          title: 'Running images',
          description: 'Images of the running containers. Bad: an image nobody expects.',
          height: 10,
          labels: { image: 'Image' },
          columns: {
            Containers: {
              ...count,
              query: `count by (image) (container_last_seen{${here}, container!="", image!=""})`,
            },
            Namespaces: {
              ...count,
              query: `count by (image) (count by (image, namespace) (container_last_seen{${here}, container!="", image!=""}))`,
            },
          },
        }),
      ],
    },
  ],
});
