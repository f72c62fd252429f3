import { cluster, cores, dashboard, stat, timeSeries } from '../src/content/grafana.js';

/** The share of the volume at which Loki refuses lines: that of its configuration. */
const fullShare = 0.85;

const here = 'job="loki", cluster=~"$cluster"';
const rate = (metric: string, matchers = '') =>
  `rate(${metric}{${here}${matchers}}[$__rate_interval])`;
const requests = 'loki_request_duration_seconds';
const served = ', route=~"otlp_v1_logs|loki_api_v1_.*"';
const discarded = `sum(${rate('loki_discarded_samples_total')})`;
const usage = `max(loki_ingester_wal_disk_usage_percent{${here}})`;
const slowest = (quantile: number, by: string, matchers: string) =>
  `histogram_quantile(${quantile}, sum by (${by}) (${rate(`${requests}_bucket`, matchers)})) >= 0`;

export default dashboard({
  title: 'Loki',
  description: 'Received and discarded lines, streams, the volume, retention and queries.',
  folder: 'Crowsnest',
  needs: ['loki'],
  links: ['stack-health', 'persistent-volumes'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Received lines',
          description: 'Lines that Loki accepts. Bad: none, although containers write.',
          unit: 'cps',
          empty: 'no lines',
          queries: `sum(${rate('loki_distributor_lines_received_total')})`,
        }),
        stat({
          title: 'Discarded lines',
          description: 'Lines above a limit. Bad: above 0.',
          unit: 'cps',
          thresholds: { critical: 0.1 },
          queries: `(${discarded} or vector(0))`,
        }),
        stat({
          title: 'Used share of the volume',
          description: `Bad: above 75 %. At ${fullShare * 100} %, Loki refuses lines.`,
          unit: 'percentunit',
          thresholds: { warning: 0.75, critical: fullShare },
          queries: usage,
        }),
        stat({
          title: 'Time since the retention was applied',
          description: 'Bad: above 2 hours.',
          unit: 's',
          thresholds: { warning: 7200, critical: 86_400 },
          empty: 'not since the last start',
          queries: `time() - max(loki_compactor_apply_retention_last_successful_run_timestamp_seconds{${here}} > 0)`,
        }),
      ],
    },
    {
      title: 'Lines',
      panels: [
        timeSeries({
          title: 'Received bytes',
          description: 'Text and structured metadata of lines. Bad: a sudden drop or rise.',
          unit: 'binBps',
          queries: {
            lines: `sum(${rate('loki_distributor_bytes_received_total')})`,
            metadata: `sum(${rate('loki_distributor_structured_metadata_bytes_received_total')})`,
          },
        }),
        timeSeries({
          title: 'Discarded lines by reason',
          description:
            'Lines above a limit. Bad: any, except rate_limited, which clients send again.',
          unit: 'cps',
          empty: 'no line was discarded since the last start',
          queries: {
            '{{reason}}': `sum by (reason) (${rate('loki_discarded_samples_total')})`,
          },
        }),
        timeSeries({
          title: 'Active streams',
          description: 'Streams in memory. Bad: growth without new containers.',
          unit: 'short',
          queries: { streams: `sum(loki_ingester_memory_streams{${here}})` },
        }),
      ],
    },
    {
      title: 'Volume',
      panels: [
        timeSeries({
          title: 'Volume usage',
          width: 12,
          description: `Used share. Bad: close to ${fullShare * 100} %.`,
          unit: 'percentunit',
          softMax: 1,
          queries: { used: usage },
        }),
        timeSeries({
          title: 'Written bytes',
          width: 12,
          description: 'Chunks and the write-ahead log. Bad: none, although lines arrive.',
          unit: 'binBps',
          queries: {
            chunks: `sum(${rate('loki_ingester_chunk_stored_bytes_total')})`,
            'write-ahead log': `sum(${rate('loki_ingester_wal_logged_bytes_total')})`,
          },
        }),
        timeSeries({
          title: 'Chunks in memory',
          width: 12,
          description: 'Chunks that are not on the volume yet. Bad: growth for hours.',
          unit: 'short',
          queries: {
            chunks: `sum(loki_ingester_memory_chunks{${here}})`,
            'waiting to be written': `sum(loki_ingester_flush_queue_length{${here}})`,
          },
        }),
        timeSeries({
          title: 'Runs of compaction and retention',
          width: 12,
          description: 'Both run every ten minutes. Bad: failures.',
          unit: 'cps',
          empty: 'none since the last start',
          queries: {
            'compaction {{status}}': `sum by (status) (${rate('loki_boltdb_shipper_compact_tables_operation_total')})`,
            'retention {{status}}': `sum by (status) (${rate('loki_compactor_apply_retention_operation_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by page',
          width: 12,
          description: 'Requests of clients and of Grafana. Bad: a sudden drop.',
          unit: 'reqps',
          queries: { '{{route}}': `sum by (route) (${rate(`${requests}_count`, served)})` },
        }),
        timeSeries({
          title: 'Failed requests',
          width: 12,
          description: 'Requests by status: 429 exceeds the rate, 503 is a full volume. Bad: any.',
          unit: 'reqps',
          empty: 'no request has failed since the last start',
          queries: {
            '{{route}} {{status_code}}': `sum by (route, status_code) (${rate(`${requests}_count`, `${served}, status_code=~"4..|5.."`)})`,
          },
        }),
        timeSeries({
          title: 'Duration of queries (90th percentile)',
          width: 12,
          description: 'Bad: above 10 seconds.',
          unit: 's',
          empty: 'no queries',
          queries: {
            '{{route}}': slowest(0.9, 'route, le', ', route=~"loki_api_v1_query(_range)?"'),
          },
        }),
        timeSeries({
          title: 'Duration of requests with lines (99th percentile)',
          width: 12,
          description: 'Bad: above a second.',
          unit: 's',
          empty: 'no lines',
          queries: { 'with lines': slowest(0.99, 'le', ', route="otlp_v1_logs"') },
        }),
      ],
    },
    {
      title: 'Memory and CPU',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'Resident memory and heap. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: {
            resident: `max(process_resident_memory_bytes{${here}})`,
            heap: `max(go_memstats_heap_alloc_bytes{${here}})`,
          },
        }),
        timeSeries({
          title: 'CPU usage by pod',
          description: 'CPU cores in use. Bad: constantly at the same high value.',
          ...cores,
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
