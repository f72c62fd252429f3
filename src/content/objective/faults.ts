import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { plural } from '../../model/plural.js';
import { storedBound } from '../../promql/bucket-bound.js';
import { seconds } from '../../promql/duration.js';
import { libraries, spanBounds, unitInName } from './indicator.js';
import { metricFaults } from './metric-faults.js';
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
  'unknown-metric': {
    what: 'The application does not declare the metric that the objective counts.',
    why: 'The objective would never have a value, and its alerts would never fire.',
    example:
      "metrics: { port: 9464, declares: { orders_seconds: { type: 'histogram' } } },\nobjectives: [latency(99, '250ms', { of: { histogram: 'order_seconds' } })]",
    fix: 'Use a metric that the application has, or declare this one.',
  },
  'undeclared-metric': {
    what: 'Nothing declares a counter that the objective adds.',
    why: 'A counter without series counts as zero, so a misspelt name is never noticed: the objective would always be met.',
    example:
      "metrics: { port: 9464 },\nobjectives: [availability(99.9, { of: { errors: 'orders_failed_total', total: 'orders_total' } })]",
    fix: 'State the metrics of the application in the option metrics.declares.',
    severity: 'warning',
  },
  'other-type': {
    what: 'The application declares the metric that the objective counts with another type.',
    why: 'The objective would have no value, or one that counts no events.',
    example:
      "metrics: { port: 9464, declares: { orders_waiting: { type: 'gauge' }, orders_total: { type: 'counter' } } },\nobjectives: [availability(99.9, { of: { errors: 'orders_waiting', total: 'orders_total' } })]",
    fix: 'Count a counter or the durations of a histogram, or correct the type.',
  },
  'same-counters': {
    what: 'The failed events of the objective are all its events.',
    why: 'Each event would count as failed, so the alerts would fire whatever happens.',
    example:
      "metrics: { port: 9464 },\nobjectives: [availability(99.9, { of: { errors: 'orders_total', total: 'orders_total' } })]",
    fix: 'Select only the failed events in errors: by their own counter, or by a label.',
  },
  'histogram-suffix': {
    what: 'The name of the histogram ends with a suffix of its series.',
    why: 'The rules add _bucket and _count to the name, and no series would have the result.',
    example:
      "metrics: { port: 9464 },\nobjectives: [latency(99, '250ms', { of: { histogram: 'orders_seconds_bucket' } })]",
    fix: 'Use the name without _bucket, _count or _sum.',
  },
  'other-unit': {
    what: 'The name of the histogram states another unit than the option unit.',
    why: 'The threshold would be a thousand times too long or too short, or no bucket would have it.',
    example:
      "metrics: { port: 9464 },\nobjectives: [latency(99, '300ms', { of: { histogram: 'orders_duration_milliseconds', unit: 'seconds' } })]",
    fix: 'Remove the option unit: by default it is that of the name.',
    severity: 'warning',
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

/** A fault in an objective. */
export type ObjectiveFault = FoundFault<keyof typeof objectiveFaults>;

/** The faults of objectives, with paths below the list of objectives, such as `[1].threshold`. */
export const faultsInObjectives = (
  objectives: readonly Objective[],
  subject: ObjectiveSubject,
  retentionSeconds: number,
): ObjectiveFault[] => {
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
    // A retention that is shorter than every period is one cause.
    ...(index > 0 && periodFor(retentionSeconds) === undefined
      ? []
      : periodFaults(one, retentionSeconds, `[${index}].period`)),
    ...metricFaults(one, subject, `[${index}].of`),
    ...unitFaults(one, `[${index}].of.unit`),
    ...bucketFaults(one, `[${index}].threshold`),
  ]);
};

const periodFaults = ({ period }: Objective, retention: number, path: string): ObjectiveFault[] => {
  const longest = periodFor(retention);
  if (period === undefined ? longest !== undefined : seconds(period)! <= retention) return [];
  const days = plural(Math.floor(retention / 8640) / 10, 'day');
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

const unitFaults = (objective: Objective, path: string): ObjectiveFault[] => {
  if (objective.kind !== 'latency' || typeof objective.of !== 'object') return [];
  const { histogram, unit } = objective.of;
  const named = unitInName(histogram);
  if (!unit || !named || unit === named) return [];
  return [
    {
      fault: 'other-unit',
      place: { path },
      value: unit,
      message: `The name ${histogram} states ${named}, and the option unit ${unit}.`,
      suggestion: named,
    },
  ];
};

const bucketFaults = (objective: Objective, path: string): ObjectiveFault[] => {
  if (objective.kind !== 'latency') return [];
  const { of, buckets, threshold } = objective;
  const usual =
    typeof of === 'object' ? undefined : of === 'spans' ? spanBounds : libraries[of].bounds;
  const bounds: readonly number[] | undefined = buckets ?? usual;
  const wanted = exact(seconds(threshold)!);
  if (!bounds || bounds.includes(wanted)) return [];
  const list = bounds.map((one) => `'${durationText(one)}'`).join(', ');
  // An application can have other buckets than its library has by default; Jaeger of this stack has not.
  const isSure = buckets !== undefined || of === 'spans';
  const nearest = bounds.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0]!;
  if (buckets?.includes(exact(wanted * 1000))) {
    return [
      {
        fault: 'unknown-bucket',
        place: { path: path.replace('threshold', 'buckets') },
        value: bounds.join(', '),
        message: `The histogram has no bucket with the bound ${threshold}: the bounds in buckets are in seconds.`,
        remedy: `Write them in seconds: [${bounds.map((one) => exact(one / 1000)).join(', ')}].`,
      },
    ];
  }
  return [
    {
      fault: 'unknown-bucket',
      place: { path },
      value: threshold,
      ...(!isSure && { severity: 'warning' as const }),
      message: isSure
        ? `The histogram has no bucket with the bound ${threshold}.`
        : `By default, the histogram of ${of} has no bucket with the bound ${threshold}.`,
      remedy: `Use one of ${list}${of === 'spans' ? '' : `; or add a bucket with the bound ${storedBound(`${wanted}`)} to the application, and list its bounds: { buckets: [${storedBound(`${wanted}`)}, …] }`}.`,
      suggestion: durationText(nearest),
    },
  ];
};

/** Seconds as a threshold: `300ms`, 2.5 seconds as `2500ms`. */
const durationText = (value: number): string =>
  Number.isInteger(value) ? `${value}s` : `${exact(value * 1000)}ms`;
