import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="jaeger"';
const rate = (counter: string, matchers = ''): string => `rate(${counter}{${own}${matchers}}[5m])`;
const received = 'namespace, pod, receiver, transport';
/**
 * A share of lost spans above a limit, of a job that is a collector. A counter has no series before its first span: if all
 * are lost, the counter of the others is missing.
 */
export const lostShareAbove = (
  limit: number,
  job: string,
  by: string,
  lost: string,
  others: string,
): string => {
  const [bad, good] = [lost, others].map(
    (counter) => `sum by (${by}) (rate(${counter}{${job}}[5m]))`,
  );
  return `${bad} / (${bad} + ${good} or ${bad}) > ${limit}`;
};

export default alertGroup({
  adaptRanges: true,
  needs: ['jaeger'],
  dashboard: 'jaeger',
  thresholds: { lostShare: 0.01, queueShare: 0.8, failedShare: 0.05, slowSeconds: 5 },
  rules: ({ lostShare, queueShare, failedShare, slowSeconds }) => ({
    alerts: [
      {
        alert: 'JaegerSpansRefused',
        expr: lostShareAbove(
          lostShare,
          own,
          received,
          'otelcol_receiver_refused_spans_total',
          'otelcol_receiver_accepted_spans_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'spans',
        summary: 'Jaeger {{ $labels.pod }} refuses spans.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} refuses {{ $value | humanizePercentage }} of the spans that it receives by {{ $labels.transport }}. Applications send them again or lose them.',
      },
      {
        alert: 'JaegerMemoryShort',
        expr: `sum by (namespace, pod) (${rate('otelcol_processor_refused_spans_total', ', processor="memory_limiter"')}) > 0.1`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'jaeger-memory',
        summary: 'Jaeger {{ $labels.pod }} refuses spans because it is short of memory.',
        description:
          'The memory limiter of {{ $labels.namespace }}/{{ $labels.pod }} refuses {{ printf "%.1f" $value }} spans per second.',
      },
      {
        alert: 'JaegerSpansDropped',
        expr: lostShareAbove(
          lostShare,
          own,
          'namespace, pod, exporter',
          'otelcol_exporter_send_failed_spans_total',
          'otelcol_exporter_sent_spans_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'spans',
        summary: 'Jaeger {{ $labels.pod }} cannot store spans.',
        description:
          '{{ $labels.exporter }} of {{ $labels.namespace }}/{{ $labels.pod }} cannot write {{ $value | humanizePercentage }} of the spans. The applications that sent them receive an error.',
      },
      {
        alert: 'JaegerQueueFilling',
        // A scrape reads the queue only at one moment, so the rule uses an average.
        expr: `sum by (namespace, pod, exporter) (avg_over_time(otelcol_exporter_queue_size{${own}}[5m])) / sum by (namespace, pod, exporter) (otelcol_exporter_queue_capacity{${own}}) > ${queueShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The queue of Jaeger {{ $labels.pod }} is filling up.',
        description:
          'The queue of {{ $labels.exporter }} in {{ $labels.namespace }}/{{ $labels.pod }} is {{ $value | humanizePercentage }} full. Once it is full, Jaeger refuses spans.',
      },
      {
        alert: 'JaegerStorageFailing',
        expr: `sum by (namespace, pod, operation) (${rate('jaeger_storage_requests_total', ', result="err"')}) / sum by (namespace, pod, operation) (${rate('jaeger_storage_requests_total')}) > ${failedShare}`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Requests of Jaeger {{ $labels.pod }} to its storage fail.',
        description:
          '{{ $value | humanizePercentage }} of the {{ $labels.operation }} requests of {{ $labels.namespace }}/{{ $labels.pod }} to its storage fail.',
      },
      {
        alert: 'JaegerStorageSlow',
        expr: `histogram_quantile(0.95, sum by (namespace, pod, operation, le) (${rate('jaeger_storage_latency_seconds_bucket')})) > ${slowSeconds}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        summary: 'The storage of Jaeger {{ $labels.pod }} is slow.',
        description:
          'One in twenty {{ $labels.operation }} requests of {{ $labels.namespace }}/{{ $labels.pod }} to its storage takes longer than {{ $value | humanizeDuration }}.',
      },
    ],
  }),
});
