import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const all = 'job="node-exporter", cluster=~"$cluster"';
const node = `${all}, node="$node"`;
const disks = `${node}, fstype!~"tmpfs|ramfs|squashfs"`;
const rate = (metric: string, more = '') => `rate(${metric}{${node}${more}}[$__rate_interval])`;

export default dashboard({
  title: 'Node',
  description: 'Utilisation, saturation and errors of one node, and the pods that run on it.',
  folder: 'Kubernetes',
  needs: ['node-exporter'],
  links: ['nodes', 'kubelet', 'containers'],
  variables: [cluster, labelVariable('node', `node_uname_info{${all}}`, { single: true })],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Uptime',
          description: 'Time since the node started. Bad: short, where nobody restarted it.',
          unit: 's',
          queries: `time() - max(node_boot_time_seconds{${node}})`,
        }),
        stat({
          title: 'CPU in use',
          description: 'Share of CPU time that was not idle. Bad: above 90 %.',
          ...usedShare,
          queries: `1 - avg(${rate('node_cpu_seconds_total', ', mode="idle"')})`,
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of memory that is not available. Bad: above 90 %.',
          ...usedShare,
          queries: `1 - max(node_memory_MemAvailable_bytes{${node}} / node_memory_MemTotal_bytes{${node}})`,
        }),
        stat({
          title: 'Fullest filesystem',
          description: 'Share that is taken of the fullest filesystem. Bad: above 85 %.',
          ...usedShare,
          queries: `max(1 - node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}})`,
        }),
        stat({
          title: 'Pods',
          description: 'Pods on the node. Bad: at the limit of the kubelet, usually 110.',
          unit: 'short',
          needs: ['kube-state-metrics'],
          queries: 'count(kube_pod_info{cluster=~"$cluster", node="$node"}) or vector(0)',
        }),
        stat({
          title: 'Clock',
          description: 'How far the clock is off. Bad: above 50 ms.',
          unit: 's',
          min: null,
          thresholds: { warning: 0.05, critical: 0.5 },
          queries: `max(abs(node_timex_offset_seconds{${node}}))`,
        }),
      ],
    },
    {
      title: 'CPU',
      panels: [
        timeSeries({
          title: 'CPU by mode',
          description: 'Share of CPU time by what it was spent on. Bad: much iowait or steal.',
          unit: 'percentunit',
          max: 1,
          stacked: true,
          queries: {
            '{{mode}}': `avg by (mode) (${rate('node_cpu_seconds_total', ', mode!="idle"')})`,
          },
        }),
        timeSeries({
          title: 'Load per CPU',
          description: 'Processes that run or wait, for each CPU. Bad: above 1 for long.',
          unit: 'short',
          thresholds: { warning: 1, critical: 2 },
          queries: {
            '5 minutes': `max(node_load5{${node}}) / count(node_cpu_seconds_total{${node}, mode="idle"})`,
            '15 minutes': `max(node_load15{${node}}) / count(node_cpu_seconds_total{${node}, mode="idle"})`,
          },
        }),
        timeSeries({
          title: 'Waiting',
          description: 'Share of the time in which some process waited. Bad: a growing line.',
          unit: 'percentunit',
          queries: {
            'for CPU': `max(${rate('node_pressure_cpu_waiting_seconds_total')})`,
            'for memory': `max(${rate('node_pressure_memory_waiting_seconds_total')})`,
            'for disks': `max(${rate('node_pressure_io_waiting_seconds_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'What memory is used for. Bad: available close to zero.',
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
          description: 'Pages that had to be read from disk. Bad: hundreds a second: it thrashes.',
          unit: 'cps',
          queries: { faults: `sum(${rate('node_vmstat_pgmajfault')})` },
        }),
        timeSeries({
          title: 'Processes killed for memory',
          description: 'By the kernel, in each five minutes. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: { killed: `sum(increase(node_vmstat_oom_kill{${node}}[5m]))` },
        }),
      ],
    },
    {
      title: 'Disks',
      panels: [
        table({
          title: 'Filesystems',
          description: 'What is taken of each. Bad: red, in bytes or in files.',
          width: 12,
          labels: { mountpoint: 'Mounted at', device: 'Device', fstype: 'Type' },
          columns: {
            Used: {
              ...usedShare,
              query: `max by (mountpoint, device, fstype) (1 - node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}})`,
            },
            'Files used': {
              ...usedShare,
              query: `max by (mountpoint, device, fstype) (1 - node_filesystem_files_free{${disks}} / node_filesystem_files{${disks}})`,
            },
            Size: {
              unit: 'bytes',
              query: `max by (mountpoint, device, fstype) (node_filesystem_size_bytes{${disks}})`,
            },
          },
        }),
        timeSeries({
          title: 'Disk busy',
          description: 'Share of the time in which a disk worked. Bad: 100 % for long.',
          unit: 'percentunit',
          max: 1,
          width: 6,
          queries: {
            '{{device}}': `max by (device) (${rate('node_disk_io_time_seconds_total')})`,
          },
        }),
        timeSeries({
          title: 'Disk traffic',
          description: 'Bytes read and written. Bad: a plateau at what the disk can do.',
          unit: 'Bps',
          width: 6,
          queries: {
            '{{device}} read': `sum by (device) (${rate('node_disk_read_bytes_total')})`,
            '{{device}} written': `sum by (device) (${rate('node_disk_written_bytes_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Network',
      panels: [
        timeSeries({
          title: 'Traffic',
          description: 'Bytes by device. Bad: a plateau, where the link is full.',
          unit: 'Bps',
          queries: {
            '{{device}} received': `sum by (device) (${rate('node_network_receive_bytes_total', ', device!="lo"')})`,
            '{{device}} sent': `sum by (device) (${rate('node_network_transmit_bytes_total', ', device!="lo"')})`,
          },
        }),
        timeSeries({
          title: 'Errors and drops',
          description: 'Packets lost at the devices. Bad: anything that lasts.',
          unit: 'pps',
          queries: {
            '{{device}} errors': `sum by (device) (${rate('node_network_receive_errs_total')} + ${rate('node_network_transmit_errs_total')})`,
            '{{device}} drops': `sum by (device) (${rate('node_network_receive_drop_total')} + ${rate('node_network_transmit_drop_total')})`,
          },
        }),
        timeSeries({
          title: 'Connections tracked',
          description: 'Share of the table of connections. Bad: above 75 %: new ones are refused.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.75, critical: 0.9 },
          queries: {
            used: `max(node_nf_conntrack_entries{${node}} / node_nf_conntrack_entries_limit{${node}})`,
          },
        }),
      ],
    },
  ],
});
