import { cluster, dashboard, labelVariable, table, timeSeries } from '../src/content/grafana.js';
import { type BurnWindow, burnWindows } from '../src/content/objective/window.js';

const all = 'cluster=~"$cluster"';
const here = `${all}, service=~"$service"`;
const budget = `slo:error_budget:ratio{${here}}`;
const empty = 'no events in this time range';

/** The error ratio over a window, in multiples of the ratio that the objective allows. */
const burnRate = (window: string): string =>
  `slo:sli_error:ratio_rate${window}{${here}} / ${budget}`;

const names = { '5m': '5 minutes', '30m': '30 minutes', '1h': 'an hour', '2h': '2 hours' } as const;
const longNames = { ...names, '6h': '6 hours', '1d': 'a day', '3d': '3 days' } as const;

const burnPanel = ({ long, short, severity }: BurnWindow) =>
  timeSeries({
    title: `Burn rate over ${longNames[long]} and ${longNames[short]}`,
    description: `How many times faster than allowed the error budget is spent. Bad: both above the threshold, which is when the ${severity === 'critical' ? 'critical alert' : 'warning'} fires.`,
    unit: 'suffix:×',
    width: 12,
    empty,
    queries: {
      [`{{slo}} ${long}`]: burnRate(long),
      [`{{slo}} ${short}`]: burnRate(short),
      '{{slo}} threshold': `slo:alert_threshold:ratio{${here}, window="${long}"} / ignoring (window) ${budget}`,
    },
  });

export default dashboard({
  title: 'Error budget',
  description:
    'The objectives of an application: what is left of their error budgets, how fast they are spent, and what spends them.',
  folder: 'Applications',
  needs: ['configured:objectives'],
  links: ['objectives', 'traces', 'probes'],
  period: '7d',
  variables: [
    cluster,
    labelVariable('service', `slo:objective:ratio{${all}}`, { title: 'Application', single: true }),
  ],
  rows: [
    {
      title: 'Error budgets',
      panels: [
        table({
          title: 'Objectives',
          description:
            'The target of each objective, the good share of the events in its period, and what is left of its error budget. Bad: little or nothing left, or a budget that is spent faster than allowed.',
          width: 24,
          height: 6,
          labels: { slo: 'Objective' },
          columns: {
            Target: {
              unit: 'percentunit',
              query: `max by (slo) (slo:objective:ratio{${here}})`,
            },
            'Good events': {
              unit: 'percentunit',
              decimals: 3,
              query: `max by (slo) (1 - slo:period_burn_rate:ratio{${here}} * ${budget})`,
            },
            Period: {
              unit: 'd',
              query: `max by (slo) (slo:time_period:days{${here}})`,
            },
            'Budget left': {
              unit: 'percentunit',
              decimals: 1,
              thresholds: { warning: 0.25, critical: 0 },
              query: `min by (slo) (slo:period_error_budget_remaining:ratio{${here}})`,
            },
            'Burn rate': {
              unit: 'suffix:×',
              decimals: 1,
              thresholds: { warning: 1, critical: 6 },
              query: `max by (slo) (slo:current_burn_rate:ratio{${here}})`,
            },
          },
          sortBy: 'Budget left',
          ascending: true,
        }),
        timeSeries({
          title: 'Budget left',
          description:
            'Share of the error budget that is left, over the period that ends at each point. Bad: near zero; below zero, the objective is missed.',
          unit: 'percentunit',
          min: null,
          max: 1,
          thresholds: { warning: 0.25, critical: 0 },
          queries: { '{{slo}}': `slo:period_error_budget_remaining:ratio{${here}}` },
        }),
        timeSeries({
          title: 'Budget spent per day',
          description:
            'Share of the error budget of the period that the 24 hours before each point spent, for equal traffic on all days. Bad: more than an equal share of the period, which is 3.3 % for 30 days.',
          unit: 'percentunit',
          empty,
          queries: {
            '{{slo}}': `slo:sli_error:ratio_rate1d{${here}} / ${budget} / slo:time_period:days{${here}}`,
          },
        }),
      ],
    },
    { title: 'Burn rates', panels: burnWindows.map(burnPanel) },
    {
      title: 'Events',
      panels: [
        timeSeries({
          title: 'Good events',
          description:
            'Share of the events within 5 minutes that were good, and the target. Bad: below the target for long.',
          unit: 'percentunit',
          min: null,
          max: 1,
          empty,
          queries: {
            '{{slo}}': `1 - slo:sli_error:ratio_rate5m{${here}}`,
            '{{slo}} target': `slo:objective:ratio{${here}}`,
          },
        }),
        timeSeries({
          title: 'Bad events',
          description: 'Events per second that missed the objective. Bad: any lasting rate.',
          unit: 'cps',
          empty,
          queries: { '{{slo}}': `slo:sli_errors:rate5m{${here}}` },
        }),
        timeSeries({
          title: 'All events',
          description: 'Events per second that the objective counts. Bad: an unusual change.',
          unit: 'cps',
          empty,
          queries: { '{{slo}}': `slo:sli_total:rate5m{${here}}` },
        }),
      ],
    },
  ],
});
