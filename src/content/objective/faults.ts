import { plural } from '../../model/plural.js';
import { storedBound } from '../../promql/bucket-bound.js';
import { seconds } from '../../promql/duration.js';
import type { ObjectiveFault } from './fault-kinds.js';
import { libraries, spanBounds, unitInName } from './indicator.js';
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
  const usual: readonly number[] | undefined =
    typeof of === 'object' ? undefined : of === 'spans' ? spanBounds : libraries[of].bounds;
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
