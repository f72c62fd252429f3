import { alertGroup } from '../src/content/alert-group.js';
import { lostShareAbove } from './jaeger.js';

const own = 'job="otel-gateway"';
const traces = `${own}, data_type="traces"`;
const logs = `${own}, data_type="logs"`;
// Without those that it has counted from spans.
const metrics = `${own}, exporter=~"otlp_(http|grpc)/metrics.*"`;
const rate = (counter: string): string => `rate(${counter}{${own}}[5m])`;
const exporter = 'namespace, pod, exporter';

export default alertGroup({
  adaptRanges: true,
  needs: ['otel-gateway'],
  dashboard: 'otel-gateway',
  thresholds: { lostShare: 0.01, queueShare: 0.5 },
  rules: ({ lostShare, queueShare }) => ({
    alerts: [
      {
        alert: 'TracingGatewaySpansRefused',
        expr: lostShareAbove(
          lostShare,
          own,
          'namespace, pod, receiver, transport',
          'otelcol_receiver_refused_spans_total',
          'otelcol_receiver_accepted_spans_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The tracing gateway {{ $labels.pod }} refuses spans.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} refuses {{ $value | humanizePercentage }} of the spans that it receives by {{ $labels.transport }}. Applications send them again or lose them.',
      },
      {
        alert: 'TracingGatewayMemoryShort',
        expr: `sum by (namespace, pod) (${rate('otelcol_processor_memory_limiter_refused_spans_total')}) > 0.1`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary:
          'The tracing gateway {{ $labels.pod }} refuses spans because it is short of memory.',
        description:
          'The memory limiter of {{ $labels.namespace }}/{{ $labels.pod }} refuses {{ printf "%.1f" $value }} spans per second.',
      },
      {
        alert: 'TracingGatewayNotSending',
        // A failed request is sent again without a time limit, so no counter of failures increases.
        expr: `min by (${exporter}) (min_over_time(otelcol_exporter_queue_size{${traces}}[5m])) > 0 unless sum by (${exporter}) (${rate('otelcol_exporter_sent_spans_total')}) > 0`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The tracing gateway {{ $labels.pod }} sends no traces.',
        description:
          'Traces wait in the queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }}, and none of them is sent: the store of traces does not accept them.',
      },
      {
        alert: 'TracingGatewayQueueFilling',
        // A scrape reads the queue only at one moment, so the rule uses an average.
        expr: `sum by (${exporter}) (avg_over_time(otelcol_exporter_queue_size{${traces}}[5m])) / sum by (${exporter}) (otelcol_exporter_queue_capacity{${traces}}) > ${queueShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue of the tracing gateway {{ $labels.pod }} is filling up.',
        description:
          'The queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }} is {{ $value | humanizePercentage }} full. Once it is full, traces are lost.',
      },
      {
        alert: 'TracingGatewayQueueFull',
        expr: `sum by (${exporter}) (${rate('otelcol_exporter_enqueue_failed_spans_total')}) > 0.1`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue of the tracing gateway {{ $labels.pod }} is full.',
        description:
          '{{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} has no room in its queue for {{ printf "%.1f" $value }} spans per second. With sampling they are lost; without it, applications get an error and send again.',
      },
      {
        alert: 'TracingGatewaySpansRejected',
        expr: lostShareAbove(
          lostShare,
          own,
          exporter,
          'otelcol_exporter_send_failed_spans_total',
          'otelcol_exporter_sent_spans_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The store of traces rejects spans of the tracing gateway {{ $labels.pod }}.',
        description:
          'The receiver behind {{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} rejects {{ $value | humanizePercentage }} of the spans. They are lost: the gateway sends again only what can succeed later.',
      },
      {
        alert: 'TracingGatewayTracesDroppedEarly',
        expr: `sum by (namespace, pod) (${rate('otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total')}) / sum by (namespace, pod) (${rate('otelcol_processor_tail_sampling_new_trace_id_received_total')}) > ${lostShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The tracing gateway {{ $labels.pod }} drops traces before it decides about them.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} drops {{ $value | humanizePercentage }} of the traces without a decision, because more traces wait than it has room for.',
      },
      {
        alert: 'LogGatewayLinesRefused',
        needs: ['configured:gateway-logs'],
        expr: lostShareAbove(
          lostShare,
          own,
          'namespace, pod, receiver, transport',
          'otelcol_receiver_refused_log_records_total',
          'otelcol_receiver_accepted_log_records_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The gateway {{ $labels.pod }} refuses lines of logs.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} refuses {{ $value | humanizePercentage }} of the lines that it receives by {{ $labels.transport }}. Applications send them again or lose them; log agents send them again.',
      },
      {
        alert: 'LogGatewayNotSending',
        needs: ['configured:gateway-logs'],
        expr: `min by (${exporter}) (min_over_time(otelcol_exporter_queue_size{${logs}}[5m])) > 0 unless sum by (${exporter}) (${rate('otelcol_exporter_sent_log_records_total')}) > 0`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The gateway {{ $labels.pod }} sends no logs.',
        description:
          'Lines wait in the queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }}, and none of them is sent: the store of logs does not accept them.',
      },
      {
        alert: 'LogGatewayQueueFilling',
        needs: ['configured:gateway-logs'],
        expr: `sum by (${exporter}) (avg_over_time(otelcol_exporter_queue_size{${logs}}[5m])) / sum by (${exporter}) (otelcol_exporter_queue_capacity{${logs}}) > ${queueShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue for logs of the gateway {{ $labels.pod }} is filling up.',
        description:
          'The queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }} is {{ $value | humanizePercentage }} full. Once it is full, lines are refused.',
      },
      {
        alert: 'LogGatewayQueueFull',
        needs: ['configured:gateway-logs'],
        expr: `sum by (${exporter}) (${rate('otelcol_exporter_enqueue_failed_log_records_total')}) > 0.1`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue for logs of the gateway {{ $labels.pod }} is full.',
        description:
          '{{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} has no room in its queue for {{ printf "%.1f" $value }} lines per second. Clients get an error and send again.',
      },
      {
        alert: 'LogGatewayLinesRejected',
        needs: ['configured:gateway-logs'],
        expr: lostShareAbove(
          lostShare,
          own,
          exporter,
          'otelcol_exporter_send_failed_log_records_total',
          'otelcol_exporter_sent_log_records_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The store of logs rejects lines of the gateway {{ $labels.pod }}.',
        description:
          'The receiver behind {{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} rejects {{ $value | humanizePercentage }} of the lines. They are lost: the gateway sends again only what can succeed later.',
      },
      {
        alert: 'MetricGatewayNotSending',
        needs: ['configured:gateway-metrics'],
        expr: `min by (${exporter}) (min_over_time(otelcol_exporter_queue_size{${metrics}}[5m])) > 0 unless sum by (${exporter}) (rate(otelcol_exporter_sent_metric_points_total{${metrics}}[5m])) > 0`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The gateway {{ $labels.pod }} sends no metrics.',
        description:
          'Samples wait in the queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }}, and none of them is sent: the receiver of metrics does not accept them.',
      },
      {
        alert: 'MetricGatewayQueueFull',
        needs: ['configured:gateway-metrics'],
        expr: `sum by (${exporter}) (rate(otelcol_exporter_enqueue_failed_metric_points_total{${metrics}}[5m])) > 0.1`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue for metrics of the gateway {{ $labels.pod }} is full.',
        description:
          '{{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} has no room in its queue for {{ printf "%.1f" $value }} samples per second. Clients get an error and send again.',
      },
      {
        alert: 'MetricGatewayPointsRejected',
        needs: ['configured:gateway-metrics'],
        expr: lostShareAbove(
          lostShare,
          metrics,
          exporter,
          'otelcol_exporter_send_failed_metric_points_total',
          'otelcol_exporter_sent_metric_points_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The receiver of metrics rejects samples of the gateway {{ $labels.pod }}.',
        description:
          'The receiver behind {{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} rejects {{ $value | humanizePercentage }} of the samples. They are lost: the gateway sends again only what can succeed later.',
      },
    ],
  }),
});
