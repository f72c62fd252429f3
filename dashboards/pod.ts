import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  linesOf,
  logs,
  rollouts,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const ofNamespace = 'cluster=~"$cluster", namespace="$namespace"';
const pod = `${ofNamespace}, pod="$pod"`;
const containers = `${pod}, container!=""`;
const cpu = `container:container_cpu_usage_seconds:rate5m{${pod}}`;
const memory = `container:container_memory_working_set_bytes:max{${pod}}`;
const byContainer = (expr: string) => `sum by (container) (${expr})`;
const asked = (kind: string, resource: string) =>
  byContainer(`kube_pod_container_resource_${kind}{${pod}, resource="${resource}"}`);
const rate = (metric: string, more = pod) => `rate(${metric}{${more}}[$__rate_interval])`;
// A pod on the host network counts the traffic of its node.
const network = (metric: string) =>
  `sum(${rate(`container_network_${metric}`)} unless on (namespace, pod) kube_pod_info{${pod}, host_network="true"})`;
const onHost = 'host network: see the traffic of the node';

const of = (labels: string, expr: string) => `max by (namespace, pod${labels}) (${expr})`;
const join = (labels = '') => `* on (namespace, pod) group_left (${labels})`;
const info = `kube_pod_info{${pod}}`;
const owner = `label_join(${of(', created_by_kind, created_by_name, node, pod_ip', info)}, "owner", "/", "created_by_kind", "created_by_name")`;
/** Adds a label of another series; a pod without that series keeps its row, without the label. */
const withLabel = (label: string, series: string) =>
  `${join(label)} (${of(`, ${label}`, series)} or on (namespace, pod) ${of('', info)})`;
const state = `(${of('', `kube_pod_status_ready{${pod}, condition="true"}`)} or on (namespace, pod) 0 * ${of('', info)}) + on (namespace, pod) 2 * (${of('', `kube_pod_status_phase{${pod}, phase="Succeeded"}`)} or on (namespace, pod) 0 * ${of('', info)})`;
const facts = [
  owner,
  withLabel('workload', `namespace_workload_pod:kube_pod_owner:relabel{${pod}}`),
  withLabel('qos_class', `kube_pod_status_qos_class{${pod}} == 1`),
  withLabel('phase', `kube_pod_status_phase{${pod}} == 1`),
].join(' ');
const ended = (metric: string) =>
  `max by (container, reason) (kube_pod_container_status_last_terminated_${metric}{${pod}} * on (namespace, pod, container) group_left (reason) max by (namespace, pod, container, reason) (kube_pod_container_status_last_terminated_reason{${pod}} == 1))`;

