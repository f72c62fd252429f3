import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="node-exporter", cluster=~"$cluster"';
const nodes = `${all}, node=~"$node"`;
// tmpfs lives in memory and is counted there.
const disks = `${nodes}, fstype!~"tmpfs|ramfs|squashfs"`;
const busy = `1 - avg by (node) (rate(node_cpu_seconds_total{${nodes}, mode="idle"}[$__rate_interval]))`;
const memory = `1 - sum by (node) (node_memory_MemAvailable_bytes{${nodes}}) / sum by (node) (node_memory_MemTotal_bytes{${nodes}})`;
const full = `max by (node) (1 - node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}})`;
const opens = { dashboard: 'node', by: ['node'] };
const share = { unit: 'percentunit', thresholds: { warning: 0.8, critical: 0.9 } } as const;

export default dashboard({
  title: 'Nodes',
  description:
    'Utilisation, saturation and errors of every node, to see at a glance which one is in need.',
  folder: 'Kubernetes',
  needs: ['node-exporter'],
  links: ['node', 'cluster-compute', 'kubelet'],
  variables: [cluster, labelVariable('node', `node_uname_info{${all}}`, { title: 'Node' })],
  rows: [
    {
      title: 'All nodes',
      panels: [
        stat({
          title: 'Nodes up',
          description: 'Nodes whose exporter answers. Bad: fewer than the cluster has.',
          unit: 'short',
          queries: `sum(up{${nodes}})`,
        }),
        stat({
          title: 'Nodes down',
          description:
            'Nodes whose exporter does not answer. Bad: any, since they are blind spots.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: `count(up{${nodes}} == 0) or vector(0)`,
        }),
        stat({
          title: 'CPU in use',
          description:
            'Share of all CPU time that was not idle. Bad: above 90 %, without headroom.',
          ...share,
          queries: `1 - avg(rate(node_cpu_seconds_total{${nodes}, mode="idle"}[$__rate_interval]))`,
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of all memory that is not available. Bad: above 90 %.',
          ...share,
          queries: `1 - sum(node_memory_MemAvailable_bytes{${nodes}}) / sum(node_memory_MemTotal_bytes{${nodes}})`,
        }),
      ],
    },
    {
      title: 'Node by node',
      panels: [
        table({
          title: 'Nodes',
          description: 'What each node has used up. Bad: red; a click opens the node.',
          labels: { node: { title: 'Node', opens: 'node' } },
          columns: {
            CPU: { ...share, query: busy },
            Memory: { ...share, query: memory },
            'Fullest filesystem': { ...share, query: full },
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
        }),
      ],
    },
    {
      title: 'Utilisation',
      panels: [
        timeSeries({
          title: 'CPU in use',
          description: 'Share of CPU time that was not idle. Bad: one node far above the others.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': busy },
        }),
        timeSeries({
          title: 'Memory in use',
          description: 'Share of memory that is not available. Bad: close to 100 %.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': memory },
        }),
        timeSeries({
          title: 'Fullest filesystem',
          description: 'Share of its fullest filesystem that is taken. Bad: above 85 %, or steep.',
          unit: 'percentunit',
          max: 1,
          opens,
          queries: { '{{node}}': full },
        }),
        timeSeries({
          title: 'Network',
          description: 'Bytes on all devices but loopback. Bad: a plateau, where the link is full.',
          unit: 'Bps',
          width: 12,
          opens,
          queries: {
            '{{node}} received': `sum by (node) (rate(node_network_receive_bytes_total{${nodes}, device!="lo"}[$__rate_interval]))`,
            '{{node}} sent': `sum by (node) (rate(node_network_transmit_bytes_total{${nodes}, device!="lo"}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Disks',
          description: 'Share of the time in which the busiest disk worked. Bad: 100 % for long.',
          unit: 'percentunit',
          width: 12,
          opens,
          queries: {
            '{{node}}': `max by (node) (rate(node_disk_io_time_seconds_total{${nodes}}[$__rate_interval]))`,
          },
        }),
      ],
    },
    {
      title: 'Saturation and errors',
      panels: [
        timeSeries({
          title: 'Waiting for CPU',
          description: 'Share of the time in which some process waited. Bad: a growing line.',
          unit: 'percentunit',
          opens,
          queries: {
            '{{node}}': `sum by (node) (rate(node_pressure_cpu_waiting_seconds_total{${nodes}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Waiting for memory',
          description: 'Share of the time in which some process waited for it. Bad: above zero.',
          unit: 'percentunit',
          opens,
          queries: {
            '{{node}}': `sum by (node) (rate(node_pressure_memory_waiting_seconds_total{${nodes}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Network errors and drops',
          description: 'Packets lost at the devices. Bad: anything that lasts.',
          unit: 'pps',
          opens,
          queries: {
            '{{node}} errors': `sum by (node) (rate(node_network_receive_errs_total{${nodes}}[$__rate_interval]) + rate(node_network_transmit_errs_total{${nodes}}[$__rate_interval]))`,
            '{{node}} drops': `sum by (node) (rate(node_network_receive_drop_total{${nodes}}[$__rate_interval]) + rate(node_network_transmit_drop_total{${nodes}}[$__rate_interval]))`,
          },
        }),
      ],
    },
  ],
});
