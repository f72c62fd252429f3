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
// Without requests, a quantile is NaN, which is not above zero.
const slow = (by: string) => `(histogram_quantile(0.95, sum by (le, ${by}) (${buckets})) > 0)`;
const errors = (by: string) =>
  `(sum by (${by}) (${calls(failed)}) or 0 * sum by (${by}) (${calls()})) / (sum by (${by}) (${calls()}) > 0)`;
/** A percentile that stays within one bucket is constant, but the mean is not. */
const mean = (by: string) =>
  `sum by (${by}) (rate(traces_span_metrics_duration_milliseconds_sum{${here}}[$__rate_interval])) / (sum by (${by}) (${calls()}) > 0)`;
const operation = 'service_name, span_name';
const slowest = `topk(20, ${slow(operation)})`;
const ofSlowest = (query: string) => `(${query}) and on (${operation}) ${slowest}`;
const opens = { dashboard: 'traces', by: ['service_name'] };
const tracesOf = '{{service_name}}';
const empty = 'no requests in this time range';
/** Calls of the selected services, and calls to them. */
const between = (metric: string) => {
  const series = `client_server:span_${metric}{cluster=~"$cluster", server!=""`;
  return `max by (client, server) (${series}, client=~"$service_name"} or ${series}, server=~"$service_name"})`;
};
const madeCalls = between('calls:rate5m');

export default dashboard({
  title: 'Traces',
  description:
    'Requests, errors and durations of services, from their spans. A click on a point of the duration chart opens its trace.',
  folder: 'Applications',
  needs: ['span-metrics'],
  links: ['jaeger', 'probes'],
  period: '3h',
  variables: [
    cluster,
    labelVariable('service_name', `traces_span_metrics_calls_total{${all}}`, { title: 'Service' }),
  ],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Request rate',
          description: 'Requests per second of the selected services. Bad: none.',
          unit: 'reqps',
          empty: 'no requests',
          queries: `sum(${calls()})`,
        }),
        stat({
          title: 'Failed requests',
          description: 'Share of the requests whose span has the status error. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          empty: 'no requests',
          queries: `(sum(${calls(failed)}) or vector(0)) / (sum(${calls()}) > 0)`,
        }),
        stat({
          title: 'Request duration (95th percentile)',
          description: '95 % of the requests are faster. Bad: longer than users accept.',
          unit: 'ms',
          empty: 'no requests',
          queries: `histogram_quantile(0.95, sum by (le) (${buckets})) > 0`,
        }),
      ],
    },
    {
      title: 'Services',
      panels: [
        table({
          title: 'Services',
          description:
            'Requests, share of errors and duration of each service. Bad: red values. A click selects the service.',
          labels: { service_name: { title: 'Service', opens: 'traces' } },
          empty: 'no services',
          columns: {
            Requests: { unit: 'reqps', query: `sum by (service_name) (${calls()})` },
            Errors: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: errors('service_name'),
            },
            Mean: { unit: 'ms', query: mean('service_name') },
            '95th percentile': { unit: 'ms', query: slow('service_name') },
          },
        }),
      ],
    },
    {
      title: 'Time series by service',
      panels: [
        timeSeries({
          title: 'Request rate by service',
          description: 'Bad: a sudden drop, or an unexpected peak.',
          unit: 'reqps',
          opens,
          tracesOf,
          empty,
          queries: { '{{service_name}}': `sum by (service_name) (${calls()})` },
        }),
        timeSeries({
          title: 'Failed requests by service',
          description: 'Share of the requests whose span has the status error. Bad: above 1 %.',
          unit: 'percentunit',
          opens,
          tracesOf,
          empty,
          queries: { '{{service_name}}': errors('service_name') },
        }),
        timeSeries({
          title: 'Request duration by service',
          description: 'Means and 95th percentiles; points are single traces. Bad: growth.',
          unit: 'ms',
          exemplars: true,
          tracesOf,
          empty,
          queries: {
            '{{service_name}} 95 %': slow('service_name'),
            '{{service_name}} mean': mean('service_name'),
          },
        }),
      ],
    },
    {
      title: 'Calls between services',
      panels: [
        table({
          title: 'Calls by client and server',
          description:
            'Calls of the selected services and calls to them, as their clients see them: a server needs no spans. Bad: red values.',
          width: 24,
          labels: { client: 'Client', server: 'Server' },
          empty: 'no calls with the name or the address of a server',
          columns: {
            Calls: { unit: 'reqps', query: `${madeCalls} > 0` },
            Errors: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: `${between('errors:rate5m')} / (${madeCalls} > 0)`,
            },
            '95th percentile': { unit: 'ms', query: between('duration_milliseconds:p95') },
          },
        }),
      ],
    },
    {
      title: 'Operations',
      panels: [
        heatmap({
          title: 'Distribution of request durations',
          height: 12,
          width: 10,
          description: 'Requests per second by duration. Bad: a second band above the usual one.',
          unit: 'ms',
          empty,
          queries: `sum by (le) (${buckets})`,
        }),
        table({
          title: 'Slowest operations',
          height: 12,
          width: 14,
          description:
            'The 20 operations with the longest durations. Bad: one that users wait for.',
          labels: { service_name: { title: 'Service', width: 100 }, span_name: 'Operation' },
          empty: 'no requests',
          columns: {
            Mean: { unit: 'ms', query: ofSlowest(mean(operation)) },
            '95th percentile': { unit: 'ms', query: slowest },
            Requests: {
              unit: 'reqps',
              query: ofSlowest(`sum by (${operation}) (${calls()})`),
            },
            Errors: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: ofSlowest(errors(operation)),
            },
          },
          sortBy: '95th percentile',
        }),
      ],
    },
  ],
});
