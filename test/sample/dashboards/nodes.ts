import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  timeSeries,
} from '../../../src/content/grafana.js';

const all = 'job="node-exporter", cluster=~"$cluster"';

export default dashboard({
  title: 'Nodes',
  description: 'CPU and memory of the nodes.',
  folder: 'Kubernetes',
  needs: ['node-exporter'],
  links: ['overview'],
  variables: [cluster, labelVariable('node', `node_uname_info{${all}}`)],
  rows: [
    {
      title: 'All nodes',
      panels: [
        stat({
          title: 'Available memory',
          description: 'Memory that programs can still have. Bad: a small value.',
          unit: 'bytes',
          queries: `sum(node_memory_MemAvailable_bytes{${all}, node=~"$node"})`,
        }),
        timeSeries({
          title: 'CPU usage',
          description: 'CPU time by node. Bad: constantly high.',
          unit: 'percentunit',
          opens: { dashboard: 'nodes', by: ['node'] },
          queries: {
            '{{node}}': `sum by (node) (rate(node_cpu_seconds_total{${all}, mode!="idle"}[$__rate_interval])) / count by (node) (node_cpu_seconds_total{${all}, mode="idle"})`,
          },
        }),
      ],
    },
  ],
});
