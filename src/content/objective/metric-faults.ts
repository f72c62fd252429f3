import { ownValue } from '../../model/own-value.js';
import { suggest } from '../../model/suggestion.js';
import { type Counter, type Events, eventsOf, jobIn, selectorOf } from './events.js';
import type { ObjectiveFault } from './fault-kinds.js';
import { selectorIn } from './indicator.js';
import type { Objective } from './objective.js';
import type { ObjectiveSubject } from './subject.js';

/** Faults of the metrics that an objective counts; `path` is that of its option `of`. */
export const metricFaults = (
  objective: Objective,
  subject: ObjectiveSubject,
  path: string,
): ObjectiveFault[] => {
  const { metrics } = subject;
  const { of } = objective;
  if (of === 'spans' || of === 'probes') return [];
  const suffixed = suffixFaults(objective, subject, path);
  if (suffixed.length > 0) return suffixed;
  const events = eventsOf(objective, subject);
  // Metrics of other jobs are those of somebody else.
  const own = (counters: readonly Counter[]): string[] => [
    ...new Set(
      counters
        .filter(({ matchers }) => matchers.includes(`job="${subject.job}"`))
        .map(({ metric }) => metric),
    ),
  ];
  const counted = own('total' in events ? [events.total].flat() : []);
  const failed = own('errors' in events ? events.errors : []);
  const same =
    events.kind === 'counters' && textOf(events.errors) === textOf(events.total)
      ? [{ fault: 'same-counters' as const, place: { path }, value: statedErrors(of) }]
      : [];
  const ofJobs = jobFaults(objective, events, subject, path);
  if (ofJobs.length > 0) return ofJobs;
  if (!metrics) {
    const alone = typeof of === 'object' && same.length === 0;
    return [...same, ...(alone ? undeclaredFaults(counted, failed, path) : [])];
  }
  const names = [...new Set([...counted, ...failed])];
  return [
    ...same,
    ...names.flatMap((name) => declaredFaults(wantedOf(objective, name), metrics, path)),
  ];
};

/** A metric that an objective counts: a counter, or the histogram of a series. */
interface Wanted {
  readonly name: string;
  readonly type: 'counter' | 'histogram';
}

const wantedOf = ({ kind }: Objective, series: string): Wanted =>
  kind === 'latency'
    ? { name: series.replace(/_count$/, ''), type: 'histogram' }
    : { name: series, type: 'counter' };

/** Metrics of another scrape job that it does not have, or that count no events. */
const jobFaults = (
  objective: Objective,
  events: Events,
  { job: own, metricsOf }: ObjectiveSubject,
  path: string,
): ObjectiveFault[] => {
  if (events.kind === 'gauge') return [];
  const counters = [events.total, 'errors' in events ? events.errors : []].flat();
  const found = counters.flatMap((counter): ObjectiveFault[] => {
    const job = jobIn(counter);
    const metrics = job === undefined || job === own ? undefined : metricsOf?.(job);
    if (!metrics) return [];
    const wanted = wantedOf(objective, counter.metric);
    const type = typeIn(metrics, wanted);
    if (type === wanted.type || type === 'unknown') return [];
    const fitting = Object.keys(metrics).filter((name) => metrics[name]?.type === wanted.type);
    return [
      {
        fault: type === undefined ? 'unknown-metric' : 'other-type',
        place: { path },
        value: wanted.name,
        message:
          type === undefined
            ? `The job '${job}' has no metric ${wanted.name}.`
            : `${wanted.name} of the job '${job}' is a ${type}, and the objective counts a ${wanted.type}.`,
        remedy: /^probe(-|$)/.test(job!)
          ? "Use availability(…, { of: 'probes' }), which counts failed probes: how long they take is no histogram, and the alert ProbeSlow is about it."
          : fitting.length > 0
            ? `Use a ${wanted.type} of this job, such as ${closest(wanted.name, fitting).join(', ')}.`
            : `Count events of another job: this one has no ${wanted.type}.`,
      },
    ];
  });
  // Both counters of one cause are one finding.
  return found.filter(
    ({ remedy }, index) => found.findIndex((other) => other.remedy === remedy) === index,
  );
};

