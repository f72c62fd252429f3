import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { suggest } from '../../model/suggestion.js';
import { storedBound } from '../../promql/bucket-bound.js';
import { seconds } from '../../promql/duration.js';
import { eventsOf } from './events.js';
import { libraries, spanBounds } from './indicator.js';
import { type Objective, objectiveName } from './objective.js';
import type { ObjectiveSubject } from './subject.js';
import { exact, periodFor, periods } from './window.js';

/** Kinds of fault in the objectives of an application, besides those of their schema. */
export const objectiveFaults = {
  'unknown-bucket': {
    what: 'The threshold of the objective is not a bound of the histogram.',
    why: 'A histogram counts only how many events are within the bounds of its buckets.',
    example: "objectives: [latency(99, '300ms', { buckets: [0.1, 0.25, 0.5] })]",
    fix: 'Use a bound of the histogram, or add a bucket to the application and list its bounds in buckets.',
  },
  'unknown-histogram': {
    what: 'The application does not declare the metric that the objective counts.',
    why: 'The objective would never have a value, and its alerts would never fire.',
    example:
      "metrics: { port: 9464, declares: { orders_seconds: { type: 'histogram' } } },\nobjectives: [latency(99, '250ms', { of: { histogram: 'order_seconds' } })]",
    fix: 'Use a metric that the application has, or declare this one.',
  },
  'period-too-long': {
    what: 'The period of the objective is longer than Prometheus keeps data.',
    why: 'The error budget would be that of a shorter time.',
    example:
      "prometheus: { retention: '15d' },\nobjectives: [availability(99.9, { period: '30d' })]",
    fix: 'Use a period that the retention contains, or set a longer retention.',
  },
  'duplicate-objective': {
    what: 'Another objective of the application has the same name.',
    why: 'Both would record the same series.',
    example: 'objectives: [availability(99.9), availability(99.95)]',
    fix: 'Set the option name of one of them.',
  },
} satisfies FaultKinds;

type Found = FoundFault<keyof typeof objectiveFaults>;

/** The faults of objectives, with paths below the list of objectives, such as `[1].threshold`. */
export const faultsInObjectives = (
  objectives: readonly Objective[],
  subject: ObjectiveSubject,
  retentionSeconds: number,
): Found[] => {
  const names = objectives.map(objectiveName);
  return objectives.flatMap((one, index) => [
    ...(names.indexOf(names[index]!) < index
      ? [
          {
            fault: 'duplicate-objective' as const,
            place: { path: `[${index}].name` },
            value: names[index],
          },
        ]
      : []),
    ...periodFaults(one, retentionSeconds, `[${index}].period`),
    ...metricFaults(one, subject, `[${index}].of`),
    ...bucketFaults(one, `[${index}].threshold`),
  ]);
};

const periodFaults = ({ period }: Objective, retention: number, path: string): Found[] => {
  const longest = periodFor(retention);
  if (period === undefined ? longest !== undefined : seconds(period)! <= retention) return [];
  const days = `${Math.floor(retention / 8640) / 10} days`;
  return [
    {
      fault: 'period-too-long',
      place: { path },
      ...(period && { value: period }),
      message: period
        ? `Prometheus keeps data for ${days}, which is less than the period of ${period}.`
        : `Prometheus keeps data for ${days}, which is less than the shortest period, ${periods.at(-1)}.`,
      remedy: longest
        ? `Use '${longest}', or set prometheus.retention to '${period}' or more.`
        : `Set prometheus.retention to '${period ?? periods.at(-1)}' or more.`,
    },
  ];
};

const metricFaults = (objective: Objective, subject: ObjectiveSubject, path: string): Found[] => {
  const { metrics } = subject;
  const { of } = objective;
  if (!metrics || of === 'spans' || of === 'probes') return [];
  const events = eventsOf(objective, subject);
  const counted = 'total' in events ? [events.total].flat() : [];
  const failed = 'errors' in events ? events.errors : [];
  const families = [...new Set([...counted, ...failed].map(({ metric }) => metric))].map((name) =>
    objective.kind === 'latency' ? name.replace(/_count$/, '') : name,
  );
  return families
    .filter((name) => !metrics.includes(name) && !metrics.includes(name.replace(/_count$/, '')))
    .map((name) => {
      const suggestion = suggest(name, metrics);
      return {
        fault: 'unknown-histogram',
        place: { path },
        value: name,
        message: `The application does not declare the metric ${name}.`,
        remedy: `Use a metric that it declares, such as ${metrics.slice(0, 5).join(', ')}; or declare this one.`,
        ...(suggestion && { suggestion }),
      };
    });
};

const bucketFaults = (objective: Objective, path: string): Found[] => {
  if (objective.kind !== 'latency') return [];
  const { of, buckets, threshold } = objective;
  const usual =
    typeof of === 'object' ? undefined : of === 'spans' ? spanBounds : libraries[of].bounds;
  const bounds: readonly number[] | undefined = buckets ?? usual;
  const wanted = exact(seconds(threshold)!);
  if (!bounds || bounds.includes(wanted)) return [];
  const list = bounds.map(durationText).join(', ');
  // An application can have other buckets than its library has by default; Jaeger of this stack has not.
  const isSure = buckets !== undefined || of === 'spans';
  const nearest = bounds.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0]!;
  return [
    {
      fault: 'unknown-bucket',
      place: { path },
      value: threshold,
      ...(!isSure && { severity: 'warning' as const }),
      message: isSure
        ? `The histogram has no bucket up to ${threshold}.`
        : `By default, the histogram of ${of} has no bucket up to ${threshold}.`,
      remedy: `Use one of ${list}${of === 'spans' ? '' : `; or add a bucket up to ${storedBound(`${wanted}`)} to the application, and list its bounds: { buckets: [${storedBound(`${wanted}`)}, …] }`}.`,
      suggestion: durationText(nearest),
    },
  ];
};

/** Seconds as a threshold: `'300ms'`, `'2.5s'` as `'2500ms'`. */
const durationText = (value: number): string =>
  `'${Number.isInteger(value) ? `${value}s` : `${exact(value * 1000)}ms`}'`;
