import type { CheckInput } from '../../model/check.js';
import { once, onceForText, sameList } from '../../model/once.js';
import type { Selector } from '../../promql/expression.js';
import { followLabels, type Labels } from '../../promql/labels.js';
import { matches } from '../../promql/selector.js';
import { externalLabelsIn, type Family, type Job, jobsIn, ofEachScrape } from './job.js';
import { type Query, queriesIn } from './query.js';

/** What is known of the series that a selector may find. */
export interface Series {
  /** Jobs that the selector's matchers let pass. */
  readonly jobs: readonly Job[];
  /** Those of them whose pages tell the metric. */
  readonly tellers: readonly Job[];
  /** A recording rule makes it. */
  readonly recorded: boolean;
  readonly types: ReadonlySet<Family['type']>;
  readonly labels: Labels;
  /** The one Kubernetes minor that has it. @default - all, or another engine */
  readonly only?: string;
}

/** Looks up the series of selectors among jobs and recording rules. */
export interface SeriesIndex {
  /** None where the selector names no metric. */
  readonly of: (selector: Selector, varies: Query['analysis']['varies']) => Series | undefined;
  readonly jobs: readonly Job[];
  /** Names of all series that a job tells. */
  readonly namesOf: (job: Job) => string[];
  readonly recordings: ReadonlyMap<string, readonly Query[]>;
  /** Those that Prometheus adds where it sends series on. */
  readonly externalLabels: ReadonlySet<string>;
}

// Prometheus makes them itself of the alerts that fire.
const alertSeries = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Index of an input's series; the same one as before where its jobs and rules are the same. */
export const seriesIn = once((input: CheckInput): SeriesIndex => {
  const rules = queriesIn(input).filter(({ rule }) => rule);
  const sources = [
    sameJobs(jobsIn(input)),
    sameRecords(rules.filter(({ rule }) => rule?.kind === 'record')),
    sameExternal(Object.keys(externalLabelsIn(input))),
  ] as const;
  const index = indexOf(...sources, unknown);
  const told = rules
    .filter(({ rule }) => rule?.kind === 'alert')
    .map((query) => labelsOfAlert(query, index));
  const labels = union([new Set(['alertname', 'alertstate']), ...told]);
  return indexOf(...sources, sameAlerts(labels ? [...labels].sort() : unknown));
});

const sameJobs = sameList<Job>();
const sameRecords = sameList<Query>();
const sameExternal = sameList<string>();
const sameAlerts = sameList<string>();
const unknown: readonly string[] = [];

/** The labels that survive the expression of a query. */
export const labelsOf = once(
  ({ analysis }: Query, index: SeriesIndex): Labels =>
    analysis.expression &&
    followLabels(analysis.expression, (one) => index.of(one, analysis.varies)?.labels).labels,
);

/** The labels that an alert has while it fires. */
const labelsOfAlert = (query: Query, index: SeriesIndex): Labels => {
  const labels = labelsOf(query, index);
  return labels && new Set([...labels, ...Object.keys(query.rule!.labels)]);
};

