import { type AlertGroup, alertGroup, type RecordingRule } from '../alert-group.js';
import { type CountedEvents, type Counter, type Events, eventsOf, selectorOf } from './events.js';
import { type Objective, objectiveName } from './objective.js';
import { stackEventsOf } from './stack-events.js';
import type { ObjectiveSettings, ObjectiveSubject } from './subject.js';
import { budgetOf, burnRate, burnWindows, daysOf, exact, type Period } from './window.js';

/**
 * The rules that measure the objectives of an application: for each, its failed and all events per second,
 * its target, and its error ratio over the period. `alerts/objectives.ts` has the rules that all objectives
 * share: the error ratios over other windows, burn rates, and alerts.
 */
export const objectiveGroup = (
  subject: ObjectiveSubject,
  objectives: readonly Objective[],
  settings: ObjectiveSettings,
): AlertGroup =>
  alertGroup({
    needs: [],
    // The shared rules count one sample per minute.
    interval: '1m',
    rules: () => ({
      recordings: objectives.flatMap((one) => recordings(one, subject, settings)),
      alerts: [],
    }),
  });

const recordings = (
  objective: Objective,
  subject: ObjectiveSubject,
  { period: usual, scrapeSeconds = 30 }: ObjectiveSettings,
): RecordingRule[] => {
  const { target, page, minimumErrors, period = usual } = objective;
  const needed = stackEventsOf(objective.of)?.job;
  const labels = {
    namespace: subject.namespace,
    service: subject.application,
    slo: objectiveName(objective),
  };
  const own = Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');
  const total = `slo:sli_total:rate5m{${own}}`;
  const budget = budgetOf(target);
  const ratio = `slo:sli_error:ratio_rate${period}`;
  const events = eventsOf(objective, subject);
  const range = `${Math.max(5, Math.ceil((4 * scrapeSeconds) / 60))}m`;
  const constant = (record: string, value: number): RecordingRule => ({
    record,
    expr: `vector(${value})`,
  });
  const over = (record: string): string => `sum_over_time(${record}{${own}}[${period}])`;
  return [
    { record: 'slo:sli_total:rate5m', expr: totalOf(events, range) },
    { record: 'slo:sli_errors:rate5m', expr: errorsOf(events, range, total) },
    constant('slo:objective:ratio', exact(target / 100)),
    constant('slo:error_budget:ratio', budget),
    constant('slo:time_period:days', daysOf(period)),
    constant('slo:minimum_errors:count', minimumErrors),
    ...thresholds(budget, period, page).map(([window, value]) => ({
      ...constant('slo:alert_threshold:ratio', value),
      labels: { window },
    })),
    // Weighted by traffic: an average of ratios would give a night as much weight as a day.
    {
      record: ratio,
      expr: `${over('slo:sli_errors:rate5m')} / (${over('slo:sli_total:rate5m')} > 0)`,
    },
    {
      record: 'slo:period_burn_rate:ratio',
      expr: `${ratio}{${own}} / slo:error_budget:ratio{${own}}`,
    },
  ].map((one) => ({
    ...one,
    labels: { ...labels, ...('labels' in one ? one.labels : {}) },
    ...(needed && { needs: [needed] }),
  }));
};

/** The error ratios above which the alerts fire; one that no ratio can exceed is left out. */
export const thresholds = (
  budget: number,
  period: Period,
  page: boolean,
): readonly (readonly [window: string, ratio: number])[] =>
  burnWindows
    .filter(({ severity }) => page || severity === 'warning')
    .map((one) => [one.long, exact(burnRate(one, period) * budget)] as const)
    .filter(([, ratio]) => ratio < 1);

const totalOf = (events: Events, range: string): string =>
  events.kind === 'gauge'
    ? `sum(count_over_time(${selectorOf(events.gauge)}[5m])) / 300`
    : sumOf([events.total].flat(), events, range);

const errorsOf = (events: Events, range: string, total: string): string => {
  switch (events.kind) {
    case 'gauge': {
      const gauge = `${selectorOf(events.gauge)}[5m]`;
      return `sum(count_over_time(${gauge}) - sum_over_time(${gauge})) / 300`;
    }
    // Without a bucket of this bound there is no value: nobody knows how many events are slow.
    case 'buckets':
      return `clamp_min(${total} - on () ${sumOf([events.good], events, range)}, 0)`;
    // A counter of failures can have no series before the first failure.
    default:
      return `${sumOf(events.errors, events, range)} or 0 * sum(${total})${knownBy(events, range)}`;
  }
};

/** Limits a value to the times at which the events have a status. */
const knownBy = ({ withStatus }: { readonly withStatus?: Counter }, range: string): string =>
  withStatus ? ` and on () last_over_time(${selectorOf(withStatus)}[${range}])` : '';

/** Events per second of several counters; one that does not exist yet counts as zero if there are others. */
const sumOf = (counters: readonly Counter[], events: CountedEvents, range: string): string => {
  const sums = counters.map((one) => `sum(${rateOf(selectorOf(one), events, range)})`);
  return sums.length === 1 ? sums[0]! : sums.map((one) => `(${one} or vector(0))`).join(' + ');
};

/**
 * Events per second of each series of a counter. Some series start at their first event, which `rate` does
 * not count. The value of a series that did not exist five minutes ago is what it has counted since then, if its
 * target is the same with the same labels: other series of it stay, or it had none although it was scraped. So a
 * counter that gets another label, or that was away for a while, is not counted again from its start.
 */
const rateOf = (
  counter: string,
  { total, targets, lasting }: CountedEvents,
  range: string,
): string => {
  const all = [total].flat().map(selectorOf);
  const before = all.map((one) => `${one} offset 5m`).join(' or ');
  const known = [
    ...all.map((one) => `${one} and ${one} offset 5m`),
    ...(lasting ? [] : [`up{${targets}} offset 5m == 1 unless on (instance) (${before})`]),
  ].join(' or ');
  const started = `${counter} unless ${counter} offset 5m and on (instance) (${known}) unless on (instance) (up{${targets}} unless up{${targets}} offset 5m)`;
  return `(${started}) / 300 or rate(${counter}[${range}])`;
};
