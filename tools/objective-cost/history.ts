import type { PastSeries } from '../../test/live/example-history.js';

const day = 86_400;
const pods = 10;
const routes = 10;
const statuses = ['200', '201', '404', '500', '503'];

/** The series of each counter of the application. */
export const sourceSeries = pods * routes * statuses.length;

/** The series of an application in the last minutes, and 30 days of what its objectives have recorded. */
export const historyOf = (objectives: readonly string[]): PastSeries[] => {
  const series: PastSeries[] = [];
  for (let pod = 0; pod < pods; pod += 1) {
    const target = { job: 'checkout', instance: `10.0.0.${pod}:9464`, pod: `checkout-${pod}` };
    const recent = { since: 900, step: 30 };
    series.push({ name: 'up', labels: target, ...recent, value: () => 1 });
    for (let route = 0; route < routes; route += 1) {
      for (const status of statuses) {
        const labels = {
          ...target,
          http_route: `/route-${route}`,
          http_response_status_code: status,
        };
        const value = (second: number): number => Math.floor((second % (100 * day)) / 3);
        const name = 'http_server_request_duration_seconds';
        series.push({ name: `${name}_count`, labels, ...recent, value });
        series.push({
          name: `${name}_bucket`,
          labels: { ...labels, le: '0.25' },
          ...recent,
          value,
        });
      }
    }
  }
  for (const slo of objectives) {
    const labels = { namespace: 'shop', service: 'checkout', slo };
    const past = { labels, since: 30 * day, step: 60 };
    series.push({ name: 'slo:sli_total:rate5m', ...past, value: (at) => 100 + (at % 977) / 10 });
    series.push({ name: 'slo:sli_errors:rate5m', ...past, value: (at) => (at % 613) / 1e4 });
  }
  return series;
};
