import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const pod = `${here}, pod=~"$pod"`;
const containers = `${pod}, container!=""`;
const cpu = `container:container_cpu_usage_seconds:rate5m{${pod}}`;
const memory = `container:container_memory_working_set_bytes:max{${pod}}`;
const asked = (kind: string, resource: string) =>
  `sum by (container) (kube_pod_container_resource_${kind}{${pod}, resource="${resource}"})`;
const rate = (metric: string, more = pod) => `rate(${metric}{${more}}[$__rate_interval])`;

export default dashboard({
  title: 'Pod',
  description: 'The containers of a pod: what they use, how they are held back, why they restart.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['namespace', 'workload', 'containers', 'node'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_namespace_status_phase{cluster=~"$cluster"}'),
    labelVariable('pod', `kube_pod_info{${here}}`),
  ],
  rows: [
    {
      title: 'State',
      panels: [
        stat({
          title: 'Ready',
          description: 'Share of the pods that serve. Bad: below 100 %.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 0.5 },
          queries: `avg(kube_pod_status_ready{${pod}, condition="true"})`,
        }),
        stat({
          title: 'Age',
          description: 'Since the youngest started. Bad: short, where nothing was rolled out.',
          unit: 's',
          queries: `time() - max(kube_pod_start_time{${pod}})`,
        }),
        stat({
          title: 'Restarts in a day',
          description: 'Of all containers. Bad: any that nobody asked for.',
          unit: 'short',
          decimals: 0,
          thresholds: { warning: 1, critical: 10 },
          queries: `sum(increase(kube_pod_container_status_restarts_total{${pod}}[1d]))`,
        }),
        table({
          title: 'Why containers stopped last',
          description: 'Reason of the last end of each. Bad: OOMKilled: the limit is too low.',
          width: 12,
          height: 5,
          labels: { pod: 'Pod', container: 'Container', reason: 'Reason' },
          columns: {
            Ended: {
              unit: 'short',
              query: `max by (pod, container, reason) (kube_pod_container_status_last_terminated_reason{${pod}} == 1)`,
            },
          },
        }),
      ],
    },
    {
      title: 'CPU',
      panels: [
        timeSeries({
          title: 'CPU by container',
          description: 'Cores in use, and what is asked for. Bad: above the request for long.',
          unit: 'short',
          queries: {
            '{{container}}': `sum by (container) (${cpu})`,
            '{{container}} requested': asked('requests', 'cpu'),
          },
        }),
        timeSeries({
          title: 'Held back by the limit',
          description: 'Share of periods in which a container wanted more. Bad: above 25 %.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.25, critical: 0.5 },
          queries: {
            '{{container}}': `sum by (container) (${rate('container_cpu_cfs_throttled_periods_total', containers)}) / sum by (container) (${rate('container_cpu_cfs_periods_total', containers)})`,
          },
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        timeSeries({
          title: 'Memory by container',
          description: 'What cannot be freed, and the limit. Bad: close to the limit.',
          unit: 'bytes',
          queries: {
            '{{container}}': `sum by (container) (${memory})`,
            '{{container}} limit': asked('limits', 'memory'),
          },
        }),
        timeSeries({
          title: 'Kinds of memory',
          description: 'Of all containers. Bad: resident memory that only grows: a leak.',
          unit: 'bytes',
          queries: {
            resident: `sum(container_memory_rss{${containers}})`,
            'page cache': `sum(container_memory_cache{${containers}})`,
          },
        }),
      ],
    },
    {
      title: 'Network and disk',
      panels: [
        timeSeries({
          title: 'Traffic',
          description: 'Bytes of the pod. Bad: none, when it should serve.',
          unit: 'Bps',
          queries: {
            '{{pod}} received': `sum by (pod) (${rate('container_network_receive_bytes_total')})`,
            '{{pod}} sent': `sum by (pod) (${rate('container_network_transmit_bytes_total')})`,
          },
        }),
        timeSeries({
          title: 'Packets dropped',
          description: 'At the interface of the pod. Bad: anything that lasts.',
          unit: 'pps',
          queries: {
            '{{pod}} received': `sum by (pod) (${rate('container_network_receive_packets_dropped_total')})`,
            '{{pod}} sent': `sum by (pod) (${rate('container_network_transmit_packets_dropped_total')})`,
          },
        }),
        timeSeries({
          title: 'Disk traffic',
          description: 'Bytes read and written. Bad: a plateau at what the disk can do.',
          unit: 'Bps',
          queries: {
            '{{container}} read': `sum by (container) (${rate('container_fs_reads_bytes_total', containers)})`,
            '{{container}} written': `sum by (container) (${rate('container_fs_writes_bytes_total', containers)})`,
          },
        }),
      ],
    },
  ],
});
