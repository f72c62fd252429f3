import {
  barGauge,
  cluster,
  dashboard,
  labelVariable,
  stat,
  stateTimeline,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'cluster=~"$cluster", alertname!="Watchdog"';
const here = `${all}, alertname=~"$alertname"`;
const firing = `ALERTS{${here}, alertstate="firing"}`;

export default dashboard({
  title: 'Alert history',
  description: 'Which alerts fired when and for how long: to find those that nobody acts upon.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['overview', 'alertmanager', 'stack-health'],
  period: '7d',
  variables: [cluster, labelVariable('alertname', `ALERTS{${all}}`, { title: 'Alert' })],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Firing',
          description: 'Alerts that fire. Bad: any that is critical.',
          unit: 'short',
          thresholds: { warning: 1, critical: 10 },
          queries: `count(${firing}) or vector(0)`,
        }),
        stat({
          title: 'Pending',
          description: 'Alerts whose condition holds, but not for long enough yet.',
          unit: 'short',
          queries: `count(ALERTS{${here}, alertstate="pending"}) or vector(0)`,
        }),
        stat({
          title: 'The watchdog',
          description: 'The alert that always fires. Bad: silent: nobody is told of anything.',
          unit: 'short',
          states: { 1: ['fires', 'good'], 0: ['silent', 'critical'] },
          queries:
            'max(ALERTS{cluster=~"$cluster", alertname="Watchdog", alertstate="firing"}) or vector(0)',
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        stateTimeline({
          title: 'When each alert fired',
          description: 'A lane an alert. Bad: a lane that is never clear, or flickers.',
          unit: 'short',
          height: 12,
          states: { 1: ['firing', 'critical'] },
          queries: { '{{alertname}}': `max by (alertname) (${firing})` },
        }),
      ],
    },
    {
      title: 'Which are worth their noise',
      panels: [
        timeSeries({
          title: 'Firing by severity',
          description: 'How many at a time. Bad: a floor of warnings that nobody mends.',
          unit: 'short',
          stacked: true,
          queries: { '{{severity}}': `count by (severity) (${firing})` },
        }),
        barGauge({
          title: 'Share of a week',
          description: 'In which each alert fired. Bad: near 100 %: mend it, or switch it off.',
          unit: 'percentunit',
          max: 1,
          queries: {
            '{{alertname}}': `topk(10, sum by (alertname) (count_over_time((max by (alertname) (${firing}))[7d:5m])) / 2016)`,
          },
        }),
        table({
          title: 'Firing now',
          description: 'Where, and since when. Bad: critical for more than an hour.',
          labels: {
            alertname: 'Alert',
            severity: 'Severity',
            namespace: 'Namespace',
            instance: 'Instance',
          },
          columns: {
            Since: {
              unit: 's',
              query: `time() - max by (alertname, severity, namespace, instance) (ALERTS_FOR_STATE{${here}} and ignoring (alertstate) ${firing})`,
            },
          },
        }),
      ],
    },
  ],
});
