import {
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  stateTimeline,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="probe", cluster=~"$cluster"';
const here = `${all}, instance=~"$instance"`;
const day = 86400;
const expiry = `min by (instance) (probe_ssl_earliest_cert_expiry{${here}}) - time()`;
// A share of 24 hours: for a new page, failures during its start would be a large share of its own time.
const availability = `min by (instance) (1 - sum_over_time((1 - probe_success{${here}})[1d:1m]) / 1440)`;
const https = ['configured:https-probes'];
/** Results by Service or by address: whole URLs of Services are too long for the lanes of a timeline. */
export const resultsByPage = (matchers: string): string =>
  `min by (page) (label_replace(probe_success{${matchers}}, "page", "$1$2", "instance", "(?:https?://)?(?:(.+?)[.]svc:[0-9]+.*|(.+))"))`;

export default dashboard({
  title: 'Probes and certificates',
  description:
    'Availability and response time of probed pages, and when their certificates expire.',
  folder: 'Applications',
  needs: ['probe'],
  links: ['overview', 'stack-health', 'traces'],
  variables: [cluster, labelVariable('instance', `probe_success{${all}}`, { title: 'Page' })],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Successful probes',
          description: 'Share of the pages whose last probe succeeded. Bad: below 100 %.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 0.9 },
          queries: `avg(probe_success{${here}})`,
        }),
        stat({
          title: 'Failed probes',
          description: 'Pages whose last probe failed. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(probe_success{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Slowest probe',
          description: 'Duration of the slowest probe. Bad: close to its timeout.',
          unit: 's',
          thresholds: { warning: 1, critical: 5 },
          queries: `max(probe_duration_seconds{${here}})`,
        }),
        stat({
          title: 'Next certificate expiry',
          description: 'Time until the first certificate expires. Bad: below 14 days.',
          unit: 's',
          needs: https,
          thresholds: { warning: 14 * day, critical: 3 * day },
          queries: `min(${expiry})`,
        }),
      ],
    },
    {
      title: 'Pages',
      panels: [
        stateTimeline({
          title: 'Probe results',
          description:
            'Results over time by page, or by Service inside the cluster. Bad: any failure.',
          unit: 'short',
          width: 24,
          states: { 1: ['success', 'good'], 0: ['failure', 'critical'] },
          queries: { '{{page}}': resultsByPage(here) },
        }),
        table({
          title: 'Probed pages',
          description:
            'Result, HTTP status and duration of each page, and the share of the last 24 hours without failed probes. Bad: red values.',
          width: 24,
          labels: { instance: 'Page' },
          columns: {
            Result: {
              unit: 'short',
              states: { 1: ['success', 'good'], 0: ['failure', 'critical'] },
              query: `min by (instance) (probe_success{${here}})`,
            },
            'HTTP status': {
              unit: 'none',
              query: `max by (instance) (probe_http_status_code{${here}})`,
            },
            Duration: {
              unit: 's',
              thresholds: { warning: 1, critical: 5 },
              query: `max by (instance) (probe_duration_seconds{${here}})`,
            },
            'Availability (24 h)': {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.995, critical: 0.99 },
              query: availability,
            },
          },
          sortBy: 'Availability (24 h)',
          ascending: true,
        }),
      ],
    },
    {
      title: 'Durations and certificates',
      panels: [
        timeSeries({
          title: 'Probe duration by page',
          description: 'Time of the whole probe. Bad: growth.',
          unit: 's',
          queries: { '{{instance}}': `max by (instance) (probe_duration_seconds{${here}})` },
        }),
        timeSeries({
          title: 'Mean probe duration by phase',
          description:
            'Mean over the HTTP probes of the selected pages. Bad: a long connect or resolve phase, which means a slow network or DNS.',
          unit: 's',
          stacked: true,
          queries: { '{{phase}}': `avg by (phase) (probe_http_duration_seconds{${here}})` },
        }),
        table({
          title: 'Certificates',
          description: 'Time until the certificate of each page expires. Bad: below 14 days.',
          needs: https,
          labels: { instance: 'Page' },
          columns: {
            'Expires in': {
              unit: 's',
              thresholds: { warning: 14 * day, critical: 3 * day },
              query: expiry,
            },
          },
          sortBy: 'Expires in',
          ascending: true,
        }),
      ],
    },
  ],
});
