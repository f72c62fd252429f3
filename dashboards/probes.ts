import {
  cluster,
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

export default dashboard({
  title: 'Probes and certificates',
  description: 'Whether pages answer over the network, how fast, and when certificates expire.',
  folder: 'Applications',
  needs: ['probe'],
  links: ['overview', 'stack-health', 'traces'],
  variables: [cluster, labelVariable('instance', `probe_success{${all}}`, { title: 'Page' })],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Pages that answer',
          description: 'Share of all probes that succeed. Bad: below 100 %.',
          unit: 'percentunit',
          thresholds: { warning: 1, critical: 0.9 },
          queries: `avg(probe_success{${here}})`,
        }),
        stat({
          title: 'Failing',
          description: 'Pages that do not answer as they should. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: `count(probe_success{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Slowest probe',
          description: 'Time of the slowest. Bad: close to its timeout.',
          unit: 's',
          thresholds: { warning: 1, critical: 5 },
          queries: `max(probe_duration_seconds{${here}})`,
        }),
        stat({
          title: 'Next certificate to expire',
          description: 'Time that it has left; none where no page has TLS. Bad: below two weeks.',
          unit: 's',
          thresholds: { warning: 14 * day, critical: 3 * day },
          queries: `min(${expiry})`,
        }),
      ],
    },
    {
      title: 'Pages',
      panels: [
        stateTimeline({
          title: 'Answers',
          description: 'Each page over time. Bad: a lane that is not green.',
          unit: 'short',
          width: 24,
          states: { 1: ['answers', 'good'], 0: ['fails', 'critical'] },
          queries: { '{{instance}}': `min by (instance) (probe_success{${here}})` },
        }),
        table({
          title: 'Pages',
          description: 'State, code and time of each. Bad: red.',
          width: 24,
          labels: { instance: 'Page' },
          columns: {
            State: {
              unit: 'short',
              states: { 1: ['answers', 'good'], 0: ['fails', 'critical'] },
              query: `min by (instance) (probe_success{${here}})`,
            },
            Code: {
              unit: 'none',
              query: `max by (instance) (probe_http_status_code{${here}})`,
            },
            Duration: {
              unit: 's',
              thresholds: { warning: 1, critical: 5 },
              query: `max by (instance) (probe_duration_seconds{${here}})`,
            },
            'In the last day': {
              unit: 'percentunit',
              decimals: 2,
              thresholds: { warning: 0.999, critical: 0.99 },
              query: `avg by (instance) (avg_over_time(probe_success{${here}}[1d]))`,
            },
          },
          sortBy: 'Duration',
        }),
      ],
    },
    {
      title: 'Time and certificates',
      panels: [
        timeSeries({
          title: 'Duration',
          description: 'Of each probe. Bad: a growing line.',
          unit: 's',
          queries: { '{{instance}}': `max by (instance) (probe_duration_seconds{${here}})` },
        }),
        timeSeries({
          title: 'Where the time goes',
          description: 'Mean of all pages by phase. Bad: much in connect or resolve: the network.',
          unit: 's',
          stacked: true,
          queries: { '{{phase}}': `avg by (phase) (probe_http_duration_seconds{${here}})` },
        }),
        table({
          title: 'Certificates',
          description: 'Time that each has left. Bad: below two weeks.',
          labels: { instance: 'Page' },
          columns: {
            'Expires in': {
              unit: 's',
              thresholds: { warning: 14 * day, critical: 3 * day },
              query: expiry,
            },
          },
        }),
      ],
    },
  ],
});
