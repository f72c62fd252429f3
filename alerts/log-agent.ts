import { alertGroup } from '../src/content/alert-group.js';
import { lostShareAbove } from './jaeger.js';

const own = 'job="log-agent"';
const rate = (counter: string): string => `rate(${counter}{${own}}[5m])`;
const size = `otelcol_exporter_queue_size{${own}}`;
// A scrape reads the queue only at one moment, so the rules use an average.
const usage = `sum by (namespace, pod) (avg_over_time(${size}[5m])) / sum by (namespace, pod) (otelcol_exporter_queue_capacity{${own}})`;

export default alertGroup({
  adaptRanges: true,
  needs: ['log-agent'],
  dashboard: 'log-agent',
  thresholds: { lostShare: 0.01, queueShare: 0.5, fullShare: 0.95 },
  rules: ({ lostShare, queueShare, fullShare }) => ({
    alerts: [
      {
        alert: 'LogAgentsNotSending',
        // A failed request is sent again without a time limit, so no counter of failures increases.
        expr: `count by (namespace) (min by (namespace, pod) (min_over_time(${size}[5m])) > 0 unless sum by (namespace, pod) (${rate('otelcol_exporter_sent_log_records_total')}) > 0)`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Log agents in {{ $labels.namespace }} send nothing.',
        description:
          'Lines wait in the queues of {{ $value }} log agents in {{ $labels.namespace }}, and none of them is sent: the store of logs does not accept them.',
      },
      {
        alert: 'LogAgentQueuesFilling',
        expr: `count by (namespace) (${usage} > ${queueShare})`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Queues of log agents in {{ $labels.namespace }} are filling up.',
        description: `The queues of {{ $value }} log agents in {{ $labels.namespace }} are more than {{ ${queueShare} | humanizePercentage }} full. Once a queue is full, its agent stops reading.`,
      },
      {
        alert: 'LogAgentsBehind',
        expr: `count by (namespace) (${usage} > ${fullShare})`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Log agents in {{ $labels.namespace }} have stopped reading.',
        description:
          'The queues of {{ $value }} log agents in {{ $labels.namespace }} are full. Lines wait in the files of the containers, and are lost once the kubelet deletes these.',
      },
      {
        alert: 'LogAgentLinesRejected',
        expr: lostShareAbove(
          lostShare,
          own,
          'namespace, exporter',
          'otelcol_exporter_send_failed_log_records_total',
          'otelcol_exporter_sent_log_records_total',
        ),
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The store of logs rejects lines of the agents in {{ $labels.namespace }}.',
        description:
          'The receiver behind {{ $labels.exporter }} of the log agents in {{ $labels.namespace }} rejects {{ $value | humanizePercentage }} of the lines. They are lost: the agents send again only what can succeed later.',
      },
      {
        alert: 'LogAgentDiskFull',
        expr: `sum by (namespace, pod) (${rate('otelcol_exporter_enqueue_failed_log_records_total')}) > 0.1`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The log agent {{ $labels.pod }} cannot write to its disk.',
        description:
          '{{ $labels.namespace }}/{{ $labels.pod }} fails to write {{ printf "%.1f" $value }} lines per second to its queue. It tries again, and reads no further.',
      },
      {
        alert: 'LogAgentMemoryShort',
        expr: `sum by (namespace, pod) (${rate('otelcol_processor_memory_limiter_refused_log_records_total')}) > 0.1`,
        for: '10m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'The log agent {{ $labels.pod }} is short of memory.',
        description:
          'The memory limiter of {{ $labels.namespace }}/{{ $labels.pod }} refuses {{ printf "%.1f" $value }} lines per second. The agent reads more slowly than lines are written.',
      },
    ],
  }),
});
