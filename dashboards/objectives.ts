import { cluster, count, dashboard, stat, table, timeSeries } from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const left = `slo:period_error_budget_remaining:ratio{${here}}`;
const object = 'namespace, service, slo';
const ofWorst = `and on (${object}) bottomk(20, min by (${object}) (${left}))`;

export default dashboard({
  title: 'Objectives',
  description: 'The objectives of all applications, those with the least error budget left first.',
  folder: 'Applications',
  needs: ['configured:objectives'],
  links: ['overview', 'traces'],
  period: '7d',
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Objectives',
          description: 'How many objectives the applications have.',
          ...count,
          queries: `count(slo:objective:ratio{${here}})`,
        }),
        stat({
          title: 'Missed objectives',
          description: 'Objectives whose error budget of the period is spent. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(${left} < 0) or vector(0)`,
        }),
        stat({
          title: 'Budgets that burn fast',
          description: 'Objectives whose critical alert fires. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `count(ALERTS{${here}, alertname="ErrorBudgetBurnsFast", alertstate="firing"}) or vector(0)`,
        }),
        stat({
          title: 'Objectives without events',
          description:
            'Objectives whose application had no events in the last 5 minutes: nothing is measured. Bad: more than usual.',
          ...count,
          queries: `count(slo:objective:ratio{${here}} unless slo:sli_error:ratio_rate5m{${here}}) or vector(0)`,
        }),
      ],
    },
    {
      title: 'Objectives',
      panels: [
        table({
          title: 'All objectives',
          description:
            'Target and period, what is left of the error budget, and how fast it is spent now and was in the last day. Bad: red values.',
          width: 24,
          labels: {
            namespace: 'Namespace',
            service: { title: 'Application', opens: 'error-budget' },
            slo: 'Objective',
          },
          columns: {
            Target: {
              unit: 'percentunit',
              query: `max by (${object}) (slo:objective:ratio{${here}})`,
            },
            Period: { unit: 'd', query: `max by (${object}) (slo:time_period:days{${here}})` },
            'Budget left': {
              unit: 'percentunit',
              decimals: 1,
              thresholds: { warning: 0.25, critical: 0 },
              query: `min by (${object}) (${left})`,
            },
            'Burn rate': {
              unit: 'suffix:×',
              decimals: 1,
              thresholds: { warning: 1, critical: 6 },
              query: `max by (${object}) (slo:current_burn_rate:ratio{${here}})`,
            },
            'Burn rate (1 d)': {
              unit: 'suffix:×',
              decimals: 1,
              thresholds: { warning: 1, critical: 3 },
              query: `max by (${object}) (slo:sli_error:ratio_rate1d{${here}} / slo:error_budget:ratio{${here}})`,
            },
          },
          sortBy: 'Budget left',
          ascending: true,
          empty: 'no application has an objective',
        }),
        timeSeries({
          title: 'Budget left',
          description:
            'The 20 objectives with the least error budget left. Bad: near zero; below zero, the objective is missed.',
          unit: 'percentunit',
          width: 24,
          min: null,
          max: 1,
          thresholds: { warning: 0.25, critical: 0 },
          opens: { dashboard: 'error-budget', by: ['service'] },
          queries: { '{{service}} {{slo}}': `${left} ${ofWorst}` },
        }),
      ],
    },
  ],
});
