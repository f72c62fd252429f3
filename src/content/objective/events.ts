import { storedBound } from '../../promql/bucket-bound.js';
import { seconds } from '../../promql/duration.js';
import { isInMilliseconds, libraries, selectorIn } from './indicator.js';
import type { Objective } from './objective.js';
import type { ObjectiveSubject } from './subject.js';
import { exact } from './window.js';

/** A selector, in parts. */
export interface Counter {
  readonly metric: string;
  readonly matchers: readonly string[];
}

/**
 * How events are counted. `targets` selects the targets that expose the counters, which start when these do, unless
 * the counters are `lasting`.
 */
export type Events =
  /** Counters of failed and of all events. */
  | {
      readonly kind: 'counters';
      readonly errors: readonly Counter[];
      readonly total: readonly Counter[];
      /** The events with a status. Without any, nobody knows how many fail. @default - all */
      readonly withStatus?: Counter;
      readonly targets: string;
      readonly lasting?: true;
    }
  /** Counters of the events within the threshold, and of all. */
  | {
      readonly kind: 'buckets';
      readonly good: Counter;
      readonly total: Counter;
      readonly targets: string;
      readonly lasting?: true;
    }
  /** A gauge that is 1 for a good event, once in each scrape. */
  | { readonly kind: 'gauge'; readonly gauge: Counter };

export type CountedEvents = Exclude<Events, { kind: 'gauge' }>;

/** The series that count the events of an objective. */
export const eventsOf = (objective: Objective, subject: ObjectiveSubject): Events => {
  const scraped = `job="${subject.job}"`;
  const own = [scraped, ...(subject.matchers ? [subject.matchers] : [])];
  const spans = [
    `service_name=${JSON.stringify(subject.spanService ?? subject.application)}`,
    'span_kind="SPAN_KIND_SERVER"',
  ];
  // Jaeger's own job exposes the metrics of all spans. A gateway counts them, also while Jaeger restarts.
  const spanTargets = { targets: 'job="span-metrics"', lasting: true } as const;
  if (objective.kind === 'latency') {
    const { of } = objective;
    const { metric, matchers } =
      typeof of === 'object'
        ? writtenCounter(of.histogram, own)
        : of === 'spans'
          ? { metric: 'traces_span_metrics_duration_milliseconds', matchers: spans }
          : { metric: libraries[of].histogram, matchers: own };
    return {
      kind: 'buckets',
      good: { metric: `${metric}_bucket`, matchers: [...matchers, `le="${boundOf(objective)}"`] },
      total: { metric: `${metric}_count`, matchers },
      ...(of === 'spans' ? spanTargets : { targets: scraped }),
    };
  }
  const { of } = objective;
  if (of === 'probes') {
    const probes = subject.probes ?? `service="${subject.application}"`;
    return {
      kind: 'gauge',
      gauge: { metric: 'probe_success', matchers: ['job=~"probe(-.+)?"', probes] },
    };
  }
  if (typeof of === 'object') {
    return {
      kind: 'counters',
      errors: [of.errors].flat().map((text) => writtenCounter(text, own)),
      total: [of.total].flat().map((text) => writtenCounter(text, own)),
      targets: scraped,
    };
  }
  if (of === 'spans') {
    const calls = 'traces_span_metrics_calls_total';
    return {
      kind: 'counters',
      errors: [{ metric: calls, matchers: [...spans, 'status_code="STATUS_CODE_ERROR"'] }],
      total: [{ metric: calls, matchers: spans }],
      ...spanTargets,
    };
  }
  const library = libraries[of];
  const metric = 'counter' in library ? library.counter : `${library.histogram}_count`;
  return {
    kind: 'counters',
    errors: [{ metric, matchers: [...own, `${library.status}=~"5.."`] }],
    total: [{ metric, matchers: own }],
    // The metric of another library can have this name, with another label.
    withStatus: { metric, matchers: [...own, `${library.status}!=""`] },
    targets: scraped,
  };
};

/** The label `le` of the bucket up to the threshold, as Prometheus 3 stores it. */
const boundOf = ({ of, threshold }: Extract<Objective, { kind: 'latency' }>): string => {
  return storedBound(`${exact(seconds(threshold)! * (isInMilliseconds(of) ? 1000 : 1))}`)!;
};

/** The parts of a valid selector, with the matchers of the application unless it selects other jobs itself. */
const writtenCounter = (text: string, own: readonly string[]): Counter => {
  const { metric = '', matchers } = selectorIn(text)!;
  const written = matchers.map(
    ({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`,
  );
  const isElsewhere = matchers.some(({ label }) => label === 'job');
  return { metric, matchers: isElsewhere ? written : [...own, ...written] };
};

/** The only job whose series a counter selects; undefined if they can be of several. */
export const jobIn = ({ matchers }: Counter): string | undefined =>
  matchers.flatMap((one) => /^job="([^"\\]+)"$/.exec(one)?.[1] ?? [])[0];

/** A counter as PromQL. */
export const selectorOf = ({ metric, matchers }: Counter): string =>
  `${metric}{${matchers.join(', ')}}`;
