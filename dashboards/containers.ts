import {
  barGauge,
  cluster,
  dashboard,
  labelVariable,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'cluster=~"$cluster", node=~"$node"';
const containers = `${all}, container!=""`;
const rate = (metric: string) => `rate(${metric}{${containers}}[$__rate_interval])`;
const name = '{{namespace}} {{pod}} {{container}}';
const top = (expr: string) => `topk(10, sum by (namespace, pod, container) (${expr}))`;
const opens = { dashboard: 'pod', by: ['namespace', 'pod'] };

export default dashboard({
  title: 'Containers',
  description: 'Which containers use most, and which are held back, whatever they belong to.',
  folder: 'Kubernetes',
  needs: ['cadvisor'],
  links: ['cluster-compute', 'nodes', 'pod'],
  variables: [cluster, labelVariable('node', 'container_last_seen{cluster=~"$cluster"}')],
  rows: [
    {
      title: 'The largest now',
      panels: [
        barGauge({
          title: 'CPU',
          description: 'The ten that use most cores. Bad: one that nobody expects.',
          unit: 'short',
          opens,
          queries: { [name]: top(`container:container_cpu_usage_seconds:rate5m{${all}}`) },
        }),
        barGauge({
          title: 'Memory',
          description: 'The ten that hold most memory. Bad: one that nobody expects.',
          unit: 'bytes',
          opens,
          queries: { [name]: top(`container:container_memory_working_set_bytes:max{${all}}`) },
        }),
      ],
    },
    {
      title: 'Held back',
      panels: [
        timeSeries({
          title: 'By a CPU limit',
          description: 'Share of periods in which it wanted more: the ten worst. Bad: above 25 %.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: {
            [name]: `topk(10, sum by (namespace, pod, container) (${rate('container_cpu_cfs_throttled_periods_total')}) / sum by (namespace, pod, container) (${rate('container_cpu_cfs_periods_total')}))`,
          },
        }),
        timeSeries({
          title: 'Waiting for CPU',
          description: 'Share of the time in which a process waited: the ten worst. Bad: growing.',
          unit: 'percentunit',
          opens,
          queries: { [name]: top(rate('container_pressure_cpu_waiting_seconds_total')) },
        }),
        timeSeries({
          title: 'Waiting for memory',
          description:
            'Share of the time in which a process waited: the ten worst. Bad: above zero.',
          unit: 'percentunit',
          opens,
          queries: { [name]: top(rate('container_pressure_memory_waiting_seconds_total')) },
        }),
        timeSeries({
          title: 'Memory of its limit',
          description: 'The ten that are closest to their limit. Bad: above 90 %.',
          unit: 'percentunit',
          needs: ['kube-state-metrics'],
          thresholds: { warning: 0.8, critical: 0.9 },
          width: 12,
          opens,
          queries: {
            [name]: `topk(10, max by (namespace, pod, container) (container:container_memory_working_set_bytes:max{${all}}) / max by (namespace, pod, container) (kube_pod_container_resource_limits{${all}, resource="memory"}))`,
          },
        }),
        timeSeries({
          title: 'Disk traffic',
          description: 'Bytes read and written: the ten largest. Bad: one that starves others.',
          unit: 'Bps',
          width: 12,
          opens,
          queries: {
            [`${name} read`]: top(rate('container_fs_reads_bytes_total')),
            [`${name} written`]: top(rate('container_fs_writes_bytes_total')),
          },
        }),
      ],
    },
    {
      title: 'Ends',
      needs: ['kube-state-metrics'],
      panels: [
        table({
          title: 'Restarts in a day',
          description: 'The twenty that restarted most. Bad: any that nobody asked for.',
          width: 12,
          labels: {
            namespace: 'Namespace',
            pod: { title: 'Pod', opens: 'pod' },
            container: 'Container',
          },
          columns: {
            Restarts: {
              unit: 'short',
              decimals: 0,
              thresholds: { warning: 3, critical: 10 },
              query:
                'topk(20, sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{cluster=~"$cluster"}[1d])) > 0)',
            },
          },
        }),
        table({
          title: 'Waiting, and for what',
          description: 'Containers that do not run. Bad: CrashLoopBackOff, ImagePullBackOff.',
          width: 12,
          labels: {
            namespace: 'Namespace',
            pod: { title: 'Pod', opens: 'pod' },
            container: 'Container',
            reason: 'Reason',
          },
          columns: {
            Waiting: {
              unit: 'short',
              query:
                'max by (namespace, pod, container, reason) (kube_pod_container_status_waiting_reason{cluster=~"$cluster"} == 1)',
            },
          },
        }),
      ],
    },
  ],
});
