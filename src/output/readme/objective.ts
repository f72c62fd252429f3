import { defaultPeriod } from '../../applications/declared/objectives.js';
import { type Objective, objectiveName } from '../../content/objective/objective.js';
import { stackEventsOf } from '../../content/objective/stack-events.js';
import { declaredApplications } from '../../environment/applications.js';
import { sizingOf } from '../../environment/sizing.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { code, table } from './markdown.js';

/** The objectives of applications that the environment measures. */
export const objectives = ({ environment, jobs }: SynthesizedStack): string[] => {
  if (!environment.prometheus.enabled) return [];
  const usual = defaultPeriod(sizingOf(environment).prometheus);
  const rows = declaredApplications(environment).flatMap(({ name, objectives: all }) =>
    all
      .filter((one) => isMeasured(one, jobs))
      .map((one) => [
        name,
        objectiveName(one),
        targetOf(one),
        countedOf(one),
        one.period ?? usual,
        one.page ? 'critical and warning' : 'warning',
      ]),
  );
  if (rows.length === 0) return [];
  return [
    '### Objectives',
    'What share of the requests must be good. `ErrorBudgetBurnsFast` (critical) and `ErrorBudgetBurns` (warning) fire if the budget of failures of a period is spent too fast.',
    table(['application', 'objective', 'target', 'counts', 'period', 'alerts'], rows),
  ];
};

/** Whether the events of an objective are those of the application, or a component measures them. */
const isMeasured = ({ of }: Objective, jobs: readonly string[]): boolean => {
  const events = stackEventsOf(of);
  return !events || jobs.includes(events.job);
};

const targetOf = (one: Objective): string =>
  one.kind === 'latency' ? `${one.target} % within ${one.threshold}` : `${one.target} %`;

/** The events of an objective: a name of the option `of`, or its selectors. */
const countedOf = ({ of }: Objective): string => {
  if (typeof of === 'string') return of;
  if ('histogram' in of) return code(of.histogram);
  return [of.errors, of.total].map((one) => [one].flat().map(code).join(' + ')).join(' of ');
};
