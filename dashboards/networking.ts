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
// A pod on the host network counts the traffic of its node.
const rate = (metric: string) =>
  `rate(container_network_${metric}{${pods}}[$__rate_interval]) unless on (namespace, pod) kube_pod_info{${here}, host_network="true"}`;
const sum = (metric: string) => `sum(${rate(metric)})`;
const by = (metric: string) => `sum by (namespace) (${rate(metric)})`;
const both = (of: (metric: string) => string, what: string) =>
  `${of(`receive_${what}_total`)} + ${of(`transmit_${what}_total`)}`;
const opens = { dashboard: 'namespace', by: ['namespace'] };
const ofNodes = (metric: string) =>
  `sum by (node) (rate(${metric}{job="node-exporter", cluster=~"$cluster"}[$__rate_interval]))`;
const node = { dashboard: 'node', by: ['node'] };

export default dashboard({
  title: 'Networking',
  description: 'Traffic and losses of pods by namespace, and TCP problems of nodes.',
  folder: 'Kubernetes',
  needs: ['cadvisor', 'kube-state-metrics'],
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
          title: 'Received traffic',
          description: 'Bytes of all pods, except those on the host network. Bad: unusual values.',
          unit: 'binBps',
          queries: sum('receive_bytes_total'),
        }),
        stat({
          title: 'Sent traffic',
          description: 'Bytes of all pods, except those on the host network. Bad: unusual values.',
          unit: 'binBps',
          queries: sum('transmit_bytes_total'),
        }),
        stat({
          title: 'Dropped packets',
          description: 'Received and sent packets that were dropped. Bad: losses that continue.',
          unit: 'count:p/s',
          thresholds: { warning: 1, critical: 100 },
          queries: both(sum, 'packets_dropped'),
        }),
      ],
    },
    {
      title: 'Namespaces',
      panels: [
        table({
          title: 'Namespaces',
          description:
            'Traffic and losses of each namespace; a click opens the namespace. Bad: red values.',
          width: 24,
          labels: { namespace: { title: 'Namespace', opens: 'namespace' } },
          columns: {
            Received: { unit: 'binBps', query: by('receive_bytes_total') },
            Sent: { unit: 'binBps', query: by('transmit_bytes_total') },
            'Packets received': { unit: 'count:p/s', query: by('receive_packets_total') },
            'Packets sent': { unit: 'count:p/s', query: by('transmit_packets_total') },
            Dropped: {
              unit: 'count:p/s',
              thresholds: { warning: 1, critical: 100 },
              query: both(by, 'packets_dropped'),
            },
          },
          sortBy: 'Received',
        }),
        timeSeries({
          title: 'Received traffic by namespace',
          description:
            'Bytes per second, without pods on the host network. Bad: an unexpected peak.',
          unit: 'binBps',
          stacked: true,
          width: 12,
          opens,
          queries: { '{{namespace}}': by('receive_bytes_total') },
        }),
        timeSeries({
          title: 'Sent traffic by namespace',
          description:
            'Bytes per second, without pods on the host network. Bad: an unexpected peak.',
          unit: 'binBps',
          stacked: true,
          width: 12,
          opens,
          queries: { '{{namespace}}': by('transmit_bytes_total') },
        }),
        timeSeries({
          title: 'Dropped and faulty packets',
          description: 'Losses at the interfaces of pods, by namespace. Bad: losses that continue.',
          unit: 'count:p/s',
          width: 24,
          opens,
          queries: {
            '{{namespace}} dropped': both(by, 'packets_dropped'),
            '{{namespace}} faulty': both(by, 'errors'),
          },
        }),
      ],
    },
    {
      title: 'Nodes',
      needs: ['node-exporter'],
      panels: [
        timeSeries({
          title: 'TCP retransmissions',
          description: 'Share of the TCP segments that nodes send again. Bad: above 2 %.',
          unit: 'percentunit',
          softMax: 0.05,
          empty: 'no TCP segments in this time range',
          thresholds: { warning: 0.02, critical: 0.1 },
          opens: node,
          queries: {
            '{{node}}': `${ofNodes('node_netstat_Tcp_RetransSegs')} / (${ofNodes('node_netstat_Tcp_OutSegs')} > 0)`,
          },
        }),
        timeSeries({
          title: 'Overflows of listen queues',
          description:
            'Connections per second that a full accept queue refused. Bad: any: a service is too slow.',
          unit: 'cps',
          opens: node,
          queries: { '{{node}}': ofNodes('node_netstat_TcpExt_ListenOverflows') },
        }),
      ],
    },
  ],
});
