import { alertGroup } from '../../../src/content/alert-group.js';

export default alertGroup({
  needs: ['prometheus'],
  thresholds: { downShare: 0.1 },
  rules: ({ downShare }) => ({
    alerts: [
      {
        alert: 'Watchdog',
        expr: 'vector(1)',
        severity: 'info',
        summary: 'Alerts are delivered.',
        description: 'This alert always fires.',
      },
      {
        alert: 'TargetsDown',
        expr: `sum by (namespace, job) (up == bool 0) / count by (namespace, job) (up) >= ${downShare}`,
        for: '20m',
        severity: 'warning',
        subject: 'targets',
        summary: 'Targets of {{ $labels.job }} are down.',
        description:
          '{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} are down.',
      },
      {
        alert: 'JobDown',
        expr: 'sum by (namespace, job) (up) == 0',
        for: '10m',
        severity: 'critical',
        subject: 'targets',
        summary: 'All targets of {{ $labels.job }} are down.',
        description: 'No target of {{ $labels.job }} in {{ $labels.namespace }} is up.',
      },
    ],
  }),
});
