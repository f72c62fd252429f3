import {
  cluster,
  cores,
  count,
  dashboard,
  heatmap,
  stat,
  timeSeries,
} from '../src/content/grafana.js';

const here = 'job="grafana", cluster=~"$cluster"';
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const requests = 'grafana_http_request_duration_seconds';
const queries = ', handler=~"/api/ds/query|/api/datasources/(proxy|uid)/.+"';

export default dashboard({
  title: 'Grafana',
  description: 'Requests to Grafana, errors, response times and queries to data sources.',
  folder: 'Crowsnest',
  needs: ['grafana'],
  links: ['stack-health', 'prometheus'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Grafana status',
          description: 'Whether Prometheus can scrape Grafana. Bad: down.',
          unit: 'short',
          states: { 1: ['up', 'good'], 0: ['down', 'critical'] },
          queries: `min(up{${here}})`,
        }),
        stat({
          title: 'Dashboards',
          description: 'Dashboards in Grafana. Bad: fewer than shipped: provisioning failed.',
          ...count,
          queries: `max(grafana_stat_totals_dashboard{${here}})`,
        }),
        stat({
          title: 'Active users (30 days)',
          description: 'Users that logged in or used Grafana in the last 30 days.',
          ...count,
          queries: `max(grafana_stat_active_users{${here}})`,
        }),
        stat({
          title: 'Failed requests',
          description: 'Share of the requests with a 5xx status. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          empty: 'no requests',
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: `(sum(${rate(`${requests}_count`, ', status_code=~"5.."')}) or vector(0)) / (sum(${rate(`${requests}_count`)}) > 0)`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by status',
          description: 'Bad: 5xx; or many 401 and 403, which can be attempts to guess passwords.',
          unit: 'reqps',
          queries: {
            '{{status_code}}': `sum by (status_code) (${rate(`${requests}_count`)})`,
          },
        }),
        timeSeries({
          title: 'Slowest handlers (mean duration)',
          description: 'The ten handlers with the longest mean duration. Bad: above 5 s.',
          unit: 's',
          empty: 'no requests in this time range',
          queries: {
            '{{handler}}': `topk(10, sum by (handler) (${rate(`${requests}_sum`)}) / (sum by (handler) (${rate(`${requests}_count`)}) > 0))`,
          },
        }),
        heatmap({
          title: 'Distribution of request durations',
          description: 'Requests per second by duration. Bad: a second band above the usual one.',
          unit: 's',
          queries: `sum by (le) (${rate(`${requests}_bucket`)})`,
        }),
      ],
    },
    {
      title: 'Data sources and process',
      panels: [
        timeSeries({
          title: 'Data source queries by status',
          description: 'Queries of dashboards to all data sources. Bad: 4xx and 5xx.',
          unit: 'reqps',
          empty: 'no queries in this time range',
          queries: {
            '{{status_code}}': `sum by (status_code) (${rate(`${requests}_count`, queries)})`,
          },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Resident memory. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
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
