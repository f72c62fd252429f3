import { cluster, dashboard, stat, table, timeSeries, usedShare } from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const prometheus = `job="prometheus", ${here}`;
const errors = { unit: 'cps', thresholds: { critical: 0.001 } } as const;

export default dashboard({
  title: 'Stack health',
  description:
    'Whether the monitoring itself works: scraping, rules, ingest, cardinality and each component.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['overview', 'prometheus', 'alertmanager', 'grafana', 'jaeger', 'probes'],
  variables: [cluster],
  rows: [
    {
      title: 'Scraping',
      panels: [
        stat({
          title: 'Targets up',
          description: 'Share of all targets that answer. Bad: below 100 %.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 0.9 },
          width: 4,
          height: 8,
          queries: `avg(up{${here}})`,
        }),
        table({
          title: 'Targets by job',
          description: 'How many answer, how long they take, what they tell. Bad: red.',
          width: 20,
          labels: { job: 'Job' },
          columns: {
            'Share up': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 0.9 },
              query: `avg by (job) (up{${here}})`,
            },
            Targets: { unit: 'short', query: `count by (job) (up{${here}})` },
            'Slowest scrape': {
              unit: 's',
              thresholds: { warning: 5, critical: 10 },
              query: `max by (job) (scrape_duration_seconds{${here}})`,
            },
            Series: {
              unit: 'short',
              query: `sum by (job) (scrape_samples_post_metric_relabeling{${here}})`,
            },
            'New series in an hour': {
              unit: 'short',
              query: `sum by (job) (sum_over_time(scrape_series_added{${here}}[1h]))`,
            },
          },
          sortBy: 'Series',
        }),
      ],
    },
    {
      title: 'Ingest and cardinality',
      panels: [
        timeSeries({
          title: 'Samples taken in',
          description: 'Samples a second, by replica. Bad: a fall, when targets go missing.',
          unit: 'cps',
          queries: {
            '{{pod}}': `sum by (pod) (rate(prometheus_tsdb_head_samples_appended_total{${prometheus}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Series in memory',
          description: 'Series of the head block. Bad: a staircase upwards, which costs memory.',
          unit: 'short',
          queries: {
            '{{pod}}': `max by (pod) (prometheus_tsdb_head_series{${prometheus}})`,
          },
        }),
        timeSeries({
          title: 'Series by job',
          description: 'Where the series come from. Bad: a job that grows without an end.',
          unit: 'short',
          stacked: true,
          queries: {
            '{{job}}': `sum by (job) (scrape_samples_post_metric_relabeling{${here}})`,
          },
        }),
      ],
    },
    {
      title: 'Rules and alerts',
      panels: [
        timeSeries({
          title: 'Rules that fail',
          description: 'Evaluations that ended in an error. Bad: any.',
          ...errors,
          queries: {
            '{{rule_group}}': `sum by (rule_group) (rate(prometheus_rule_evaluation_failures_total{${prometheus}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Time that rule groups take',
          description: 'Share of their interval. Bad: above 50 %; at 100 % they are skipped.',
          ...usedShare,
          queries: {
            '{{rule_group}}': `max by (rule_group) (prometheus_rule_group_last_duration_seconds{${prometheus}} / prometheus_rule_group_interval_seconds{${prometheus}})`,
          },
        }),
        timeSeries({
          title: 'Alerts that did not arrive',
          description:
            'Notifications that Prometheus could not hand over, and that Alertmanager could not send. Bad: any.',
          ...errors,
          needs: ['alertmanager'],
          queries: {
            'dropped by Prometheus': `sum(rate(prometheus_notifications_dropped_total{${prometheus}}[$__rate_interval]))`,
            'failed, {{integration}}': `sum by (integration) (rate(alertmanager_notifications_failed_total{job="alertmanager", ${here}}[$__rate_interval]))`,
          },
        }),
      ],
    },
    {
      title: 'Components',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'What each process holds. Bad: a line that only grows, up to a restart.',
          unit: 'bytes',
          queries: {
            '{{job}} {{pod}}': `sum by (job, pod) (process_resident_memory_bytes{${here}, job=~"prometheus|alertmanager|grafana|blackbox-exporter|kube-state-metrics-self"})`,
            'jaeger {{pod}}': `sum by (pod) (otelcol_process_memory_rss_bytes{${here}, job="jaeger"})`,
          },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores that each process uses. Bad: a plateau at its request.',
          unit: 'short',
          queries: {
            '{{job}} {{pod}}': `sum by (job, pod) (rate(process_cpu_seconds_total{${here}, job=~"prometheus|alertmanager|grafana|blackbox-exporter|kube-state-metrics-self"}[$__rate_interval]))`,
            'jaeger {{pod}}': `sum by (pod) (rate(otelcol_process_cpu_seconds_total{${here}, job="jaeger"}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Failures of Grafana',
          description:
            'Share of requests that Grafana answered with a server error. Bad: above 1 %.',
          unit: 'percentunit',
          needs: ['grafana'],
          thresholds: { critical: 0.01 },
          queries: {
            failed: `(sum(rate(grafana_http_request_duration_seconds_count{job="grafana", ${here}, status_code=~"5.."}[$__rate_interval])) or vector(0)) / sum(rate(grafana_http_request_duration_seconds_count{job="grafana", ${here}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Spans that are lost',
          description: 'Spans that Jaeger refused or could not store. Bad: any.',
          ...errors,
          needs: ['jaeger'],
          queries: {
            refused: `sum(rate(otelcol_receiver_refused_spans_total{job="jaeger", ${here}}[$__rate_interval]))`,
            'not stored': `sum(rate(otelcol_exporter_send_failed_spans_total{job="jaeger", ${here}}[$__rate_interval]))`,
          },
        }),
      ],
    },
    {
      title: 'Volumes',
      needs: ['kubelet', 'kube-state-metrics'],
      panels: [
        timeSeries({
          title: 'Volumes in use',
          description: 'Share of each volume of the stack that is taken. Bad: above 85 %.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.85, critical: 0.97 },
          opens: { dashboard: 'persistent-volumes', by: ['namespace'] },
          queries: {
            '{{persistentvolumeclaim}}': `1 - min by (namespace, persistentvolumeclaim) (persistentvolumeclaim:kubelet_volume_stats_available:ratio{${here}, persistentvolumeclaim=~"data-.+-(prometheus|alertmanager|grafana|jaeger)-[0-9]+"})`,
          },
        }),
        timeSeries({
          title: 'Size of the metrics on disk',
          description:
            'Blocks and the write-ahead log, by replica. Bad: at the limit of the volume.',
          unit: 'bytes',
          queries: {
            '{{pod}} blocks': `max by (pod) (prometheus_tsdb_storage_blocks_bytes{${prometheus}})`,
            '{{pod}} log': `max by (pod) (prometheus_tsdb_wal_storage_size_bytes{${prometheus}})`,
          },
        }),
      ],
    },
  ],
});
