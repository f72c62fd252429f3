import { cluster, cores, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const here = 'job="otel-gateway", cluster=~"$cluster"';
const rate = (metric: string) => `rate(${metric}{${here}}[$__rate_interval])`;
const spans = (what: string) => `sum(${rate(`otelcol_${what}_spans_total`)})`;
const orNone = (query: string) => `(${query} or vector(0))`;
const refused = orNone(spans('receiver_refused'));
const lost = `(${orNone(spans('exporter_enqueue_failed'))} + ${orNone(spans('exporter_send_failed'))})`;
const sampling = 'otelcol_processor_tail_sampling';
const usage = (of: string) =>
  `sum by (exporter) (otelcol_exporter_queue_size{${of}}) / (sum by (exporter) (otelcol_exporter_queue_capacity{${of}}) > 0)`;
const queue = usage(`${here}, data_type="traces"`);

export default dashboard({
  title: 'Tracing gateway',
  description: 'Received, sampled and sent spans, the queue, and the process of the gateway.',
  folder: 'Crowsnest',
  needs: ['otel-gateway'],
  links: ['traces', 'jaeger', 'stack-health', 'persistent-volumes'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Received spans',
          description:
            'Spans that the gateway accepts. Bad: none, although applications send spans.',
          unit: 'cps',
          empty: 'no spans',
          queries: spans('receiver_accepted'),
        }),
        stat({
          title: 'Refused spans',
          description: 'Share of the received spans that the gateway refuses. Bad: above 0 %.',
          unit: 'percentunit',
          decimals: 2,
          empty: 'no spans',
          thresholds: { critical: 0.001 },
          queries: `${refused} / (${spans('receiver_accepted')} + ${refused} > 0)`,
        }),
        stat({
          title: 'Full share of the queue',
          description: 'Bad: above 50 %: the store of traces is down or too slow.',
          unit: 'percentunit',
          thresholds: { warning: 0.5, critical: 0.9 },
          queries: `max(${queue})`,
        }),
        stat({
          title: 'Lost spans',
          description: 'Spans without room in the queue, or that the store rejects. Bad: above 0.',
          unit: 'cps',
          thresholds: { critical: 0.01 },
          queries: lost,
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
          title: 'Sent spans by exporter',
          description:
            'Spans that the store accepts, rejects, or that have no room in the queue. Bad: rejected ones and ones without room, which are lost.',
          unit: 'cps',
          queries: {
            '{{exporter}}': `sum by (exporter) (${rate('otelcol_exporter_sent_spans_total')})`,
            '{{exporter}} rejected': `sum by (exporter) (${rate('otelcol_exporter_send_failed_spans_total')})`,
            '{{exporter}} without room': `sum by (exporter) (${rate('otelcol_exporter_enqueue_failed_spans_total')})`,
          },
        }),
        timeSeries({
          title: 'Queue usage',
          description: 'Share of the queue of traces that is full. Bad: growth over minutes.',
          unit: 'percentunit',
          softMax: 1,
          queries: { '{{exporter}}': queue },
        }),
      ],
    },
    {
      title: 'Sampling',
      panels: [
        timeSeries({
          title: 'Decisions about traces',
          description:
            'Traces that are kept and dropped. Bad: far more kept than the store has room for.',
          unit: 'cps',
          empty: 'without sampling, all traces are kept',
          queries: {
            '{{decision}}': `sum by (decision) (${rate(`${sampling}_global_count_traces_sampled_total`)})`,
          },
        }),
        timeSeries({
          title: 'Kept traces by policy',
          description:
            'Traces for which a policy decides. Bad: one policy keeps far more than expected.',
          unit: 'cps',
          empty: 'without sampling, all traces are kept',
          queries: {
            '{{policy}}': `sum by (policy) (rate(${sampling}_count_traces_sampled_total{${here}, sampled="true"}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Traces that are dropped early',
          description: 'Traces without a decision for which there is no room. Bad: above 0.',
          unit: 'cps',
          empty: 'without sampling, no trace waits',
          queries: {
            dropped: `sum(${rate(`${sampling}_sampling_trace_dropped_too_early_total`)})`,
          },
        }),
      ],
    },
    {
      title: 'Logs',
      needs: ['configured:gateway-logs'],
      panels: [
        timeSeries({
          title: 'Received lines by protocol',
          description: 'Accepted and refused lines of logs. Bad: a sudden drop, or refused lines.',
          unit: 'cps',
          empty: 'no lines',
          queries: {
            '{{transport}}': `sum by (transport) (${rate('otelcol_receiver_accepted_log_records_total')})`,
            '{{transport}} refused': `sum by (transport) (${rate('otelcol_receiver_refused_log_records_total')})`,
          },
        }),
        timeSeries({
          title: 'Sent lines by exporter',
          description:
            'Lines that the store accepts, rejects, or that have no room in the queue. Bad: rejected ones, which are lost, and ones without room.',
          unit: 'cps',
          empty: 'no lines',
          queries: {
            '{{exporter}}': `sum by (exporter) (${rate('otelcol_exporter_sent_log_records_total')})`,
            '{{exporter}} rejected': `sum by (exporter) (${rate('otelcol_exporter_send_failed_log_records_total')})`,
            '{{exporter}} without room': `sum by (exporter) (${rate('otelcol_exporter_enqueue_failed_log_records_total')})`,
          },
        }),
        timeSeries({
          title: 'Queue of lines',
          description: 'Share of the queue for logs that is full. Bad: growth over minutes.',
          unit: 'percentunit',
          softMax: 1,
          queries: { '{{exporter}}': usage(`${here}, data_type="logs"`) },
        }),
      ],
    },
    {
      title: 'Memory and CPU',
      panels: [
        timeSeries({
          title: 'Traces without a decision',
          description:
            'Traces in memory. Bad: as many as there is room for: the oldest are dropped.',
          unit: 'short',
          empty: 'without sampling, no trace waits',
          queries: { waiting: `sum(${sampling}_sampling_traces_on_memory{${here}})` },
        }),
        timeSeries({
          title: 'Memory',
          description:
            'Resident memory and heap. Bad: close to 80 % of the limit: the gateway then refuses spans.',
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
