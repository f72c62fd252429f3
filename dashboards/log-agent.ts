import { cluster, cores, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const here = 'job="log-agent", cluster=~"$cluster"';
const rate = (metric: string) => `rate(otelcol_${metric}_total{${here}}[$__rate_interval])`;
const lines = (what: string) => `sum(${rate(`${what}_log_records`)})`;
const orNone = (query: string) => `(${query} or vector(0))`;
const queue = `sum by (pod) (otelcol_exporter_queue_size{${here}}) / (sum by (pod) (otelcol_exporter_queue_capacity{${here}}) > 0)`;

export default dashboard({
  title: 'Log agents',
  description:
    'Lines that the agents on the nodes read and send, their queues, and their processes.',
  folder: 'Crowsnest',
  needs: ['log-agent'],
  links: ['stack-health', 'nodes'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Agents',
          description: 'Agents that Prometheus reaches. Bad: fewer than nodes.',
          unit: 'short',
          queries: `count(up{${here}} == 1)`,
        }),
        stat({
          title: 'Read lines',
          description: 'Lines that the agents read. Bad: none, although pods write.',
          unit: 'cps',
          empty: 'no lines',
          queries: lines('receiver_accepted'),
        }),
        stat({
          title: 'Fullest queue',
          description: 'Bad: above 50 %: the store of logs is down or too slow.',
          unit: 'percentunit',
          thresholds: { warning: 0.5, critical: 0.95 },
          queries: `max(${queue})`,
        }),
        stat({
          title: 'Rejected lines',
          description: 'Lines that the store rejects, which are lost. Bad: above 0.',
          unit: 'cps',
          thresholds: { critical: 0.01 },
          queries: orNone(lines('exporter_send_failed')),
        }),
      ],
    },
    {
      title: 'Lines',
      panels: [
        timeSeries({
          title: 'Read and sent lines',
          description:
            'Lines that are read, sent, and rejected by the store. Bad: fewer sent than read for minutes, or rejected ones.',
          unit: 'cps',
          queries: {
            read: lines('receiver_accepted'),
            sent: lines('exporter_sent'),
            rejected: lines('exporter_send_failed'),
          },
        }),
        timeSeries({
          title: 'Read lines by agent',
          description: 'The ten agents that read most. Bad: one reads far more than the others.',
          unit: 'cps',
          queries: {
            '{{pod}}': `topk(10, sum by (pod) (${rate('receiver_accepted_log_records')}))`,
          },
        }),
      ],
    },
    {
      title: 'Queue',
      panels: [
        timeSeries({
          title: 'Queue usage by agent',
          description:
            'The ten fullest queues. Bad: growth over minutes; at 100 %, an agent stops reading.',
          unit: 'percentunit',
          softMax: 1,
          queries: { '{{pod}}': `topk(10, ${queue})` },
        }),
        timeSeries({
          title: 'Lines that an agent tries again',
          description:
            'Lines for which there is no memory, or that cannot be written to the disk. Bad: above 0 for minutes.',
          unit: 'cps',
          empty: 'none',
          queries: {
            'no memory': lines('processor_memory_limiter_refused'),
            'disk full': lines('exporter_enqueue_failed'),
          },
        }),
      ],
    },
    {
      title: 'Memory and CPU',
      panels: [
        timeSeries({
          title: 'Memory by agent',
          description:
            'The ten largest. Bad: close to 80 % of the limit: the agent then reads more slowly.',
          unit: 'bytes',
          queries: { '{{pod}}': `topk(10, otelcol_process_memory_rss_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU usage by agent',
          description: 'The ten highest. Bad: constantly at the same high value.',
          ...cores,
          queries: { '{{pod}}': `topk(10, sum by (pod) (${rate('process_cpu_seconds')}))` },
        }),
        timeSeries({
          title: 'Open files by agent',
          description: 'Files that the agents keep open. Bad: a constant increase.',
          unit: 'short',
          queries: { '{{pod}}': `topk(10, otelcol_fileconsumer_open_files{${here}})` },
        }),
      ],
    },
  ],
});
