import { plural } from '../../model/plural.js';
import { storedBound } from '../../promql/bucket-bound.js';
import { seconds } from '../../promql/duration.js';
import { eventsOf, jobIn } from './events.js';
import type { ObjectiveFault } from './fault-kinds.js';
import { isInMilliseconds, libraries, spanBounds, unitInName } from './indicator.js';
import { metricFaults } from './metric-faults.js';
import { type Objective, objectiveName } from './objective.js';
import type { ObjectiveSubject } from './subject.js';
import { exact, periodFor, periods } from './window.js';

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
    ...bucketFaults(one, subject, `[${index}].threshold`),
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

const bucketFaults = (
  objective: Objective,
  subject: ObjectiveSubject,
  path: string,
): ObjectiveFault[] => {
  if (objective.kind !== 'latency') return [];
  const { of, buckets, threshold } = objective;
  const ofJob = typeof of === 'object' ? boundsOfJob(objective, subject) : undefined;
  const usual: readonly number[] | undefined =
    typeof of === 'object' ? ofJob : of === 'spans' ? spanBounds : libraries[of].bounds;
  const bounds = buckets ?? usual;
  const wanted = exact(seconds(threshold)!);
  if (!bounds || bounds.includes(wanted)) return [];
  if (bounds.length === 0) {
    return [
      {
        fault: 'unknown-bucket',
        place: { path },
        value: threshold,
        severity: 'warning',
        message: `By default, the histogram of ${of} has no buckets.`,
        remedy: `Let the application publish one with the bound ${threshold}, in Spring Boot with management.metrics.distribution.slo.http.server.requests=${threshold}, and list it: { buckets: [${storedBound(`${wanted}`)}] }.`,
      },
    ];
  }
  const list = bounds.map((one) => `'${durationText(one)}'`).join(', ');
  if (buckets?.includes(exact(wanted * 1000)) && buckets.every((one) => one >= 1)) {
    const unknownUnit =
      typeof of === 'object' && of.unit === undefined && unitInName(of.histogram) === undefined;
    return [
      {
        fault: 'unknown-bucket',
        place: { path: path.replace('threshold', 'buckets') },
        value: bounds.join(', '),
        message: `The histogram has no bucket with the bound ${threshold}: the bounds in buckets are in seconds.`,
        remedy: `Write them in seconds: [${bounds.map((one) => exact(one / 1000)).join(', ')}]${unknownUnit ? "; if the histogram itself is in milliseconds, which its name does not state, also set unit: 'milliseconds' beside its name" : ''}.`,
      },
    ];
  }
  // An application can have other buckets than its library has by default; those of the stack have not.
  const isSure = buckets !== undefined || ofJob !== undefined || of === 'spans';
  const other = otherUnit(wanted, bounds);
  const nearest =
    other ?? bounds.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0]!;
  const isFixed = ofJob !== undefined || of === 'spans';
  return [
    {
      fault: 'unknown-bucket',
      place: { path },
      value: threshold,
      ...(!isSure && { severity: 'warning' as const }),
      message: `${isSure ? 'The histogram' : `By default, the histogram of ${of}`} has no bucket with the bound ${threshold}${other === undefined ? '' : `, but one with ${durationText(other)}: the unit is probably another one`}.`,
      remedy: `Use one of ${list}${isFixed ? '' : `; or add a bucket with the bound ${storedBound(`${wanted}`)} to the application, and list its bounds: { buckets: [${storedBound(`${wanted}`)}, …] }`}.`,
      suggestion: durationText(nearest),
    },
  ];
};

/** The bounds in seconds of a histogram of another job, if they are known. */
const boundsOfJob = (
  objective: Extract<Objective, { kind: 'latency' }>,
  subject: ObjectiveSubject,
): readonly number[] | undefined => {
  const events = eventsOf(objective, subject);
  if (events.kind !== 'buckets') return undefined;
  const job = jobIn(events.total);
  const bounds =
    job === undefined || job === subject.job
      ? undefined
      : subject.boundsOf?.(job, events.total.metric.replace(/_count$/, ''));
  return bounds?.map((one) => exact(isInMilliseconds(objective.of) ? one / 1000 : one));
};

/** The bound with the same number as a threshold that none of the bounds is, in the other unit. */
const otherUnit = (wanted: number, bounds: readonly number[]): number | undefined =>
  bounds.find((one) => one === exact(wanted / 1000) || one === exact(wanted * 1000));

/** Seconds as a threshold: `300ms`, 2.5 seconds as `2500ms`. */
const durationText = (value: number): string =>
  Number.isInteger(value) ? `${value}s` : `${exact(value * 1000)}ms`;
