import {
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  timeSeries,
} from '../../../src/content/grafana.js';

const here = 'cluster=~"$cluster"';

export default dashboard({
  title: 'Overview',
  description: 'The start page.',
  folder: 'Sample',
  needs: ['prometheus'],
  links: ['nodes'],
  variables: [cluster, labelVariable('job', `up{${here}}`)],
  rows: [
    {
      title: 'Targets',
      panels: [
        stat({
          title: 'Targets down',
          description: 'Targets that Prometheus cannot scrape. Bad: any.',
          ...count,
          thresholds: { warning: 1, critical: 5 },
          queries: `count(up{${here}, job=~"$job"} == 0) or vector(0)`,
        }),
        stat({
          title: 'Request duration (95th percentile)',
          description: '95 % of the requests are faster. Bad: longer than users accept.',
          unit: 'ms',
          needs: ['span-metrics'],
          empty: 'no requests',
          queries: `histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_milliseconds_bucket{${here}}[$__rate_interval]))) > 0`,
        }),
        timeSeries({
          title: 'Failed evaluations',
          description: 'Evaluations of rules that fail. Bad: any.',
          unit: 'cps',
          queries: {
            '{{pod}}': `namespace_pod:prometheus_rule_evaluation_failures:rate5m{${here}}`,
          },
        }),
      ],
    },
  ],
});
