import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const pods = `${here}, pod!=""`;
const rate = (metric: string) => `rate(container_network_${metric}{${pods}}[$__rate_interval])`;
const by = (label: string, metric: string) => `sum by (${label}) (${rate(metric)})`;
const opens = { dashboard: 'namespace', by: ['namespace'] };

export default dashboard({
  title: 'Networking',
  description: 'Traffic of pods by namespace, what is dropped, and how nodes are off.',
  folder: 'Kubernetes',
  needs: ['cadvisor'],
  links: ['cluster-compute', 'namespace', 'nodes', 'coredns'],
  variables: [
    cluster,
    labelVariable('namespace', 'container_network_receive_bytes_total{cluster=~"$cluster"}'),
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Received',
          description: 'Bytes of all pods. Bad: far from what it is at this time of day.',
          unit: 'Bps',
          queries: `sum(${rate('receive_bytes_total')})`,
        }),
        stat({
          title: 'Sent',
          description: 'Bytes of all pods. Bad: far from what it is at this time of day.',
          unit: 'Bps',
          queries: `sum(${rate('transmit_bytes_total')})`,
        }),
        stat({
          title: 'Dropped',
          description: 'Packets, both ways. Bad: anything that lasts.',
          unit: 'pps',
          thresholds: { warning: 1, critical: 100 },
          queries: `sum(${rate('receive_packets_dropped_total')}) + sum(${rate('transmit_packets_dropped_total')})`,
        }),
      ],
    },
    {
      title: 'Namespaces',
      panels: [
        table({
          title: 'Namespaces',
          description: 'Traffic and losses of each. Bad: red; a click opens the namespace.',
          labels: { namespace: { title: 'Namespace', opens: 'namespace' } },
          columns: {
            Received: { unit: 'Bps', query: by('namespace', 'receive_bytes_total') },
            Sent: { unit: 'Bps', query: by('namespace', 'transmit_bytes_total') },
            'Packets received': { unit: 'pps', query: by('namespace', 'receive_packets_total') },
            'Packets sent': { unit: 'pps', query: by('namespace', 'transmit_packets_total') },
            Dropped: {
              unit: 'pps',
              thresholds: { warning: 1, critical: 100 },
              query: `${by('namespace', 'receive_packets_dropped_total')} + ${by('namespace', 'transmit_packets_dropped_total')}`,
            },
          },
        }),
        timeSeries({
          title: 'Received',
          description: 'Bytes by namespace. Bad: a peak that nobody expects.',
          unit: 'Bps',
          stacked: true,
          width: 12,
          opens,
          queries: { '{{namespace}}': by('namespace', 'receive_bytes_total') },
        }),
        timeSeries({
          title: 'Sent',
          description: 'Bytes by namespace. Bad: a peak that nobody expects.',
          unit: 'Bps',
          stacked: true,
          width: 12,
          opens,
          queries: { '{{namespace}}': by('namespace', 'transmit_bytes_total') },
        }),
        timeSeries({
          title: 'Dropped and faulty packets',
          description: 'At the interfaces of pods, by namespace. Bad: anything that lasts.',
          unit: 'pps',
          width: 24,
          opens,
          queries: {
            '{{namespace}} dropped': `${by('namespace', 'receive_packets_dropped_total')} + ${by('namespace', 'transmit_packets_dropped_total')}`,
            '{{namespace}} faulty': `${by('namespace', 'receive_errors_total')} + ${by('namespace', 'transmit_errors_total')}`,
          },
        }),
      ],
    },
    {
      title: 'Nodes',
      needs: ['node-exporter'],
      panels: [
        timeSeries({
          title: 'Segments sent again',
          description: 'Share of TCP segments. Bad: above 2 %: packets get lost on the way.',
          unit: 'percentunit',
          thresholds: { warning: 0.02, critical: 0.1 },
          opens: { dashboard: 'node', by: ['node'] },
          queries: {
            '{{node}}':
              'sum by (node) (rate(node_netstat_Tcp_RetransSegs{job="node-exporter", cluster=~"$cluster"}[$__rate_interval])) / sum by (node) (rate(node_netstat_Tcp_OutSegs{job="node-exporter", cluster=~"$cluster"}[$__rate_interval]))',
          },
        }),
        timeSeries({
          title: 'Connections refused for a full queue',
          description: 'Listeners that could not take more. Bad: any: a service is too slow.',
          unit: 'cps',
          opens: { dashboard: 'node', by: ['node'] },
          queries: {
            '{{node}}':
              'sum by (node) (rate(node_netstat_TcpExt_ListenOverflows{job="node-exporter", cluster=~"$cluster"}[$__rate_interval]))',
          },
        }),
      ],
    },
  ],
});
