import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const all = `${here}, node=~"$node"`;
const containers = `${all}, container!=""`;
const labels = 'namespace, pod, container';
const rate = (metric: string) => `rate(${metric}{${containers}}[$__rate_interval])`;
const name = '{{pod}} {{container}}';
const sum = (expr: string) => `sum by (${labels}) (${expr})`;
const top = (expr: string) => `topk(10, ${sum(expr)})`;
const cpu = `container:container_cpu_usage_seconds:rate5m{${all}}`;
const memory = `container:container_memory_working_set_bytes:max{${all}}`;
const isLargest = `and on (${labels}) (${top(cpu)} or ${top(memory)})`;
const opens = { dashboard: 'pod', by: ['namespace', 'pod'] };
const objects = {
  namespace: { title: 'Namespace', width: 160 },
  pod: { title: 'Pod', opens: 'pod' },
  container: 'Container',
};
const unsupported = 'no pressure information: cgroup v1, or a kernel without PSI';
const onNode = `and on (namespace, pod) kube_pod_info{${all}}`;

export default dashboard({
  title: 'Containers',
  description: 'The containers that use most, wait, restart or reach their limits.',
  folder: 'Kubernetes',
  needs: ['cadvisor'],
  links: ['cluster-compute', 'nodes'],
  variables: [cluster, labelVariable('node', 'container_last_seen{cluster=~"$cluster"}')],
  rows: [
    {
      title: 'Usage',
      panels: [
        table({
          title: 'Largest consumers of CPU and memory',
          description:
            'The ten containers that use most CPU, and the ten that use most memory; a click opens the pod. Bad: an unexpected one.',
          width: 24,
          height: 12,
          labels: objects,
          columns: {
            CPU: { ...cores, decimals: 3, query: `${sum(cpu)} ${isLargest}` },
            Memory: { unit: 'bytes', query: `${sum(memory)} ${isLargest}` },
          },
        }),
      ],
    },
    {
      title: 'Limits and pressure',
      panels: [
        timeSeries({
          title: 'CPU throttling',
          description:
            'Share of the periods in which a container reaches its CPU limit, the ten highest. Bad: above 25 %.',
          unit: 'percentunit',
          max: 1,
          width: 12,
          empty: 'no throttling data',
          opens,
          queries: {
            [name]: `topk(10, ${sum(rate('container_cpu_cfs_throttled_periods_total'))} / (${sum(rate('container_cpu_cfs_periods_total'))} > 0))`,
          },
        }),
        timeSeries({
          title: 'Memory of limits',
          description: 'Working set as a share of the limit, the ten highest. Bad: above 90 %.',
          unit: 'percentunit',
          needs: ['kube-state-metrics'],
          softMax: 1,
          width: 12,
          thresholds: { warning: 0.8, critical: 0.9 },
          empty: 'no memory limits',
          opens,
          queries: {
            [name]: `topk(10, max by (${labels}) (${memory}) / (max by (${labels}) (kube_pod_container_resource_limits{${all}, resource="memory"}) > 0))`,
          },
        }),
        timeSeries({
          title: 'CPU pressure',
          description:
            'Share of the time in which a process waits for a CPU, the ten highest. Bad: steady growth.',
          unit: 'percentunit',
          softMax: 0.1,
          width: 12,
          empty: unsupported,
          opens,
          queries: { [name]: top(rate('container_pressure_cpu_waiting_seconds_total')) },
        }),
        timeSeries({
          title: 'Memory pressure',
          description:
            'Share of the time in which a process waits for memory, the ten highest. Bad: above 10 % for long.',
          unit: 'percentunit',
          softMax: 0.1,
          width: 12,
          empty: unsupported,
          opens,
          queries: { [name]: top(rate('container_pressure_memory_waiting_seconds_total')) },
        }),
        timeSeries({
          title: 'Disk reads',
          description: 'Bytes read, the ten largest. Bad: one that slows others down.',
          unit: 'binBps',
          width: 12,
          empty: 'no container reads from a disk',
          opens,
          queries: { [name]: top(rate('container_fs_reads_bytes_total')) },
        }),
        timeSeries({
          title: 'Disk writes',
          description: 'Bytes written, the ten largest. Bad: one that slows others down.',
          unit: 'binBps',
          width: 12,
          empty: 'no container writes to a disk',
          opens,
          queries: { [name]: top(rate('container_fs_writes_bytes_total')) },
        }),
      ],
    },
    {
      title: 'Restarts and waiting containers',
      needs: ['kube-state-metrics'],
      panels: [
        table({
          title: 'Restarts in one day',
          description: 'The twenty containers with most restarts. Bad: restarts that continue.',
          width: 24,
          height: 7,
          empty: 'no restarts',
          labels: objects,
          columns: {
            Restarts: {
              ...count,
              thresholds: { warning: 3, critical: 10 },
              query: `topk(20, round(${sum(`increase(kube_pod_container_status_restarts_total{${here}}[1d]) ${onNode}`)}) > 0)`,
            },
          },
        }),
        table({
          title: 'Waiting containers',
          description:
            'Containers that do not run, and the reason. Bad: CrashLoopBackOff, ImagePullBackOff.',
          width: 24,
          empty: 'no container waits',
          labels: { ...objects, reason: 'Reason' },
          columns: {
            'Pod age': {
              unit: 's',
              query: `time() - max by (${labels}, reason) ((kube_pod_container_status_waiting_reason{${here}} == 1 ${onNode}) * on (namespace, pod) group_left () max by (namespace, pod) (kube_pod_start_time{${here}}))`,
            },
            Restarts: {
              ...count,
              query: `max by (${labels}, reason) ((kube_pod_container_status_waiting_reason{${here}} == 1 ${onNode}) * on (${labels}) group_left () max by (${labels}) (kube_pod_container_status_restarts_total{${here}}))`,
            },
          },
          sortBy: 'Pod age',
        }),
      ],
    },
  ],
});
