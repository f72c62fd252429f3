import { firingAlerts } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/** Jobs whose metrics critical alerts use. Other such jobs have their own alert. */
const watched = 'job=~"alertmanager|cadvisor|kube-state-metrics|node-exporter"';

/** The targets of each job in the configuration, on the replica that finds the most. */
const targets =
  'max by (job) (label_replace(prometheus_target_scrape_pool_targets{job="prometheus"}, "job", "$1", "scrape_job", "(.+)"))';

export default alertGroup({
  adaptRanges: true,
  needs: ['prometheus'],
  dashboard: 'stack-health',
  thresholds: { downShare: 0.1 },
  rules: ({ downShare }) => ({
    alerts: [
      {
        alert: 'Watchdog',
        expr: 'vector(1)',
        severity: 'info',
        summary: 'Alerts are evaluated and delivered.',
        description:
          'This alert always fires. Its receiver must raise an alarm when notifications of it stop.',
      },
      {
        alert: 'TargetsDown',
        // Alerts about single targets give more details; this alert fires if none of them does.
        expr: `sum by (job) (up == bool 0) / count by (job) (up) >= ${downShare} unless on (job) ${firingAlerts('KubeletDown', 'NodeAgentDown')}`,
        for: '20m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'targets',
        summary: 'Targets of {{ $labels.job }} are down.',
        description:
          'Prometheus cannot scrape {{ $value | humanizePercentage }} of the targets of {{ $labels.job }}.',
      },
      {
        alert: 'JobDown',
        // A job whose targets have disappeared has no series `up`. The alert about it ends after an
        // hour, or when the job is removed from the configuration.
        expr: `(count by (job) (up{${watched}}) or (count by (job) (max_over_time(up{${watched}}[1h])) and on (job) ${targets} == 0)) unless on (job) count by (job) (up == 1)`,
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'All targets of {{ $labels.job }} are down.',
        description:
          'None of the {{ $value }} targets that {{ $labels.job }} had within the last hour is up. Alerts that use its metrics cannot fire.',
      },
      {
        alert: 'JobWithoutTargets',
        expr: `${targets} == 0`,
        for: '30m',
        severity: 'warning',
        subject: 'targets',
        summary: 'Prometheus finds no targets for {{ $labels.job }}.',
        description:
          'Scrape job {{ $labels.job }} has had no targets for 30 minutes: what it scrapes does not run, or has other labels.',
      },
    ],
  }),
});
