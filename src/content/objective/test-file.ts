import { toYaml } from '../../model/yaml.js';
import { matches } from '../../promql/selector.js';
import { type Counter, type Events, eventsOf } from './events.js';
import { thresholds } from './group.js';
import { selectorIn } from './indicator.js';
import { type Objective, objectiveName } from './objective.js';
import type { ObjectiveSettings, ObjectiveSubject } from './subject.js';
import { budgetOf } from './window.js';

/** Names of the rule files that a test loads. */
export interface TestedFiles {
  /** Of the application, as `objectiveGroup` returns it. */
  readonly own: string;
  /** Of `alerts/objectives.ts`. @default 'objectives' */
  readonly shared?: string;
}

/**
 * The promtool tests of objectives: from the series of the application to the alerts. For each, its alerts
 * fire above each threshold and are silent below, without traffic, and at a single failure.
 */
export const objectiveTests = (
  subject: ObjectiveSubject,
  objectives: readonly Objective[],
  settings: ObjectiveSettings,
  { own, shared = 'objectives' }: TestedFiles,
): string =>
  toYaml({
    rule_files: [`${own}.yaml`, `${shared}.yaml`],
    evaluation_interval: '1m',
    group_eval_order: [own, shared],
    tests: objectives.flatMap((one) => testsOf(one, subject, settings)),
  });

interface Case {
  readonly title: string;
  /** All and failed events per minute. */
  readonly total: number;
  readonly errors: number;
  /** Minutes without failures before. @default 0 */
  readonly good?: number;
  /** The alerts that fire after 20 minutes. */
  readonly fires: readonly ('ErrorBudgetBurnsFast' | 'ErrorBudgetBurns')[];
}

const minutes = 20;

const testsOf = (
  objective: Objective,
  subject: ObjectiveSubject,
  settings: ObjectiveSettings,
): object[] => {
  const events = eventsOf(objective, subject);
  const name = objectiveName(objective);
  return casesOf(objective, settings, events.kind === 'gauge' ? pages : requests).map((one) => ({
    name: `${name} of ${subject.application}: ${one.title}`,
    interval: '1m',
    input_series: seriesOf(events, one),
    alert_rule_test: (['ErrorBudgetBurnsFast', 'ErrorBudgetBurns'] as const).map((alertname) => ({
      eval_time: `${minutes}m`,
      alertname,
      exp_alerts: one.fires.includes(alertname) ? [expected(alertname, one, subject, name)] : [],
    })),
  }));
};

/** Events per minute: enough to express any ratio. */
const requests = 1_000_000;
const pages = 100;

const casesOf = (
  { target, page, period, minimumErrors }: Objective,
  settings: ObjectiveSettings,
  total: number,
): Case[] => {
  const all = thresholds(budgetOf(target), period ?? settings.period, page);
  const firing = (ratio: number): Case['fires'] => [
    ...(all.some(([window, least]) => isPage(window) && ratio > least)
      ? ['ErrorBudgetBurnsFast' as const]
      : []),
    ...(all.some(([window, least]) => !isPage(window) && ratio > least)
      ? ['ErrorBudgetBurns' as const]
      : []),
  ];
  const at = (title: string, errors: number): Case => ({
    title,
    total,
    errors,
    fires: firing(errors / total),
  });
  const rates = all.flatMap(([window, least]) => [
    at(`above the threshold over ${window}`, Math.min(total, Math.ceil(least * total * 1.2))),
    at(`below the threshold over ${window}`, Math.floor(least * total * 0.8)),
  ]);
  const distinct = rates.filter(
    (one, index) => rates.findIndex(({ errors }) => errors === one.errors) === index,
  );
  return [
    ...distinct,
    at('all events are good', 0),
    { title: 'no traffic', total: 0, errors: 0, fires: [] },
    ...(minimumErrors > 1
      ? [
          {
            title: 'the first failure, with little traffic',
            total: 1,
            errors: 1,
            good: minutes - 1,
            fires: [],
          },
        ]
      : []),
  ];
};

const isPage = (window: string): boolean => window === '1h' || window === '6h';

const expected = (
  alertname: string,
  { total, errors }: Case,
  { application, namespace }: ObjectiveSubject,
  slo: string,
) => {
  const share = `${Number(((100 * errors) / total).toPrecision(4))}%`;
  const fast = alertname === 'ErrorBudgetBurnsFast';
  return {
    exp_labels: {
      namespace,
      service: application,
      slo,
      severity: fast ? 'critical' : 'warning',
      subject: `objective ${slo} of ${application}`,
    },
    exp_annotations: {
      summary: `${application} spends the error budget of ${slo} ${fast ? 'fast' : 'too fast'}.`,
      description: fast
        ? `${share} of the recent events of ${application} in ${namespace} miss the objective ${slo}. At this rate its error budget is spent within days or hours.`
        : `${share} of the events of ${application} in ${namespace} in the last day or three days miss the objective ${slo}. At this rate its error budget does not last for the period.`,
    },
  };
};

/** The series of the application with so many events. */
const seriesOf = (events: Events, { total, errors, good = 0 }: Case): object[] => {
  const counted = (counter: Counter, each: number, before = each) => ({
    series: exampleOf(counter),
    values: `0+${before}x${good} ${before * good + each}+${each}x${minutes - good}`,
  });
  switch (events.kind) {
    case 'gauge':
      return Array.from({ length: total }, (_, index) => ({
        series: exampleOf({
          ...events.gauge,
          matchers: [...events.gauge.matchers, `instance="http://page-${index}/"`],
        }),
        values: `${good > 0 ? `1x${good} ` : ''}${index < errors ? 0 : 1}x${minutes - good}`,
      }));
    case 'buckets':
      return [counted(events.total, total), counted(events.good, total - errors, total)];
    default: {
      const [first, second] = [events.errors[0]!, events.total[0]!];
      // The same counter has the failures and, with another status, the others.
      return first.metric === second.metric
        ? [counted(second, total - errors, total), counted(first, errors, 0)]
        : [counted(second, total), counted(first, errors, 0)];
    }
  }
};

/** A series that a selector selects. */
const exampleOf = ({ metric, matchers }: Counter): string => {
  const selector = selectorIn(`${metric}{${matchers.join(', ')}}`)!;
  const labels = selector.matchers.flatMap((one) => {
    const candidates = [
      '',
      one.value,
      ...one.value.split('|').map((part) =>
        part
          .replace(/^\^|\$$/g, '')
          .replace(/\(.*\)\?/g, '')
          .replaceAll('.', '0'),
      ),
      'x',
    ];
    const value = candidates.find((text) => matches(one, text));
    return value ? [`${one.label}=${JSON.stringify(value)}`] : [];
  });
  return `${metric}{${labels.join(', ')}}`;
};
