import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", node="$node"';
const all = 'job="node-exporter", cluster=~"$cluster"';
const node = `${all}, node="$node"`;
// tmpfs uses memory, and is counted there.
const disks = `${node}, fstype!~"tmpfs|ramfs|squashfs"`;
const rate = (metric: string, more = '') => `rate(${metric}{${node}${more}}[$__rate_interval])`;
const taken = (free: string, size: string) =>
  `1 - node_filesystem_${free}{${disks}} / (node_filesystem_${size}{${disks}} > 0)`;
const byMount = (expr: string) => `max by (mountpoint, device, fstype) (${expr})`;
const pods = ['kube-state-metrics', 'cadvisor'];
const byPod = (expr: string) => `sum by (namespace, pod) (${expr})`;
const cpu = `container:container_cpu_usage_seconds:rate5m{${here}}`;
const memory = `container:container_memory_working_set_bytes:max{${here}}`;
const limit = `kube_pod_container_resource_limits{${here}, resource="memory"}`;
const request = `kube_pod_container_resource_requests{${here}, resource="cpu"}`;
const same = 'on (namespace, pod, container)';

export default dashboard({
  title: 'Node',
  description: 'Utilisation, saturation and errors of one node, and its pods.',
  folder: 'Kubernetes',
  needs: ['node-exporter'],
  links: ['nodes', 'kubelet', 'containers'],
  variables: [cluster, labelVariable('node', `node_uname_info{${all}}`, { single: true })],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Condition',
          description: 'Whether the kubelet reports the node as ready. Bad: not ready.',
          unit: 'short',
          needs: ['kube-state-metrics'],
          states: { 1: ['ready', 'good'], 0: ['not ready', 'critical'] },
          queries: `max(kube_node_status_condition{${here}, condition="Ready", status="true"})`,
        }),
        stat({
          title: 'Exporter',
          description: 'Whether node-exporter answers. Bad: down: nothing else is measured here.',
          unit: 'short',
          states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
          queries: `max(up{${node}})`,
        }),
        stat({
          title: 'Uptime',
          description: 'Time since the node started. Bad: short, if nobody restarted the node.',
          unit: 's',
          queries: `time() - max(node_boot_time_seconds{${node}})`,
        }),
        stat({
          title: 'CPU in use',
          description: 'Share of the CPU time. Bad: above 90 %.',
          ...usedShare,
          queries: `max(node:node_cpu_utilisation:avg5m{${here}})`,
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of the memory that is not available. Bad: above 90 %.',
          ...usedShare,
          queries: `max(node:node_memory_utilisation:ratio{${here}})`,
        }),
        stat({
          title: 'Disk in use',
          description: 'Used share of the fullest filesystem. Bad: above 90 %.',
          ...usedShare,
          queries: `max(${taken('avail_bytes', 'size_bytes')})`,
        }),
        stat({
          title: 'Pods',
          description: 'Pods on the node. Bad: the limit of the kubelet, usually 110.',
          ...count,
          needs: ['kube-state-metrics'],
          queries: `count(kube_pod_info{${here}}) or vector(0)`,
        }),
        stat({
          title: 'Clock offset',
          description: 'Difference to the time server. Bad: above 0.5 s.',
          unit: 's',
          thresholds: { warning: 0.5, critical: 2 },
          queries: `max(abs(node_timex_offset_seconds{${node}}))`,
        }),
      ],
    },
    {
      title: 'Pods',
      needs: pods,
      panels: [
        table({
          title: 'Pods on the node',
          description:
            'CPU, memory and restarts of each pod; a click opens the pod. Bad: memory near the limit.',
          width: 24,
          height: 9,
          labels: {
            namespace: { title: 'Namespace', width: 160 },
            pod: { title: 'Pod', opens: 'pod' },
          },
          columns: {
            CPU: { ...cores, decimals: 3, query: byPod(cpu) },
            'CPU of requests': {
              unit: 'percentunit',
              query: `${byPod(`${cpu} and ${same} ${request}`)} / (${byPod(`${request} and ${same} ${cpu}`)} > 0)`,
            },
            Memory: { unit: 'bytes', query: byPod(memory) },
            'Memory of limits': {
              ...usedShare,
              query: `${byPod(`${memory} and ${same} ${limit}`)} / (${byPod(`${limit} and ${same} ${memory}`)} > 0)`,
            },
            Restarts: {
              ...count,
              query: byPod(
                `kube_pod_container_status_restarts_total{cluster=~"$cluster"} and on (namespace, pod) kube_pod_info{${here}}`,
              ),
            },
          },
          sortBy: 'Memory',
        }),
      ],
    },
    {
      title: 'CPU',
      panels: [
        timeSeries({
          title: 'CPU by mode',
          description: 'Share of the CPU time by use. Bad: much iowait or steal.',
          unit: 'percentunit',
          max: 1,
          stacked: true,
          queries: {
            '{{mode}}': `avg by (mode) (${rate('node_cpu_seconds_total', ', mode!="idle"')})`,
          },
        }),
        timeSeries({
          title: 'Load per CPU',
          description: 'Processes that run or wait, per CPU. Bad: above 1 for long.',
          unit: 'short',
          softMax: 1,
          thresholds: { warning: 1, critical: 2 },
          queries: {
            '5 minutes': `max(node_load5{${node}}) / count(node_cpu_seconds_total{${node}, mode="idle"})`,
            '15 minutes': `max(node_load15{${node}}) / count(node_cpu_seconds_total{${node}, mode="idle"})`,
          },
        }),
        timeSeries({
          title: 'Pressure',
          description:
            'Share of the time in which a process waits for a resource. Bad: steady growth.',
          unit: 'percentunit',
          softMax: 0.1,
          empty: 'no pressure information: the kernel has no PSI',
          queries: {
            CPU: `max(${rate('node_pressure_cpu_waiting_seconds_total')})`,
            memory: `max(${rate('node_pressure_memory_waiting_seconds_total')})`,
            disks: `max(${rate('node_pressure_io_waiting_seconds_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'Memory by use. Bad: little available memory.',
          unit: 'bytes',
          queries: {
            total: `max(node_memory_MemTotal_bytes{${node}})`,
            available: `max(node_memory_MemAvailable_bytes{${node}})`,
            'page cache': `max(node_memory_Cached_bytes{${node}})`,
            free: `max(node_memory_MemFree_bytes{${node}})`,
          },
        }),
        timeSeries({
          title: 'Major page faults',
          description: 'Memory pages read from disk. Bad: hundreds per second for long.',
          unit: 'cps',
          queries: `sum(${rate('node_vmstat_pgmajfault')})`,
        }),
        timeSeries({
          title: 'Out-of-memory kills',
          description:
            'Processes that the kernel killed for lack of memory in the minutes before each point. Bad: any.',
          ...count,
          queries: `round(sum(increase(node_vmstat_oom_kill{${node}}[$__rate_interval])))`,
        }),
      ],
    },
    {
      title: 'Disks',
      panels: [
        table({
          title: 'Filesystems',
          description: 'Used share of the space and of the inodes. Bad: red values.',
          width: 12,
          empty: 'no filesystem is measured now',
          labels: { mountpoint: 'Mounted at', device: 'Device', fstype: 'Type' },
          columns: {
            Used: { ...usedShare, query: byMount(taken('avail_bytes', 'size_bytes')) },
            Inodes: { ...usedShare, query: byMount(taken('files_free', 'files')) },
            Size: { unit: 'bytes', query: byMount(`node_filesystem_size_bytes{${disks}}`) },
          },
        }),
        timeSeries({
          title: 'Disk utilisation',
          description: 'Share of the time in which the disk has work. Bad: near 100 % for long.',
          unit: 'percentunit',
          softMax: 0.1,
          width: 12,
          queries: {
            '{{device}}': `max by (device) (${rate('node_disk_io_time_seconds_total')})`,
          },
        }),
        timeSeries({
          title: 'Disk throughput',
          description: 'Bytes read and written. Bad: a plateau: the disk is at its limit.',
          unit: 'binBps',
          width: 12,
          queries: {
            '{{device}} read': `sum by (device) (${rate('node_disk_read_bytes_total')})`,
            '{{device}} written': `sum by (device) (${rate('node_disk_written_bytes_total')})`,
          },
        }),
        timeSeries({
          title: 'Disk operations',
          description:
            'Reads and writes per second. Bad: a plateau: the disk or its quota is at its limit.',
          unit: 'iops',
          width: 12,
          queries: {
            '{{device}} reads': `sum by (device) (${rate('node_disk_reads_completed_total')})`,
            '{{device}} writes': `sum by (device) (${rate('node_disk_writes_completed_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Network',
      panels: [
        timeSeries({
          title: 'Network traffic',
          description: 'Bytes by device. Bad: a plateau: the link is full.',
          unit: 'binBps',
          queries: {
            '{{device}} received': `sum by (device) (${rate('node_network_receive_bytes_total', ', device!="lo"')})`,
            '{{device}} sent': `sum by (device) (${rate('node_network_transmit_bytes_total', ', device!="lo"')})`,
          },
        }),
        timeSeries({
          title: 'Network errors and drops',
          description: 'Packets that the network devices lose. Bad: losses that continue.',
          unit: 'count:p/s',
          queries: {
            '{{device}} errors': `sum by (device) (${rate('node_network_receive_errs_total')} + ${rate('node_network_transmit_errs_total')})`,
            '{{device}} drops': `sum by (device) (${rate('node_network_receive_drop_total')} + ${rate('node_network_transmit_drop_total')})`,
          },
        }),
        timeSeries({
          title: 'Connection tracking',
          description:
            'Used share of the kernel’s connection table. Bad: above 75 %: new connections may fail.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.75, critical: 0.9 },
          empty: 'the kernel tracks no connections',
          queries: `max(node_nf_conntrack_entries{${node}} / (node_nf_conntrack_entries_limit{${node}} > 0))`,
        }),
      ],
    },
    {
      title: 'Kernel',
      panels: [
        timeSeries({
          title: 'Connections and sockets',
          description:
            'Established TCP connections and sockets in use on the host. Bad: steady growth.',
          ...count,
          queries: {
            'established connections': `max(node_netstat_Tcp_CurrEstab{${node}})`,
            'sockets in use': `max(node_sockstat_sockets_used{${node}})`,
          },
        }),
        timeSeries({
          title: 'Open file descriptors',
          description: 'File descriptors of all processes. Bad: steady growth.',
          ...count,
          queries: `max(node_filefd_allocated{${node}})`,
        }),
        timeSeries({
          title: 'Context switches and interrupts',
          description: 'Events per second. Bad: a sudden rise without more work.',
          unit: 'cps',
          queries: {
            'context switches': `sum(${rate('node_context_switches_total')})`,
            interrupts: `sum(${rate('node_intr_total')})`,
          },
        }),
      ],
    },
  ],
});
