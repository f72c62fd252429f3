import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="jaeger"';
const rate = (counter: string, matchers = ''): string => `rate(${counter}{${own}${matchers}}[5m])`;
const received = 'namespace, pod, receiver, transport';

export default alertGroup({
  needs: ['jaeger'],
  dashboard: 'jaeger',
  thresholds: { lostShare: 0.01, queueShare: 0.8, failedShare: 0.05, slowSeconds: 5 },
  rules: ({ lostShare, queueShare, failedShare, slowSeconds }) => ({
    alerts: [
      {
        alert: 'JaegerSpansRefused',
        expr: `sum by (${received}) (${rate('otelcol_receiver_refused_spans_total')}) / (sum by (${received}) (${rate('otelcol_receiver_refused_spans_total')}) + sum by (${received}) (${rate('otelcol_receiver_accepted_spans_total')})) > ${lostShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'spans',
        summary: 'Jaeger {{ $labels.pod }} refuses spans.',
        description:
          '{{ $value | humanizePercentage }} of the spans that come in by {{ $labels.transport }} are refused: applications must send them again, or lose them.',
      },
      {
        alert: 'JaegerMemoryShort',
        expr: `sum by (namespace, pod) (${rate('otelcol_processor_refused_spans_total', ', processor="memory_limiter"')}) > 0.1`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'jaeger-memory',
        summary: 'Jaeger {{ $labels.pod }} turns spans away for want of memory.',
        description:
          'The memory limiter of {{ $labels.namespace }}/{{ $labels.pod }} turns {{ printf "%.1f" $value }} spans a second away.',
      },
      {
        alert: 'JaegerSpansDropped',
        expr: `sum by (namespace, pod, exporter) (${rate('otelcol_exporter_send_failed_spans_total')}) / (sum by (namespace, pod, exporter) (${rate('otelcol_exporter_send_failed_spans_total')}) + sum by (namespace, pod, exporter) (${rate('otelcol_exporter_sent_spans_total')})) > ${lostShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'spans',
        summary: 'Jaeger {{ $labels.pod }} cannot store spans.',
        description:
          '{{ $value | humanizePercentage }} of the spans that came to {{ $labels.namespace }}/{{ $labels.pod }} could not be written by {{ $labels.exporter }}, and their senders were told so.',
      },
      {
        alert: 'JaegerQueueFilling',
        // A scrape sees the queue at one moment only: what counts is how it fares over minutes.
        expr: `sum by (namespace, pod, exporter) (avg_over_time(otelcol_exporter_queue_size{${own}}[5m])) / sum by (namespace, pod, exporter) (otelcol_exporter_queue_capacity{${own}}) > ${queueShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Spans queue before the storage of Jaeger {{ $labels.pod }}.',
        description:
          'The queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }} is {{ $value | humanizePercentage }} full: once it is full, spans are refused.',
      },
      {
        alert: 'JaegerStorageFailing',
        expr: `sum by (namespace, pod, operation) (${rate('jaeger_storage_requests_total', ', result="err"')}) / sum by (namespace, pod, operation) (${rate('jaeger_storage_requests_total')}) > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The storage of Jaeger {{ $labels.pod }} fails.',
        description:
          '{{ $value | humanizePercentage }} of the requests {{ $labels.operation }} to the storage of {{ $labels.namespace }}/{{ $labels.pod }} fail.',
      },
      {
        alert: 'JaegerStorageSlow',
        expr: `histogram_quantile(0.95, sum by (namespace, pod, operation, le) (${rate('jaeger_storage_latency_seconds_bucket')})) > ${slowSeconds}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'The storage of Jaeger {{ $labels.pod }} is slow.',
        description:
          'One request {{ $labels.operation }} in twenty takes longer than {{ $value | humanizeDuration }}.',
      },
    ],
  }),
});
