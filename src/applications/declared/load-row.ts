import { count, type Row, stat, table, timeSeries } from '../../content/grafana.js';
import type { Application } from './application.js';

const empty = 'no run in this time range';

/** The results of the load test of an application, as k6 sends them. */
export const loadRows = ({ name }: Pick<Application, 'name'>): readonly Row[] => {
  const here = `cluster=~"$cluster", application="${name}", testid=~"$testid"`;
  // The requests before the scenario only wait for the target.
  const ofRequests = `${here}, scenario!=""`;
  const rate = (more = '', range = '$__rate_interval'): string =>
    `rate(k6_http_reqs_total{${ofRequests}${more}}[${range}])`;
  const calls = (by = '', more = '', range?: string): string => `sum${by} (${rate(more, range)})`;
  const duration = (quantile: number, range = '$__rate_interval', by = ''): string =>
    `histogram_quantile(${quantile}, sum${by} (rate(k6_http_req_duration_seconds{${ofRequests}}[${range}]))) >= 0`;
  // The series end with the run: figures about it are those of the time range.
  const run = '$__range';
  const failed = ', expected_response="false"';
  const share = (by = ''): string => {
    const none = by === '' ? 'vector(0)' : `0 * ${calls(by, '', run)}`;
    return `(${calls(by, failed, run)} or ${none}) / (${calls(by, '', run)} > 0)`;
  };
  const byName = ' by (name)';
  return [
    {
      title: 'Run',
      panels: [
        stat({
          title: 'Virtual users',
          width: 6,
          description: 'The largest number of virtual users of a run.',
          ...count,
          empty,
          queries: `max(max_over_time(k6_vus{${here}}[${run}]))`,
        }),
        stat({
          title: 'Requests of the load test',
          width: 6,
          description: 'Requests in the time range. Bad: fewer than intended.',
          ...count,
          empty,
          queries: `sum(increase(k6_http_reqs_total{${ofRequests}}[${run}]))`,
        }),
        stat({
          title: 'Failed requests of the load test',
          width: 6,
          description:
            'Share of the requests without the expected status. Bad: above the threshold of the run.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          empty,
          queries: share(),
        }),
        stat({
          title: '99th percentile',
          width: 6,
          description:
            'Duration of a request as k6 sees it, through the network. Bad: above the threshold of the run.',
          unit: 's',
          empty,
          queries: duration(0.99, run),
        }),
        timeSeries({
          title: 'Virtual users over time',
          width: 8,
          description: 'Bad: all available ones are used, and iterations are dropped.',
          ...count,
          empty,
          queries: {
            'used {{testid}}': `sum by (testid) (k6_vus{${here}})`,
            'available {{testid}}': `sum by (testid) (k6_vus_max{${here}})`,
          },
        }),
        timeSeries({
          title: 'Requests by status',
          width: 8,
          description:
            'Requests per second; status 0 is no answer. Bad: status 0, or many of 500 and above.',
          unit: 'reqps',
          empty,
          queries: { '{{status}}': calls(' by (status)') },
        }),
        timeSeries({
          title: 'Request duration of the load test',
          width: 8,
          description:
            'Half of the requests are faster than 50 %, and so on. Bad: growth with the load.',
          unit: 's',
          empty,
          queries: { '50 %': duration(0.5), '95 %': duration(0.95), '99 %': duration(0.99) },
        }),
        table({
          title: 'Requests',
          width: 16,
          description:
            'Number, failures and durations of each request in the time range. Bad: red values.',
          empty,
          labels: { name: 'Request' },
          columns: {
            Requests: {
              ...count,
              query: `sum${byName} (increase(k6_http_reqs_total{${ofRequests}}[${run}]))`,
            },
            Failed: {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: share(byName),
            },
            '95th percentile': { unit: 's', query: `(${duration(0.95, run, byName)})` },
            '99th percentile': { unit: 's', query: `(${duration(0.99, run, byName)})` },
          },
          sortBy: '99th percentile',
        }),
        timeSeries({
          title: 'Passed checks',
          width: 8,
          description:
            'Share of the answers of the whole run with the expected status. Bad: below 100 %.',
          unit: 'percentunit',
          empty,
          queries: { '{{check}}': `min by (check) (k6_checks_rate{${here}})` },
        }),
        timeSeries({
          title: 'Dropped iterations',
          width: 12,
          description:
            'Iterations per second that had no free virtual user. Bad: any: the load is less than intended.',
          unit: 'suffix:/s',
          empty: 'none',
          queries: {
            '{{scenario}}': `sum by (scenario) (rate(k6_dropped_iterations_total{${here}}[$__rate_interval]))`,
          },
        }),
        timeSeries({
          title: 'Errors by code',
          width: 12,
          description:
            'Requests per second with an error code of k6, such as 1212 (refused) and 1500 (status 500). Bad: any.',
          unit: 'reqps',
          empty: 'none',
          queries: { '{{error_code}}': calls(' by (error_code)', ', error_code!=""') },
        }),
      ],
    },
  ];
};
