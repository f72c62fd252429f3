import {
  cluster,
  dashboard,
  heatmap,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'cluster=~"$cluster", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';
const here = `${all}, service_name=~"$service_name"`;
const failed = `${here}, status_code="STATUS_CODE_ERROR"`;
const calls = (matchers = here) =>
  `rate(traces_span_metrics_calls_total{${matchers}}[$__rate_interval])`;
const buckets = `rate(traces_span_metrics_duration_milliseconds_bucket{${here}}[$__rate_interval])`;
const slow = (by: string) => `histogram_quantile(0.95, sum by (le, ${by}) (${buckets}))`;
const errors = (by: string) =>
  `(sum by (${by}) (${calls(failed)}) or 0 * sum by (${by}) (${calls()})) / sum by (${by}) (${calls()})`;
const opens = { dashboard: 'traces', by: ['service_name'] };

export default dashboard({
  title: 'Traces',
  description:
    'Requests, errors and durations of services, as their spans tell. A point on a line opens its trace.',
  folder: 'Applications',
  needs: ['span-metrics'],
  links: ['jaeger', 'workload', 'probes'],
  period: '3h',
  variables: [
    cluster,
    labelVariable('service_name', `traces_span_metrics_calls_total{${all}}`, { title: 'Service' }),
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Requests a second',
          description: 'Of the services that are chosen. Bad: none.',
          unit: 'reqps',
          queries: `sum(${calls()})`,
        }),
        stat({
          title: 'Errors',
          description: 'Share of requests that fail. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: `(sum(${calls(failed)}) or vector(0)) / sum(${calls()})`,
        }),
        stat({
          title: 'Slow requests',
          description: '95 of 100 are faster. Bad: above what users accept.',
          unit: 'ms',
          queries: `histogram_quantile(0.95, sum by (le) (${buckets}))`,
        }),
      ],
    },
    {
      title: 'Services',
      panels: [
        table({
          title: 'Services',
          description: 'Requests, errors and time of each. Bad: red.',
          labels: { service_name: { title: 'Service', opens: 'traces' } },
          columns: {
            Requests: { unit: 'reqps', query: `sum by (service_name) (${calls()})` },
            Errors: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: errors('service_name'),
            },
            '95 % faster than': { unit: 'ms', query: slow('service_name') },
          },
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        timeSeries({
          title: 'Requests',
          description: 'By service. Bad: a sudden fall, or a peak that nobody expects.',
          unit: 'reqps',
          opens,
          queries: { '{{service_name}}': `sum by (service_name) (${calls()})` },
        }),
        timeSeries({
          title: 'Errors',
          description: 'Share of requests that fail. Bad: above 1 %.',
          unit: 'percentunit',
          opens,
          queries: { '{{service_name}}': errors('service_name') },
        }),
        timeSeries({
          title: 'Duration',
          description: '95 of 100 requests are faster; points are traces. Bad: a growing line.',
          unit: 'ms',
          exemplars: true,
          queries: { '{{service_name}}': slow('service_name') },
        }),
      ],
    },
    {
      title: 'Operations',
      panels: [
        heatmap({
          title: 'Duration of requests',
          description: 'How many took how long. Bad: a second band above the usual one.',
          unit: 'ms',
          queries: `sum by (le) (${buckets})`,
        }),
        table({
          title: 'Slowest operations',
          description: 'The twenty with the longest durations. Bad: one that users wait for.',
          labels: { service_name: 'Service', span_name: 'Operation' },
          columns: {
            '95 % faster than': {
              unit: 'ms',
              query: `topk(20, ${slow('service_name, span_name')})`,
            },
            Requests: { unit: 'reqps', query: `sum by (service_name, span_name) (${calls()})` },
            Errors: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: errors('service_name, span_name'),
            },
          },
        }),
      ],
    },
  ],
});
