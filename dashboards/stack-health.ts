import {
  cluster,
  cores,
  dashboard,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const prometheus = `job="prometheus", ${here}`;
const alertmanager = `job="alertmanager", ${here}`;
const grafana = `job="grafana", ${here}`;
const jaeger = `job="jaeger", ${here}`;
const components =
  'job=~"prometheus|alertmanager|grafana|blackbox-exporter|kube-state-metrics-self"';
const rate = (metric: string, matchers: string) => `rate(${metric}{${matchers}}[$__rate_interval])`;
const requests = 'grafana_http_request_duration_seconds_count';

export default dashboard({
  title: 'Stack health',
  description:
    'Health of the monitoring stack: scraping, rules, ingestion, cardinality and each component.',
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
          description: 'Share of all targets that Prometheus can scrape. Bad: below 100 %.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 0.9 },
          width: 4,
          height: 10,
          queries: `avg(up{${here}})`,
        }),
        table({
          title: 'Targets by job',
          description:
            'Targets that are up, scrape durations and series of each job. Bad: red cells.',
          width: 20,
          height: 10,
          labels: { job: 'Job' },
          columns: {
            'Targets up': {
              ready: `sum by (job) (up{${here}})`,
              wanted: `count by (job) (up{${here}})`,
            },
            'Slowest scrape': {
              unit: 's',
              thresholds: { warning: 5, critical: 10 },
              query: `max by (job) (scrape_duration_seconds{${here}})`,
            },
            Series: {
              unit: 'short',
              query: `sum by (job) (scrape_samples_post_metric_relabeling{${here}})`,
            },
            'New series (1 h)': {
              unit: 'short',
              query: `sum by (job) (sum_over_time(scrape_series_added{${here}}[1h]))`,
            },
          },
        }),
      ],
    },
    {
      title: 'Ingestion and cardinality',
      panels: [
        timeSeries({
          title: 'Ingested samples',
          description: 'Samples per second by replica. Bad: a drop, when targets disappear.',
          unit: 'cps',
          queries: {
            '{{pod}}': `sum by (pod) (${rate('prometheus_tsdb_head_samples_appended_total', prometheus)})`,
          },
        }),
        timeSeries({
          title: 'Active series by replica',
          description: 'Series in the head block. Bad: constant growth, which costs memory.',
          unit: 'short',
          queries: {
            '{{pod}}': `max by (pod) (prometheus_tsdb_head_series{${prometheus}})`,
          },
        }),
        timeSeries({
          title: 'Scraped series by job',
          description: 'Series after relabelling. Bad: a job that grows constantly.',
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
          title: 'Failed rule evaluations',
          description: 'Evaluations of rules that end with an error. Bad: any.',
          unit: 'cps',
          queries: {
            'all rule groups': `sum(${rate('prometheus_rule_evaluation_failures_total', prometheus)})`,
          },
        }),
        timeSeries({
          title: 'Evaluation time of rule groups',
          description:
            'Last duration as a share of the evaluation interval. Bad: above 50 %. At 100 %, Prometheus skips evaluations.',
          ...usedShare,
          queries: {
            '{{group}}': `max by (group) (label_replace(prometheus_rule_group_last_duration_seconds{${prometheus}} / prometheus_rule_group_interval_seconds{${prometheus}}, "group", "$1", "rule_group", ".*;(.+)"))`,
          },
        }),
        timeSeries({
          title: 'Lost notifications',
          description:
            'Alerts that Prometheus cannot send to Alertmanager, and notifications that Alertmanager cannot send to receivers. Bad: any.',
          unit: 'cps',
          needs: ['alertmanager'],
          queries: {
            'dropped by Prometheus': `sum(${rate('prometheus_notifications_dropped_total', prometheus)})`,
            'failed in Alertmanager': `sum(${rate('alertmanager_notifications_failed_total', alertmanager)})`,
          },
        }),
      ],
    },
    {
      title: 'Components',
      panels: [
        timeSeries({
          title: 'Memory by component',
          width: 12,
          description: 'Resident memory of each pod. Bad: constant growth until a restart.',
          unit: 'bytes',
          queries: {
            '{{pod}}': `sum by (pod) (process_resident_memory_bytes{${here}, ${components}}) or sum by (pod) (otelcol_process_memory_rss_bytes{${jaeger}})`,
          },
        }),
        timeSeries({
          title: 'CPU usage by component',
          width: 12,
          description: 'CPU cores that each pod uses. Bad: constantly at the CPU request.',
          ...cores,
          queries: {
            '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total', `${here}, ${components}`)}) or sum by (pod) (${rate('otelcol_process_cpu_seconds_total', jaeger)})`,
          },
        }),
        timeSeries({
          title: 'Failed requests of Grafana',
          description: 'Share of the requests to Grafana with a 5xx status. Bad: above 1 %.',
          unit: 'percentunit',
          needs: ['grafana'],
          empty: 'no requests in this time range',
          queries: {
            failed: `(sum(${rate(requests, `${grafana}, status_code=~"5.."`)}) or vector(0)) / (sum(${rate(requests, grafana)}) > 0)`,
          },
        }),
        timeSeries({
          title: 'Lost spans',
          description: 'Spans that Jaeger refuses or cannot store. Bad: any.',
          unit: 'cps',
          needs: ['jaeger'],
          queries: {
            refused: `sum(${rate('otelcol_receiver_refused_spans_total', jaeger)})`,
            'not stored': `sum(${rate('otelcol_exporter_send_failed_spans_total', jaeger)})`,
          },
        }),
      ],
    },
    {
      title: 'Volumes',
      needs: ['kubelet', 'kube-state-metrics'],
      panels: [
        timeSeries({
          title: 'Used space of volumes',
          description: 'Used share of each volume of the stack. Bad: above 85 %.',
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
            'Blocks and write-ahead log by replica. Bad: close to the size of the volume.',
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
