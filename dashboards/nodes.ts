import {
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const all = 'job="node-exporter", cluster=~"$cluster"';
const recorded = 'cluster=~"$cluster", node=~"$node"';
const nodes = `${all}, node=~"$node"`;
// tmpfs uses memory, and is counted there.
const disks = `${nodes}, fstype!~"tmpfs|ramfs|squashfs"`;
const cpu = `node:node_cpu_utilisation:avg5m{${recorded}}`;
const memory = `node:node_memory_utilisation:ratio{${recorded}}`;
const full = `max by (node) (1 - node_filesystem_avail_bytes{${disks}} / (node_filesystem_size_bytes{${disks}} > 0))`;
const rate = (metric: string, more = '') => `rate(${metric}{${nodes}${more}}[$__rate_interval])`;
const opens = { dashboard: 'node', by: ['node'] };
const unsupported = 'no pressure information: the kernel has no PSI';

export default dashboard({
  title: 'Nodes',
  description: 'Utilisation, saturation and errors of all nodes.',
  folder: 'Kubernetes',
  needs: ['node-exporter'],
  links: ['cluster-compute', 'kubelet', 'containers'],
  variables: [cluster, labelVariable('node', `node_uname_info{${all}}`)],
  rows: [
    {
      title: 'All nodes',
      panels: [
        stat({
          title: 'Exporters up',
          description: 'Nodes whose node-exporter answers. Bad: fewer than the cluster has nodes.',
          ...count,
          queries: `sum(up{${nodes}})`,
        }),
        stat({
          title: 'Exporters down',
          description: 'Nodes whose node-exporter does not answer. Bad: any: nothing is measured.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(up{${nodes}} == 0) or vector(0)`,
        }),
        stat({
          title: 'CPU in use',
          description: 'Share of the CPU time of all nodes. Bad: above 90 %.',
          ...usedShare,
          queries: `avg(${cpu})`,
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of the memory of all nodes that is not available. Bad: above 90 %.',
          ...usedShare,
          queries: `1 - sum(node_memory_MemAvailable_bytes{${nodes}}) / sum(node_memory_MemTotal_bytes{${nodes}})`,
        }),
      ],
    },
    {
      title: 'Node by node',
      panels: [
        table({
          title: 'Nodes',
          description: 'Use of each node; a click opens the node. Bad: red values.',
          width: 24,
          labels: { node: { title: 'Node', opens: 'node' } },
          columns: {
            Exporter: {
              unit: 'short',
              states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
              query: `min by (node) (up{${nodes}})`,
            },
            CPU: { ...usedShare, query: cpu },
            Memory: { ...usedShare, query: memory },
            'Fullest filesystem': { ...usedShare, query: full },
            'Load per CPU': {
              unit: 'short',
              decimals: 2,
              thresholds: { warning: 1, critical: 2 },
              query: `sum by (node) (node_load5{${nodes}}) / count by (node) (node_cpu_seconds_total{${nodes}, mode="idle"})`,
            },
            Uptime: {
              unit: 's',
              query: `time() - max by (node) (node_boot_time_seconds{${nodes}})`,
            },
          },
          sortBy: 'Exporter',
          ascending: true,
        }),
      ],
    },
    {
      title: 'Utilisation',
      panels: [
        timeSeries({
          title: 'CPU in use',
          description: 'Share of the CPU time of each node. Bad: one node far above the others.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': cpu },
        }),
        timeSeries({
          title: 'Memory in use',
          description: 'Share of the memory that is not available. Bad: above 90 %.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': memory },
        }),
        timeSeries({
          title: 'Fullest filesystem',
          description: 'Used share of the fullest filesystem. Bad: above 90 %, or steep growth.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': full },
        }),
        timeSeries({
          title: 'Network traffic',
          description: 'Bytes on all devices except loopback. Bad: a plateau: the link is full.',
          unit: 'binBps',
          width: 12,
          opens,
          queries: {
            '{{node}} received': `sum by (node) (${rate('node_network_receive_bytes_total', ', device!="lo"')})`,
            '{{node}} sent': `sum by (node) (${rate('node_network_transmit_bytes_total', ', device!="lo"')})`,
          },
        }),
        timeSeries({
          title: 'Utilisation of the busiest disk',
          description: 'Share of the time in which the disk has work. Bad: near 100 % for long.',
          unit: 'percentunit',
          width: 12,
          softMax: 0.1,
          opens,
          queries: {
            '{{node}}': `max by (node) (${rate('node_disk_io_time_seconds_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Saturation and errors',
      panels: [
        timeSeries({
          title: 'CPU pressure',
          description: 'Share of the time in which a process waits for a CPU. Bad: steady growth.',
          unit: 'percentunit',
          softMax: 0.1,
          empty: unsupported,
          opens,
          queries: {
            '{{node}}': `sum by (node) (${rate('node_pressure_cpu_waiting_seconds_total')})`,
          },
        }),
        timeSeries({
          title: 'Memory pressure',
          description:
            'Share of the time in which a process waits for memory. Bad: above 10 % for long.',
          unit: 'percentunit',
          softMax: 0.1,
          empty: unsupported,
          opens,
          queries: {
            '{{node}}': `sum by (node) (${rate('node_pressure_memory_waiting_seconds_total')})`,
          },
        }),
        timeSeries({
          title: 'Network errors and drops',
          description: 'Packets that the network devices lose. Bad: losses that continue.',
          unit: 'count:p/s',
          opens,
          queries: {
            '{{node}} errors': `sum by (node) (${rate('node_network_receive_errs_total')} + ${rate('node_network_transmit_errs_total')})`,
            '{{node}} drops': `sum by (node) (${rate('node_network_receive_drop_total')} + ${rate('node_network_transmit_drop_total')})`,
          },
        }),
      ],
    },
  ],
});