export default dashboard({
  title: 'Pod',
  description: 'One pod: its node, owner and state, and what its containers use.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['namespace', 'containers', 'logs'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_pod_info{cluster=~"$cluster"}', { single: true }),
    labelVariable('pod', `kube_pod_info{${ofNamespace}}`, { single: true }),
  ],
  annotations: [rollouts(ofNamespace, `namespace_workload_pod:kube_pod_owner:relabel{${pod}}`)],
  rows: [
    {
      title: 'State',
      panels: [
        table({
          title: 'Pod',
          description:
            'State, node, workload and addresses; a click opens the node or the workload. Bad: not ready.',
          width: 24,
          height: 4,
          labels: {
            namespace: { title: 'Namespace', width: 140 },
            node: { title: 'Node', opens: 'node' },
            workload: { title: 'Workload', opens: 'workload' },
            owner: 'Owner',
            pod_ip: { title: 'Pod IP', width: 120 },
            qos_class: { title: 'QoS class', width: 110 },
            phase: { title: 'Phase', width: 90 },
          },
          columns: {
            Ready: {
              unit: 'short',
              states: {
                2: ['completed', 'idle'],
                1: ['ready', 'good'],
                0: ['not ready', 'critical'],
              },
              // All factors except the last are 1; the last is the state.
              query: `max by (namespace, node, workload, owner, pod_ip, qos_class, phase) (${facts} ${join()} (${state}))`,
            },
          },
        }),
        stat({
          title: 'Age',
          description: 'Time since the pod started. Bad: short without a rollout.',
          unit: 's',
          empty: 'not started',
          width: 3,
          height: 7,
          queries: `time() - max(kube_pod_start_time{${pod}})`,
        }),
        stat({
          title: 'Restarts in one day',
          description: 'Restarts of all containers. Bad: restarts that continue.',
          ...count,
          width: 4,
          height: 7,
          thresholds: { warning: 1, critical: 10 },
          queries: `round(sum(increase(kube_pod_container_status_restarts_total{${pod}}[1d])))`,
        }),
        table({
          title: 'Last terminations',
          description:
            'How each container last ended. Bad: OOMKilled: the limit is too low; exit codes other than 0.',
          width: 9,
          height: 7,
          empty: 'no container has ended',
          labels: { container: 'Container', reason: 'Reason' },
          columns: {
            'Exit code': { ...count, query: ended('exitcode') },
            Ago: { unit: 's', query: `time() - ${ended('timestamp')}` },
          },
          sortBy: 'Ago',
          ascending: true,
        }),
        table({
          title: 'Waiting containers',
          description:
            'Containers that do not run, and the reason. Bad: CrashLoopBackOff, ImagePullBackOff.',
          width: 8,
          height: 7,
          empty: 'no container waits',
          labels: { container: 'Container', reason: { title: 'Reason', minWidth: 160 } },
          columns: {
            Restarts: {
              ...count,
              query: `max by (container, reason) ((kube_pod_container_status_waiting_reason{${pod}} == 1) * on (namespace, pod, container) group_left () max by (namespace, pod, container) (kube_pod_container_status_restarts_total{${pod}}))`,
            },
          },
        }),
      ],
    },
    {
      title: 'Containers',
      panels: [
        table({
          title: 'Containers',
          description:
            'Use, requests and limits of each container. Bad: memory near the limit, restarts.',
          width: 24,
          height: 6,
          labels: { container: 'Container' },
          columns: {
            CPU: { ...cores, decimals: 3, query: byContainer(cpu) },
            'CPU request': { ...cores, decimals: 3, query: asked('requests', 'cpu') },
            'CPU limit': { ...cores, decimals: 3, query: asked('limits', 'cpu') },
            Memory: { unit: 'bytes', query: byContainer(memory) },
            'Memory request': { unit: 'bytes', query: asked('requests', 'memory') },
            'Memory limit': { unit: 'bytes', query: asked('limits', 'memory') },
            Restarts: {
              ...count,
              query: byContainer(`kube_pod_container_status_restarts_total{${pod}}`),
            },
          },
          sortBy: 'Restarts',
        }),
        timeSeries({
          title: 'CPU by container',
          description: 'Cores in use, requested and allowed. Bad: above the request for long.',
          ...cores,
          queries: {
            '{{container}}': byContainer(cpu),
            '{{container}} request': asked('requests', 'cpu'),
            '{{container}} limit': asked('limits', 'cpu'),
          },
        }),
        timeSeries({
          title: 'CPU throttling',
          description:
            'Share of the periods in which a container reaches its CPU limit. Bad: above 25 %.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.25, critical: 0.5 },
          empty: 'no throttling data',
          queries: {
            '{{container}}': `${byContainer(rate('container_cpu_cfs_throttled_periods_total', containers))} / (${byContainer(rate('container_cpu_cfs_periods_total', containers))} > 0)`,
          },
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        timeSeries({
          title: 'Memory by container',
          description: 'Working set, request and limit. Bad: near the limit.',
          unit: 'bytes',
          queries: {
            '{{container}}': byContainer(memory),
            '{{container}} request': asked('requests', 'memory'),
            '{{container}} limit': asked('limits', 'memory'),
          },
        }),
        timeSeries({
          title: 'Memory by use',
          description: 'Memory of all containers. Bad: anonymous memory that only grows: a leak.',
          unit: 'bytes',
          empty: 'no running container',
          queries: {
            anonymous: `sum(container_memory_rss{${containers}})`,
            'page cache': `sum(container_memory_cache{${containers}})`,
          },
        }),
      ],
    },
    {
      title: 'Network and disks',
      panels: [
        timeSeries({
          title: 'Network traffic',
          description: 'Bytes of the pod. Bad: none, if the pod serves requests.',
          unit: 'binBps',
          empty: onHost,
          queries: {
            received: network('receive_bytes_total'),
            sent: network('transmit_bytes_total'),
          },
        }),
        timeSeries({
          title: 'Dropped packets',
          description: 'Packets that the pod’s interface drops. Bad: losses that continue.',
          unit: 'count:p/s',
          empty: onHost,
          queries: {
            received: network('receive_packets_dropped_total'),
            sent: network('transmit_packets_dropped_total'),
          },
        }),
        timeSeries({
          title: 'Disk throughput',
          description: 'Bytes read and written. Bad: a plateau: the disk is at its limit.',
          unit: 'binBps',
          empty: 'no disk reads or writes',
          queries: {
            '{{container}} read': byContainer(rate('container_fs_reads_bytes_total', containers)),
            '{{container}} written': byContainer(
              rate('container_fs_writes_bytes_total', containers),
            ),
          },
        }),
      ],
    },
    {
      title: 'Logs',
      panels: [
        logs({
          title: 'Lines of the pod',
          description: 'The latest lines of all its containers. Bad: errors that repeat.',
          query: linesOf({ namespace: '$namespace', pod: '$pod' }),
        }),
      ],
    },
  ],
});
