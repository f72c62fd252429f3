import {
  alertTable,
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  stateTimeline,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'cluster=~"$cluster", alertname!="Watchdog"';
const here = `${all}, alertname=~"$alertname"`;
const firing = (more = '') => `ALERTS{${here}, alertstate="firing"${more}}`;
/** Finds alerts that fired for less time than the interval between two points of a panel. */
const fired = (more = '') => `max_over_time(${firing(more)}[$__rate_interval])`;

/**
 * Whether the Watchdog fires: 1 or 0, or 2 while Prometheus starts: it has no samples from two minutes
 * ago then, but evaluates the alert within a scrape interval. Samples older than five minutes are from
 * before an outage.
 */
export const watchdog = (matchers: string): string =>
  `max(ALERTS{${matchers}, alertname="Watchdog", alertstate="firing"}) or 0 * count(present_over_time(up{${matchers}}[3m] offset 2m)) or vector(2)`;
export const starting = ['Prometheus is starting', 'neutral'] as const;

export default dashboard({
  title: 'Alert history',
  description:
    'When each alert fired, and for how long: shows alerts that fire too often or that nobody resolves.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['overview', 'alertmanager', 'stack-health'],
  period: '7d',
  variables: [cluster, labelVariable('alertname', `ALERTS{${all}}`, { title: 'Alert' })],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Firing critical alerts',
          description: 'Firing alerts with severity critical. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${firing(', severity="critical"')}) or vector(0)`,
        }),
        stat({
          title: 'Firing warnings',
          description: 'Firing alerts with severity warning. Bad: many, or old ones.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          queries: `count(${firing(', severity="warning"')}) or vector(0)`,
        }),
        stat({
          title: 'Pending alerts',
          description: 'Alerts whose condition is true, but not yet for the required time.',
          ...count,
          queries: `count(ALERTS{${here}, alertstate="pending"}) or vector(0)`,
        }),
        stat({
          title: 'Watchdog alert',
          description:
            'The alert that always fires. Bad: not firing: Prometheus does not evaluate alerts.',
          unit: 'short',
          needs: ['configured:watchdog'],
          states: { 1: ['firing', 'good'], 2: starting, 0: ['not firing', 'critical'] },
          queries: watchdog('cluster=~"$cluster"'),
        }),
      ],
    },
    {
      title: 'History',
      panels: [
        stateTimeline({
          title: 'Firing alerts over time',
          description:
            'The highest severity of each alert name, with alerts that fired for seconds. Bad: an alert that always fires or often changes.',
          unit: 'short',
          height: 12,
          empty: 'no alert',
          states: {
            3: ['critical', 'critical'],
            2: ['warning', 'warning'],
            1: ['info', 'neutral'],
          },
          queries: {
            '{{alertname}}': `max by (alertname) (3 * ${fired(', severity="critical"')} or 2 * ${fired(', severity="warning"')} or ${fired(', severity!~"critical|warning"')})`,
          },
        }),
      ],
    },
    {
      title: 'Frequency',
      panels: [
        timeSeries({
          title: 'Critical alerts',
          width: 12,
          description: 'With alerts that fired for seconds. Bad: any.',
          unit: 'short',
          softMax: 10,
          height: 10,
          queries: `count(${fired(', severity="critical"')}) or vector(0)`,
        }),
        timeSeries({
          title: 'Warnings',
          width: 12,
          description: 'With alerts that fired for seconds. Bad: a constant number.',
          unit: 'short',
          softMax: 10,
          height: 10,
          queries: `count(${fired(', severity="warning"')}) or vector(0)`,
        }),
        table({
          title: 'Share of the last 7 days with a firing alert',
          width: 24,
          description:
            'The ten alerts that fire for most of the time. Bad: near 100 %: resolve the cause, or disable the alert.',
          height: 10,
          labels: { alertname: { title: 'Alert', opens: 'alert-history' } },
          empty: 'no alert fired for more than 5 minutes',
          columns: {
            'Share of the time': {
              unit: 'percentunit',
              decimals: 1,
              query: `topk(10, sum by (alertname) (count_over_time((max by (alertname) (${firing()}))[7d:5m])) / 2016)`,
            },
          },
        }),
      ],
    },
    {
      title: 'Current alerts',
      panels: [
        alertTable({
          title: 'Firing alerts',
          description: 'Critical alerts first, then the newest. Bad: old critical alerts.',
          width: 24,
          matchers: 'alertname=~"$alertname"',
        }),
      ],
    },
  ],
});
