import { alertGroup } from '../src/content/alert-group.js';

/** Jobs over which critical alerts are written, and that no group about themselves watches. */
const watching = 'alertmanager|cadvisor|kube-state-metrics|node-exporter';

export default alertGroup({
  needs: ['prometheus'],
  dashboard: 'stack-health',
  thresholds: { downShare: 0.1 },
  rules: ({ downShare }) => ({
    alerts: [
      {
        alert: 'Watchdog',
        expr: 'vector(1)',
        severity: 'info',
        summary: 'The alerting path works.',
        description:
          'This alert always fires. Whoever receives it should raise an alarm when it stops coming.',
      },
      {
        alert: 'TargetsDown',
        expr: `sum by (job) (up == bool 0) / count by (job) (up) > ${downShare}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'targets',
        summary: 'Targets of {{ $labels.job }} are down.',
        description:
          '{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} do not answer.',
      },
      {
        alert: 'JobDown',
        expr: `count by (job) (up{job=~"${watching}"}) unless count by (job) (up == 1)`,
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Nothing of {{ $labels.job }} answers.',
        description:
          'None of the {{ $value }} targets of {{ $labels.job }} answers: alerts over what it tells are silent.',
      },
      {
        alert: 'JobWithoutTargets',
        // Both replicas find the same targets: one that finds some knows better. It is about the
        // job that is scraped, as the critical alert is that silences it.
        expr: 'max by (job) (label_replace(prometheus_target_scrape_pool_targets{job="prometheus"}, "job", "$1", "scrape_job", "(.+)")) == 0',
        for: '30m',
        severity: 'warning',
        subject: 'targets',
        summary: 'Prometheus finds no targets for {{ $labels.job }}.',
        description:
          'The scrape job {{ $labels.job }} has had {{ $value }} targets for half an hour: what it should watch is not there, or bears other labels.',
      },
    ],
  }),
});