/** The type of a metric; of a series of a histogram or a summary, that of a counter. */
const typeIn = (
  metrics: NonNullable<ObjectiveSubject['metrics']>,
  { name, type: wanted }: Wanted,
): string | undefined => {
  const type = ownValue(metrics, name)?.type;
  if (type !== undefined || wanted === 'histogram') return type;
  const family = ownValue(metrics, name.replace(/_(bucket|count|sum)$/, ''))?.type;
  return family === 'histogram' || family === 'summary' ? 'counter' : undefined;
};

/** At most three names, the most similar one first. */
const closest = (name: string, names: readonly string[]): string[] => {
  const first = suggest(name, names);
  return [...new Set([...(first ? [first] : []), ...names])].slice(0, 3);
};

/** A selector of a histogram with the suffix of one of its series; a histogram can have such a name. */
const suffixFaults = (
  { of }: Objective,
  { metrics = {} }: ObjectiveSubject,
  path: string,
): ObjectiveFault[] => {
  if (typeof of !== 'object' || !('histogram' in of)) return [];
  const { metric = '' } = selectorIn(of.histogram)!;
  const [suffix] = /_(bucket|count|sum)$/.exec(metric) ?? [];
  if (!suffix || Object.hasOwn(metrics, metric)) return [];
  const name = metric.slice(0, -suffix.length);
  return [
    {
      fault: 'histogram-suffix',
      place: { path: `${path}.histogram` },
      value: of.histogram,
      message: `${metric} is a series of the histogram ${name}: the rules would count ${metric}_bucket.`,
      remedy: `Use the name without ${suffix}: '${of.histogram.replace(metric, name)}'.`,
    },
  ];
};

const statedErrors = (of: Objective['of']): string =>
  typeof of === 'object' && 'errors' in of ? [of.errors].flat().join(', ') : '';

/** The series that counters select, whatever the order of these and of their matchers. */
const textOf = (counters: readonly Counter[]): string =>
  [
    ...new Set(
      counters.map(({ metric, matchers }) => selectorOf({ metric, matchers: matchers.toSorted() })),
    ),
  ]
    .toSorted()
    .join(', ');

/** A series of the application that it does not declare, or with a type that counts no events. */
const declaredFaults = (
  { name, type: wanted }: Wanted,
  metrics: NonNullable<ObjectiveSubject['metrics']>,
  path: string,
): ObjectiveFault[] => {
  const type = typeIn(metrics, { name, type: wanted });
  const place = { path };
  if (type === wanted || type === 'unknown') return [];
  if (type !== undefined) {
    const counts = type === 'histogram' || type === 'summary';
    return [
      {
        fault: 'other-type',
        place,
        value: name,
        message: `${name} is a ${type} in metrics.declares, and the objective counts a ${wanted}.`,
        remedy:
          wanted === 'counter' && counts
            ? `Use ${name}_count, which counts its events.`
            : `Use a ${wanted}, or declare { type: '${wanted}' } if it is one.`,
      },
    ];
  }
  const known = Object.keys(metrics);
  const suggestion = suggest(name, known);
  return [
    {
      fault: 'unknown-metric',
      place,
      value: name,
      message: `The application does not declare the metric ${name}.`,
      remedy: `Use a metric that it declares, such as ${known.slice(0, 5).join(', ')}; or declare this one.`,
      ...(suggestion && { suggestion }),
    },
  ];
};

/**
 * Counters that count as zero if they have no series. If the only counter of all events has none, the objective
 * has no value, and `ObjectiveNeverMeasured` fires.
 */
const undeclaredFaults = (
  counted: readonly string[],
  failed: readonly string[],
  path: string,
): ObjectiveFault[] => {
  const alone = failed.filter((name) => !counted.includes(name));
  const unnoticed = counted.length > 1 ? [...counted, ...alone] : alone;
  if (unnoticed.length === 0) return [];
  const declared = [...new Set([...counted, ...failed])].map(
    (name) => `${name}: { type: 'counter' }`,
  );
  return [
    {
      fault: 'undeclared-metric',
      place: { path },
      value: unnoticed.join(', '),
      remedy: `State all metrics of the application, with their labels, in metrics: { declares: { ${declared.join(', ')}, … } }.`,
    },
  ];
};