const indexOf = once(
  (
    jobs: readonly Job[],
    records: readonly Query[],
    external: readonly string[],
    ofAlerts: readonly string[],
  ): SeriesIndex => {
    const recordings = new Map<string, Query[]>();
    for (const query of records) {
      if (!query.rule) continue;
      recordings.set(query.rule.name, [...(recordings.get(query.rule.name) ?? []), query]);
    }
    const followed = new Map<string, Labels>();
    const recordedLabels = (name: string): Labels => {
      if (followed.has(name)) return followed.get(name);
      // A cycle ends here; the check of the rules tells of it.
      followed.set(name, undefined);
      const all = recordings.get(name)!.map(({ analysis, rule }) => {
        if (!analysis.expression) return undefined;
        const { labels } = followLabels(
          analysis.expression,
          (one) => of(one, analysis.varies)?.labels,
        );
        return labels && new Set([...labels, ...Object.keys(rule!.labels)]);
      });
      const labels = union(all);
      followed.set(name, labels);
      return labels;
    };
    const of = once(
      ({ metric, matchers }: Selector, varies: Query['analysis']['varies']): Series | undefined => {
        if (metric === undefined) return undefined;
        const asked = matchers.filter((one) => one.label === 'job' && !varies(one));
        const chosen =
          asked.length === 0
            ? jobs
            : jobs.filter(({ name }) => asked.every((one) => matches(one, name) !== false));
        if (recordings.has(metric)) {
          const labels = recordedLabels(metric);
          return { jobs: chosen, tellers: [], recorded: true, types: new Set(), labels };
        }
        if (alertSeries.has(metric)) {
          const labels = ofAlerts.length > 0 ? new Set(ofAlerts) : undefined;
          return { jobs: chosen, tellers: chosen, recorded: false, types: new Set(), labels };
        }
        return chosen === jobs ? toldByAll(jobs)(metric) : told(metric, chosen);
      },
    );
    return { of, jobs, namesOf, recordings, externalLabels: new Set(external) };
  },
);

// Most selectors name no job, and many the same metric.
const toldByAll = once((jobs: readonly Job[]) => onceForText((metric) => told(metric, jobs)));

const told = (metric: string, chosen: readonly Job[]): Series => {
  const seriesOf = seriesNamed(metric);
  const found = chosen.flatMap((job) => {
    const one = seriesOf(job);
    return one ? [{ job, ...one }] : [];
  });
  const undeclared = chosen.some((job) => !job.metrics);
  const onlys = new Set(found.map(({ only }) => only));
  return {
    jobs: chosen,
    tellers: found.map(({ job }) => job),
    recorded: false,
    types: new Set(found.map(({ type }) => type)),
    labels:
      found.length === 0 || (undeclared && !ofEachScrape.has(metric))
        ? undefined
        : union(found.map(({ labels }) => labels)),
    only: onlys.size === 1 ? [...onlys][0] : undefined,
  };
};

const union = (all: readonly Labels[]): Labels => {
  if (all.length === 1) return all[0];
  const union = new Set<string>();
  for (const one of all) {
    if (!one) return undefined;
    for (const label of one) union.add(label);
  }
  return union;
};

interface Found {
  readonly type: Family['type'];
  readonly labels: ReadonlySet<string>;
  readonly only?: string;
}

/** Finds the series of a full name in what jobs tell. */
const seriesNamed = (name: string): ((job: Job) => Found | undefined) => {
  const isOfEachScrape = ofEachScrape.has(name);
  const [, family = '', part] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? [];
  return (job) => {
    if (isOfEachScrape) return { type: 'gauge', labels: job.targetLabels };
    const { metrics = {} } = job;
    const whole = metrics[name];
    if (whole && (whole.type !== 'histogram' || job.native)) {
      const labels =
        whole.type === 'summary' ? [...(whole.labels ?? []), 'quantile'] : (whole.labels ?? []);
      return {
        type: whole.type === 'summary' ? 'gauge' : whole.type,
        labels: job.labelsOf(labels),
        only: whole.only,
      };
    }
    const metric = metrics[family];
    if (!metric || !partsOf(metric).includes(part!)) return undefined;
    const labels = part === 'bucket' ? [...(metric.labels ?? []), 'le'] : (metric.labels ?? []);
    return { type: 'counter', labels: job.labelsOf(labels), only: metric.only };
  };
};

const partsOf = ({ type }: Family): string[] =>
  type === 'histogram' ? ['bucket', 'sum', 'count'] : type === 'summary' ? ['sum', 'count'] : [];

const namesOf = (job: Job): string[] => [
  ...ofEachScrape,
  ...Object.entries(job.metrics ?? {}).flatMap(([name, metric]) => [
    ...(metric.type === 'histogram' && !job.native ? [] : [name]),
    ...partsOf(metric).map((part) => `${name}_${part}`),
  ]),
];
