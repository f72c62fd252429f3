import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  needs: [],
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
        severity: 'warning',
        summary: 'Targets of {{ $labels.job }} are down.',
        description:
          '{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} do not answer.',
      },
    ],
  }),
});
