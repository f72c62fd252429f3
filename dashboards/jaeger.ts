import { cluster, cores, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const here = 'job="jaeger", cluster=~"$cluster"';
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const spans = (what: string) => `sum(${rate(`otelcol_${what}_spans_total`)})`;
const mean = (by: string, metric: string, more = '') =>
  `sum by (${by}) (${rate(`${metric}_sum`, more)}) / (sum by (${by}) (${rate(`${metric}_count`, more)}) > 0)`;
const refused = `(${spans('receiver_refused')} or vector(0))`;
const failed = `(${spans('exporter_send_failed')} or vector(0))`;
const route = ', http_route!=""';

export default dashboard({
  title: 'Jaeger',
  description: 'Received, stored and lost spans, the storage, and the Jaeger process.',
  folder: 'Crowsnest',
  needs: ['jaeger'],
  links: ['traces', 'stack-health', 'persistent-volumes'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Received spans',
          description: 'Spans that Jaeger accepts. Bad: none, although applications send spans.',
          unit: 'cps',
          empty: 'no spans',
          queries: spans('receiver_accepted'),
        }),
        stat({
          title: 'Lost spans',
          description: 'Share of the spans that Jaeger refuses or cannot store. Bad: above 0 %.',
          unit: 'percentunit',
          decimals: 2,
          empty: 'no spans',
          thresholds: { critical: 0.001 },
          queries: `(${refused} + ${failed}) / (${spans('receiver_accepted')} + ${refused} > 0)`,
        }),
        stat({
          title: 'Storage size',
          description:
            'Size of the Badger database, with up to 2 GiB that it allocates in advance. Bad: close to the size of the volume.',
          unit: 'bytes',
          queries: `sum(jaeger_storage_badger_size_bytes_lsm{${here}}) + sum(jaeger_storage_badger_size_bytes_vlog{${here}})`,
        }),
        stat({
          title: 'Memory',
          description: 'Resident memory. Bad: close to the limit: Jaeger then refuses spans.',
          unit: 'bytes',
          queries: `max(otelcol_process_memory_rss_bytes{${here}})`,
        }),
      ],
    },
    {
      title: 'Spans',
      panels: [
        timeSeries({
          title: 'Received spans by protocol',
          description: 'Accepted and refused spans. Bad: a sudden drop, or refused spans.',
          unit: 'cps',
          queries: {
            '{{transport}}': `sum by (transport) (${rate('otelcol_receiver_accepted_spans_total')})`,
            '{{transport}} refused': `sum by (transport) (${rate('otelcol_receiver_refused_spans_total')})`,
          },
        }),
        timeSeries({
          title: 'Stored spans',
          description: 'Spans by exporter. Bad: failed spans, which are lost.',
          unit: 'cps',
          queries: {
            '{{exporter}}': `sum by (exporter) (${rate('otelcol_exporter_sent_spans_total')})`,
            '{{exporter}} failed': `sum by (exporter) (${rate('otelcol_exporter_send_failed_spans_total')})`,
          },
        }),
        timeSeries({
          title: 'Storage queue usage',
          description:
            'Share of the queue before the storage that is full. Bad: close to 100 %: Jaeger then refuses spans.',
          unit: 'percentunit',
          softMax: 1,
          queries: {
            '{{exporter}}': `sum by (exporter) (otelcol_exporter_queue_size{${here}}) / (sum by (exporter) (otelcol_exporter_queue_capacity{${here}}) > 0)`,
          },
        }),
      ],
    },
    {
      title: 'Storage',
      panels: [
        timeSeries({
          title: 'Storage requests by operation',
          description: 'Requests by operation and result. Bad: result err.',
          unit: 'ops',
          queries: {
            '{{operation}} {{result}}': `sum by (operation, result) (${rate('jaeger_storage_requests_total')})`,
          },
        }),
        timeSeries({
          title: 'Mean duration of storage requests',
          description: 'By operation. Bad: above 1 s.',
          unit: 's',
          empty: 'no storage requests in this time range',
          queries: { '{{operation}}': mean('operation', 'jaeger_storage_latency_seconds') },
        }),
        timeSeries({
          title: 'Storage size',
          description:
            'Keys and values of the Badger database, whose value log starts with 2 GiB allocated in advance. Bad: growth beyond the retention.',
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
          title: 'Mean duration of HTTP requests',
          description: 'Requests to the user interface and the API, by route. Bad: above 5 s.',
          unit: 's',
          empty: 'no requests in this time range',
          queries: {
            '{{http_route}}': mean('http_route', 'http_server_request_duration_seconds', route),
          },
        }),
        timeSeries({
          title: 'Memory',
          description: 'Resident memory and heap. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: {
            resident: `max(otelcol_process_memory_rss_bytes{${here}})`,
            heap: `max(otelcol_process_runtime_heap_alloc_bytes{${here}})`,
          },
        }),
        timeSeries({
          title: 'CPU usage by pod',
          description: 'CPU cores in use. Bad: constantly at the same high value.',
          ...cores,
          queries: { '{{pod}}': `sum by (pod) (${rate('otelcol_process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
