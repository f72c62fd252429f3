import { type Row, stat, timeSeries } from '../../content/grafana.js';
import { type Library, libraries } from '../../content/objective/indicator.js';
import type { Application } from './application.js';

const empty = 'no requests in this time range';

/** Requests, errors and durations of an application, from the HTTP metrics of a library. */
export const httpRow = ({ name }: Application, library: Library): Row => {
  const { histogram, status, ...rest } = libraries[library];
  // The histogram of a library with a counter can lack the status.
  const counter = 'counter' in rest ? rest.counter : `${histogram}_count`;
  const here = `job="${name}", cluster=~"$cluster"`;
  const rate = (series: string, more = ''): string =>
    `rate(${series}{${here}${more}}[$__rate_interval])`;
  const calls = (by = '', more = ''): string => `sum${by} (${rate(counter, more)})`;
  const failed = calls('', `, ${status}=~"5.."`);
  const duration = (quantile: number): string =>
    `histogram_quantile(${quantile}, sum by (le) (${rate(`${histogram}_bucket`)})) > 0`;
  return {
    title: 'Requests (HTTP metrics)',
    panels: [
      stat({
        title: 'HTTP request rate',
        width: 4,
        description: 'Requests per second. Bad: none when requests are expected.',
        unit: 'reqps',
        empty: 'no requests',
        queries: calls(),
      }),
      stat({
        title: 'HTTP server errors',
        width: 4,
        description: 'Share of the requests with a status of 500 and above. Bad: above 1 %.',
        unit: 'percentunit',
        decimals: 2,
        thresholds: { warning: 0.01, critical: 0.05 },
        empty: 'no requests',
        queries: `(${failed} or vector(0)) / (${calls()} > 0)`,
      }),
      timeSeries({
        title: 'HTTP requests by status',
        width: 8,
        description:
          'Requests per second by status code. Bad: a sudden drop, or many of 500 and above.',
        unit: 'reqps',
        empty,
        queries: { [`{{${status}}}`]: calls(` by (${status})`) },
      }),
      timeSeries({
        title: 'HTTP request duration',
        width: 8,
        description: 'Half of the requests are faster than 50 %, and so on. Bad: growth.',
        unit: 's',
        empty,
        exemplars: true,
        queries: { '50 %': duration(0.5), '95 %': duration(0.95), '99 %': duration(0.99) },
      }),
    ],
  };
};
