import { cluster, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const here = 'job="jaeger", cluster=~"$cluster"';
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const spans = (what: string) => `sum(${rate(`otelcol_${what}_spans_total`)})`;

export default dashboard({
  title: 'Jaeger',
  description: 'Whether spans arrive and are kept, and how its storage fares.',
  folder: 'Crowsnest',
  needs: ['jaeger'],
  links: ['traces', 'stack-health', 'persistent-volumes'],
  variables: [cluster],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Spans a second',
          description: 'That applications send. Bad: none, where some used to come.',
          unit: 'cps',
          queries: spans('receiver_accepted'),
        }),
        stat({
          title: 'Lost',
          description: 'Share of spans that are refused or not stored. Bad: any.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { critical: 0.001 },
          queries: `((${spans('receiver_refused')} or vector(0)) + (${spans('exporter_send_failed')} or vector(0))) / ${spans('receiver_accepted')}`,
        }),
        stat({
          title: 'Size of the storage',
          description: 'What Badger holds on the volume. Bad: at the size of the volume.',
          unit: 'bytes',
          queries: `sum(jaeger_storage_badger_size_bytes_lsm{${here}}) + sum(jaeger_storage_badger_size_bytes_vlog{${here}})`,
        }),
        stat({
          title: 'Memory',
          description: 'Resident memory. Bad: close to its limit: it then refuses spans.',
          unit: 'bytes',
          queries: `max(otelcol_process_memory_rss_bytes{${here}})`,
        }),
      ],
    },
    {
      title: 'Spans',
      panels: [
        timeSeries({
          title: 'Received',
          description: 'By protocol. Bad: a sudden fall.',
          unit: 'cps',
          queries: {
            '{{transport}}': `sum by (transport) (${rate('otelcol_receiver_accepted_spans_total')})`,
            'refused, {{transport}}': `sum by (transport) (${rate('otelcol_receiver_refused_spans_total')})`,
          },
        }),
        timeSeries({
          title: 'Stored',
          description: 'By exporter. Bad: failures: spans are lost.',
          unit: 'cps',
          queries: {
            '{{exporter}}': `sum by (exporter) (${rate('otelcol_exporter_sent_spans_total')})`,
            'failed, {{exporter}}': `sum by (exporter) (${rate('otelcol_exporter_send_failed_spans_total')})`,
          },
        }),
        timeSeries({
          title: 'Queue before the storage',
          description: 'How full it is. Bad: close to full: spans are then refused.',
          unit: 'percentunit',
          queries: {
            '{{exporter}}': `sum by (exporter) (otelcol_exporter_queue_size{${here}}) / sum by (exporter) (otelcol_exporter_queue_capacity{${here}})`,
          },
        }),
      ],
    },
    {
      title: 'Storage',
      panels: [
        timeSeries({
          title: 'Requests to the storage',
          description: 'By operation and result. Bad: err.',
          unit: 'ops',
          queries: {
            '{{operation}} {{result}}': `sum by (operation, result) (${rate('jaeger_storage_requests_total')})`,
          },
        }),
        timeSeries({
          title: 'Time of the storage',
          description: '99 of 100 requests are faster. Bad: seconds.',
          unit: 's',
          queries: {
            '{{operation}}': `histogram_quantile(0.99, sum by (le, operation) (${rate('jaeger_storage_latency_seconds_bucket')}))`,
          },
        }),
        timeSeries({
          title: 'On disk',
          description: 'Keys and values of Badger. Bad: growth beyond the retention.',
          unit: 'bytes',
          queries: {
            keys: `sum(jaeger_storage_badger_size_bytes_lsm{${here}})`,
            values: `sum(jaeger_storage_badger_size_bytes_vlog{${here}})`,
          },
        }),
      ],
    },
    {
      title: 'Queries and process',
      panels: [
        timeSeries({
          title: 'Time of its interface',
          description: '99 of 100 requests are faster, by route. Bad: above 5 s.',
          unit: 's',
          queries: {
            '{{http_route}}': `histogram_quantile(0.99, sum by (le, http_route) (${rate('http_server_request_duration_seconds_bucket')}))`,
          },
        }),
        timeSeries({
          title: 'Memory',
          description: 'What the process holds, and its heap. Bad: close to the limit.',
          unit: 'bytes',
          queries: {
            resident: `max(otelcol_process_memory_rss_bytes{${here}})`,
            heap: `max(otelcol_process_runtime_heap_alloc_bytes{${here}})`,
          },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores in use. Bad: a plateau.',
          unit: 'short',
          queries: { '{{pod}}': `sum by (pod) (${rate('otelcol_process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
