import { cluster, dashboard, heatmap, stat, timeSeries } from '../src/content/grafana.js';

const here = 'job="grafana", cluster=~"$cluster"';
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const requests = 'grafana_http_request_duration_seconds';

export default dashboard({
  title: 'Grafana',
  description: 'Whether Grafana serves those who look: requests, errors, time, data sources.',
  folder: 'Crowsnest',
  needs: ['grafana'],
  links: ['stack-health', 'prometheus'],
  variables: [cluster],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Up',
          description: 'Whether it answers. Bad: down: nobody sees anything.',
          unit: 'short',
          states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
          queries: `min(up{${here}})`,
        }),
        stat({
          title: 'Dashboards',
          description: 'That it knows. Bad: fewer than ship: provisioning failed.',
          unit: 'short',
          queries: `max(grafana_stat_totals_dashboard{${here}})`,
        }),
        stat({
          title: 'Users of a month',
          description: 'Who looked in the last 30 days.',
          unit: 'short',
          queries: `max(grafana_stat_active_users{${here}})`,
        }),
        stat({
          title: 'Requests that fail',
          description: 'Share of server errors. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: `(sum(${rate(`${requests}_count`, ', status_code=~"5.."')}) or vector(0)) / sum(${rate(`${requests}_count`)})`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by code',
          description: 'Bad: 5xx; many 401 and 403 where somebody tries passwords.',
          unit: 'reqps',
          queries: {
            '{{status_code}}': `sum by (status_code) (${rate(`${requests}_count`)})`,
          },
        }),
        timeSeries({
          title: 'Slowest pages',
          description: '99 of 100 requests are faster: the ten slowest handlers. Bad: above 5 s.',
          unit: 's',
          queries: {
            '{{handler}}': `topk(10, histogram_quantile(0.99, sum by (le, handler) (${rate(`${requests}_bucket`)})))`,
          },
        }),
        heatmap({
          title: 'Time of requests',
          description: 'How many took how long. Bad: a second band above the usual one.',
          unit: 's',
          queries: `sum by (le) (${rate(`${requests}_bucket`)})`,
        }),
      ],
    },
    {
      title: 'Data sources and process',
      panels: [
        timeSeries({
          title: 'Answers of data sources',
          description: 'Through the proxy, by code. Bad: 5xx: a data source is down.',
          unit: 'reqps',
          queries: {
            '{{code}}': `sum by (code) (${rate('grafana_proxy_response_status_total')})`,
          },
        }),
        timeSeries({
          title: 'Memory',
          description: 'Resident memory. Bad: close to its limit.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores in use. Bad: a plateau.',
          unit: 'short',
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
