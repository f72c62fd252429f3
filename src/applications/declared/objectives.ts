import type { AlertGroup } from '../../content/alert-group.js';
import { eventsOf } from '../../content/objective/events.js';
import { faultsInObjectives } from '../../content/objective/faults.js';
import { objectiveGroup } from '../../content/objective/group.js';
import { type Library, libraries } from '../../content/objective/indicator.js';
import { stackEventsOf } from '../../content/objective/stack-events.js';
import type { BoundsOf, MetricsOf, ObjectiveSubject } from '../../content/objective/subject.js';
import { objectiveTests } from '../../content/objective/test-file.js';
import { type Period, periodFor } from '../../content/objective/window.js';
import type { Finding } from '../../model/finding.js';
import type { DeclaredMetric } from '../../model/offer.js';
import { seconds } from '../../promql/duration.js';
import { applicationFinding } from '../faults.js';
import type { Application, DeclaredApplication } from './application.js';
import { placeIn } from './place.js';
import { spanServiceOf } from './span-service.js';

/** The settings of Prometheus on which objectives depend. */
export interface Measurement {
  /** How long Prometheus keeps data: a Prometheus duration. */
  readonly retention: string;
  /** A Prometheus duration. */
  readonly scrapeInterval: string;
  /** @default - unknown for all jobs */
  readonly metricsOf?: MetricsOf;
  /** @default - unknown for all histograms */
  readonly boundsOf?: BoundsOf;
}

/** The rules of the objectives of an application, and their promtool tests. */
export interface TestedObjectives {
  /** The name of the group, such as `objectives-of-checkout`. */
  readonly name: string;
  readonly group: AlertGroup;
  /** A test file, which also loads the rules of `alerts/objectives.ts`. */
  readonly test: string;
}

/** What measures the objectives of an application; undefined if it has none. */
export const testedObjectives = (
  application: Application,
  { retention, scrapeInterval }: Measurement,
): TestedObjectives | undefined => {
  const { objectives, metrics } = application;
  if (objectives.length === 0) return undefined;
  const name = objectiveGroupName(application);
  const settings = {
    period: defaultPeriod({ retention }),
    scrapeSeconds: seconds(metrics?.interval ?? scrapeInterval),
  } as const;
  const subject = subjectOf(application);
  return {
    name,
    group: objectiveGroup(subject, objectives, settings),
    get test() {
      return objectiveTests(subject, objectives, settings, { own: name });
    },
  };
};

/** The period of an objective that states none: the longest one that the retention contains. */
export const defaultPeriod = ({ retention }: Pick<Measurement, 'retention'>): Period =>
  periodFor(seconds(retention) ?? 0) ?? '7d';

/** The name of the group of rules that measures the objectives of an application. */
export const objectiveGroupName = ({ name }: Pick<Application, 'name'>): string =>
  `objectives-of-${name}`;

/** The faults of the objectives of an application in an environment. */
export const objectiveFaultsOf = (
  application: DeclaredApplication,
  environment: string,
  { retention, metricsOf, boundsOf }: Measurement,
): Finding[] => {
  const { objectives } = application;
  const subject = { ...subjectOf(application), metricsOf, boundsOf };
  const found = faultsInObjectives(objectives, subject, seconds(retention) ?? 0);
  const missing = unmeasured(application);
  // Without a metrics page, no metric of it is known.
  const known = found.filter(({ place }) => application.metrics || !place.path?.endsWith('.of'));
  return [...known, ...missing].map(({ place, ...fault }) =>
    applicationFinding({
      ...fault,
      place: { environment, ...placeIn(application, `objectives${place.path}`) },
    }),
  );
};

const subjectOf = (application: Application): ObjectiveSubject => ({
  application: application.name,
  namespace: application.namespace,
  job: application.name,
  spanService: spanServiceOf(application),
  ...(application.metrics?.declares && { metrics: application.metrics.declares }),
});

/** The option of an application that has the events of an objective. */
const sourceOf = (of: unknown): 'traces' | 'health' | 'metrics' =>
  stackEventsOf(of)?.application ?? 'metrics';

/** Objectives whose events the application does not have. */
const unmeasured = (application: Application) =>
  application.objectives.flatMap(({ of }, index, all) => {
    const option = sourceOf(of);
    // Each missing option once.
    if (application[option] || all.findIndex((one) => sourceOf(one.of) === option) < index)
      return [];
    return [
      {
        fault: 'unmeasured-objective' as const,
        place: { path: `[${index}].of` },
        value: typeof of === 'string' ? of : undefined,
        remedy: `Set ${option} of the application, or count other events.`,
      },
    ];
  });

/** Objectives about spans that those of another application count too, since both have the same `service.name`. */
export const sharedSpans = (
  declared: readonly DeclaredApplication[],
  environment: string,
): Finding[] => {
  const counted = declared.filter(({ objectives }) => objectives.some(({ of }) => of === 'spans'));
  return counted.flatMap((one, index) => {
    const first = counted
      .slice(0, index)
      .find((other) => spanServiceOf(other) === spanServiceOf(one));
    // Two applications with one name are another cause.
    if (!first || first.name === one.name) return [];
    return [
      applicationFinding({
        fault: 'shared-spans',
        place: { environment, ...placeIn(one, 'traces.service') },
        value: spanServiceOf(one),
        message: `The spans of ${first.name} have the same service.name, and objectives of both count them.`,
        remedy: `Set service.name of the spans of ${one.name} to another value, and state it in traces.service; or declare these objectives once.`,
      }),
    ];
  });
};

/** The library whose HTTP metrics an application has. */
export const libraryOf = ({ metrics, objectives }: Application): Library | undefined =>
  metrics?.http ?? objectives.flatMap(({ of }) => (isLibrary(of) ? of : []))[0];

const isLibrary = (of: unknown): of is Library => typeof of === 'string' && of in libraries;

/** The metrics that its options say it has. */
export const metricsOf = (application: Application): Readonly<Record<string, DeclaredMetric>> => {
  const names = [
    libraryOf(application),
    ...application.objectives.flatMap(({ of }) => (isLibrary(of) ? of : [])),
  ].flatMap((one) => one ?? []);
  const ofLibraries = names.flatMap((name): [string, DeclaredMetric][] => {
    const { histogram, status, ...rest } = libraries[name];
    const labels = [status];
    // The histogram of a library with a counter can lack the status.
    return 'counter' in rest
      ? [
          [rest.counter, { type: 'counter', labels }],
          [histogram, { type: 'histogram' }],
        ]
      : [[histogram, { type: 'histogram', labels }]];
  });
  const counted = application.objectives
    .filter(({ of }) => typeof of === 'object')
    .flatMap((one): [string, DeclaredMetric][] => {
      const events = eventsOf(one, subjectOf(application));
      if (events.kind === 'buckets') {
        return [[events.total.metric.replace(/_count$/, ''), { type: 'histogram' }]];
      }
      if (events.kind === 'gauge') return [];
      return [...events.errors, ...events.total].map(({ metric }) => [metric, { type: 'counter' }]);
    });
  return Object.fromEntries([...ofLibraries, ...counted]);
};
