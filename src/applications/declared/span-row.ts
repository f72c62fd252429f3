import { type Row, stat, table, timeSeries } from '../../content/grafana.js';
import type { Application } from './application.js';
import { spanServiceOf } from './span-service.js';

const empty = 'no requests in this time range';

/** Requests, errors and durations of an application, from its spans. */
export const spanRow = (application: Application): Row => {
  const service = `cluster=~"$cluster", service_name=${JSON.stringify(spanServiceOf(application))}, span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"`;
  const rate = (series: string, more = ''): string =>
    `rate(traces_span_metrics_${series}{${service}${more}}[$__rate_interval])`;
  const calls = (by = '', more = ''): string => `sum${by} (${rate('calls_total', more)})`;
  const failed = ', status_code="STATUS_CODE_ERROR"';
  const share = (by = ''): string => {
    const none = by === '' ? 'vector(0)' : `0 * ${calls(by)}`;
    return `(${calls(by, failed)} or ${none}) / (${calls(by)} > 0)`;
  };
  const by = ' by (span_name)';
  const duration = (quantile: number, group = ''): string =>
    `histogram_quantile(${quantile}, sum by (le${group}) (${rate('duration_milliseconds_bucket')})) > 0`;
  return {
    title: 'Requests (spans)',
    needs: ['span-metrics'],
    panels: [
      stat({
        title: 'Request rate',
        width: 4,
        description: 'Requests per second. Bad: none when requests are expected.',
        unit: 'reqps',
        empty: 'no requests',
        queries: calls(),
      }),
      stat({
        title: 'Failed requests',
        width: 4,
        description: 'Share of the requests whose span has the status error. Bad: above 1 %.',
        unit: 'percentunit',
        decimals: 2,
        thresholds: { warning: 0.01, critical: 0.05 },
        empty: 'no requests',
        queries: share(),
      }),
      timeSeries({
        title: 'Request duration',
        width: 16,
        description:
          'Half of the requests are faster than 50 %, and so on; points are single traces, and a click opens one. Bad: growth.',
        unit: 'ms',
        exemplars: true,
        tracesOf: spanServiceOf(application),
        empty,
        queries: { '50 %': duration(0.5), '95 %': duration(0.95), '99 %': duration(0.99) },
      }),
      timeSeries({
        title: 'Requests by operation',
        width: 8,
        description: 'Bad: a sudden drop, or an unexpected peak.',
        unit: 'reqps',
        empty,
        tracesOf: spanServiceOf(application),
        queries: { '{{span_name}}': calls(by) },
      }),
      timeSeries({
        title: 'Failed requests by operation',
        width: 8,
        description: 'Share of the requests of each operation. Bad: above 1 %.',
        unit: 'percentunit',
        empty,
        tracesOf: spanServiceOf(application),
        queries: { '{{span_name}}': share(by) },
      }),
      table({
        title: 'Operations',
        width: 8,
        description: 'Durations and errors of each operation. Bad: red values.',
        empty: 'no requests',
        labels: { span_name: 'Operation' },
        columns: {
          '95th percentile': { unit: 'ms', query: `(${duration(0.95, ', span_name')})` },
          Errors: {
            unit: 'percentunit',
            decimals: 2,
            thresholds: { warning: 0.01, critical: 0.05 },
            query: share(by),
          },
        },
        sortBy: '95th percentile',
      }),
    ],
  };
};
