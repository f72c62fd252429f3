import { dashboard, labelVariable } from '../src/content/dashboard.js';
import { stat, timeSeries } from '../src/content/panel.js';

const nodes = 'job="node-exporter", node=~"$node"';
// tmpfs lives in memory and is counted there.
const disks = `${nodes}, fstype!~"tmpfs|ramfs|squashfs"`;

export default dashboard({
  title: 'Nodes',
  description: 'Utilisation and saturation of every node, to see at a glance which one is in need.',
  needs: ['node-exporter'],
  variables: [labelVariable('node', 'node_uname_info{job="node-exporter"}', 'Node')],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Nodes up',
          description:
            'Nodes whose exporter answers. Fewer than the cluster has means blind spots.',
          unit: 'short',
          queries: { up: 'sum(up{job="node-exporter"})' },
        }),
        stat({
          title: 'CPU in use',
          description: 'Share of all CPU time that was not idle. Above 90 % there is no headroom.',
          unit: 'percentunit',
          queries: {
            used: `1 - avg(rate(node_cpu_seconds_total{${nodes}, mode="idle"}[$__rate_interval]))`,
          },
          thresholds: { warning: 0.8, critical: 0.9 },
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of all memory that is not available. Above 90 % the kernel may kill.',
          unit: 'percentunit',
          queries: {
            used: `1 - sum(node_memory_MemAvailable_bytes{${nodes}}) / sum(node_memory_MemTotal_bytes{${nodes}})`,
          },
          thresholds: { warning: 0.8, critical: 0.9 },
        }),
      ],
    },
    {
      title: 'CPU and memory',
      panels: [
        timeSeries({
          title: 'CPU in use',
          description:
            'Share of CPU time that was not idle, by node. Bad: one node far above the others.',
          unit: 'percentunit',
          max: 1,
          queries: {
            '{{instance}}': `1 - avg by (instance) (rate(node_cpu_seconds_total{${nodes}, mode="idle"}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Memory in use',
          description: 'Share of memory that is not available, by node. Bad: close to 100 %.',
          unit: 'percentunit',
          max: 1,
          queries: {
            '{{instance}}': `1 - node_memory_MemAvailable_bytes{${nodes}} / node_memory_MemTotal_bytes{${nodes}}`,
          },
        }),
      ],
    },
    {
      title: 'Disk and network',
      panels: [
        timeSeries({
          title: 'Filesystems in use',
          description: 'Share of each filesystem that is taken. Bad: above 85 %, or a steep line.',
          unit: 'percentunit',
          max: 1,
          queries: {
            '{{instance}} {{mountpoint}}': `1 - node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}}`,
          },
        }),
        timeSeries({
          title: 'Network',
          description: 'Bytes received and sent on all devices but loopback, by node.',
          unit: 'Bps',
          queries: {
            '{{instance}} received': `sum by (instance) (rate(node_network_receive_bytes_total{${nodes}, device!="lo"}[$__rate_interval]))`,
            '{{instance}} sent': `sum by (instance) (rate(node_network_transmit_bytes_total{${nodes}, device!="lo"}[$__rate_interval]))`,
          },
        }),
      ],
    },
  ],
});
