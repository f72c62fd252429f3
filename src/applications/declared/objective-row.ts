import { type Row, table, timeSeries } from '../../content/grafana.js';
import type { Application } from './application.js';

/** What is left of the error budgets of an application; `opens` is whether the dashboard of one exists. */
export const objectiveRow = ({ name, namespace }: Application, opens: boolean): Row => {
  const here = `service="${name}", namespace="${namespace}", cluster=~"$cluster"`;
  const left = `min by (service, slo) (slo:period_error_budget_remaining:ratio{${here}})`;
  return {
    title: 'Objectives',
    needs: ['configured:objectives'],
    panels: [
      table({
        title: 'Error budgets',
        width: 12,
        description:
          'Target of each objective, and what is left of its error budget. Bad: red values.',
        labels: {
          service: opens ? { title: 'Application', opens: 'error-budget' } : 'Application',
          slo: 'Objective',
        },
        columns: {
          Target: {
            unit: 'percentunit',
            decimals: 2,
            query: `max by (service, slo) (slo:objective:ratio{${here}})`,
          },
          'Budget left': {
            unit: 'percentunit',
            decimals: 1,
            thresholds: { warning: 0.25, critical: 0 },
            query: left,
          },
        },
        sortBy: 'Budget left',
        ascending: true,
      }),
      timeSeries({
        title: 'Error budget left',
        width: 12,
        description: 'Bad: below zero: the objective is missed.',
        unit: 'percentunit',
        min: null,
        queries: { '{{slo}}': left },
      }),
    ],
  };
};
