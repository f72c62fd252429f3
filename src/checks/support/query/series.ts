import { alwaysSetIn } from '../../../catalogues/always-set.js';
import { ofEachScrape } from '../../../catalogues/series.js';
import type { CheckInput } from '../../../model/check.js';
import { memoize, memoizeText, once, sameList } from '../../../model/memoize.js';
import type { Matcher, Selector } from '../../../promql/expression.js';
import { anyOf, type Facts, unknownFacts, withConstants } from '../../../promql/facts.js';
import { followFacts } from '../../../promql/follow-facts.js';
import { anything, missing, present } from '../../../promql/label-fact.js';
import { followLabels, type Labels } from '../../../promql/labels.js';
import { matches } from '../../../promql/selector.js';
import {
  externalLabelsIn,
  type Family,
  type Job,
  jobsIn,
  receivedJobsIn,
  remoteJobsIn,
} from './job.js';
import { pushedJobsIn } from './pushed-job.js';
import { type Query, queriesIn } from './query.js';

/** Known facts about the series that a selector can match. */
export interface Series {
  /** Jobs that the matchers of the selector allow. */
  readonly jobs: readonly Job[];
  /** The allowed jobs that expose the metric. */
  readonly exposing: readonly Job[];
  /** Whether a recording rule records it. */
  readonly recorded: boolean;
  readonly types: ReadonlySet<Family['type']>;
  readonly labels: Labels;
  /** What is known about their labels, apart from the matchers of the selector. */
  readonly facts: () => Facts;
  /** The only Kubernetes minor release that has it. @default - all releases, or another engine */
  readonly only?: string;
}

/** Looks up the series of selectors among jobs and recording rules. */
export interface SeriesIndex {
  /** Undefined if the selector has no metric name. */
  readonly of: (selector: Selector, varies: Query['analysis']['varies']) => Series | undefined;
  readonly jobs: readonly Job[];
  /** Names of all series that a job exposes. */
  readonly namesOf: (job: Job) => string[];
  readonly recordings: ReadonlyMap<string, readonly Query[]>;
  /** Labels that Prometheus adds to series that it sends to other servers. */
  readonly externalLabels: ReadonlySet<string>;
}

// Prometheus creates these from the active alerts.
const alertSeries = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** The index of all series; the same object if the jobs and rules are the same. */
export const seriesIn = memoize((input: CheckInput): SeriesIndex => {
  const rules = queriesIn(input).filter(({ rule }) => rule);
  const sources = [
    sameJobs([
      ...jobsIn(input),
      ...receivedJobsIn(input),
      ...pushedJobsIn(input),
      ...remoteJobsIn(input),
    ]),
    sameRecords(rules.filter(({ rule }) => rule && rule.alert === undefined)),
    sameExternal(Object.keys(externalLabelsIn(input))),
  ] as const;
  const index = indexOf(...sources, unknown);
  const alertLabels = rules
    .filter(({ rule }) => rule?.alert !== undefined)
    .map((query) => labelsOfAlert(query, index));
  const labels = union([new Set(['alertname', 'alertstate']), ...alertLabels]);
  return indexOf(...sources, sameAlerts(labels ? [...labels].sort() : unknown));
});

const sameJobs = sameList<Job>();
const sameRecords = sameList<Query>();
const sameExternal = sameList<string>();
const sameAlerts = sameList<string>();
const unknown: readonly string[] = [];

/** The labels of the result of a query. */
export const labelsOf = memoize(
  ({ analysis }: Query, index: SeriesIndex): Labels =>
    analysis.expression &&
    followLabels(analysis.expression, (one) => index.of(one, analysis.varies)?.labels).labels,
);

/** The labels that an alert has while it fires. */
const labelsOfAlert = (query: Query, index: SeriesIndex): Labels => {
  const labels = labelsOf(query, index);
  return labels && new Set([...labels, ...Object.keys(query.rule!.labels)]);
};

const indexOf = memoize(
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
    const factsOf = (selector: Selector, varies: Query['analysis']['varies']): Facts =>
      of(selector, varies)?.facts() ?? unknownFacts;
    const recordedFacts = memoizeText((name): Facts => {
      if (inProgress.has(name)) return unknownFacts;
      inProgress.add(name);
      const all = recordings
        .get(name)!
        .map(({ analysis: { expression, varies }, rule }) =>
          expression
            ? withConstants(
                followFacts(expression, { factsOf: (one) => factsOf(one, varies), varies }),
                rule!.labels,
              )
            : unknownFacts,
        );
      inProgress.delete(name);
      return anyOf(all);
    });
    const inProgress = new Set<string>();
    const followed = new Map<string, Labels>();
    const recordedLabels = (name: string): Labels => {
      if (followed.has(name)) return followed.get(name);
      // A cycle ends here; the check `rules` reports it.
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
    const chosenBy = memoizeText((matchersOfJob): readonly Job[] => {
      const onJob: readonly Pick<Matcher, 'operator' | 'value'>[] = JSON.parse(matchersOfJob);
      return jobs.filter(
        ({ name, renames }) => renames || onJob.every((one) => matches(one, name) !== false),
      );
    });
    const of = memoize(
      ({ metric, matchers }: Selector, varies: Query['analysis']['varies']): Series | undefined => {
        if (metric === undefined) return undefined;
        const onJob = matchers.filter((one) => one.label === 'job' && !varies(one));
        const chosen =
          onJob.length === 0
            ? jobs
            : chosenBy(JSON.stringify(onJob.map(({ operator, value }) => ({ operator, value }))));
        if (recordings.has(metric)) {
          const labels = recordedLabels(metric);
          const facts = () => recordedFacts(metric);
          return { jobs: chosen, exposing: [], recorded: true, types: new Set(), labels, facts };
        }
        if (alertSeries.has(metric)) {
          const labels = ofAlerts.length > 0 ? new Set(ofAlerts) : undefined;
          const facts = () => factsOfAlerts(metric, labels);
          return {
            jobs: chosen,
            exposing: chosen,
            recorded: false,
            types: new Set(),
            labels,
            facts,
          };
        }
        return exposedBy(chosen)(metric);
      },
    );
    return { of, jobs, namesOf, recordings, externalLabels: new Set(external) };
  },
);

// Many selectors have the same metric, and most have no matcher for a job.
const exposedBy = memoize((jobs: readonly Job[]) => memoizeText((metric) => exposed(metric, jobs)));

const exposed = (metric: string, chosen: readonly Job[]): Series => {
  const seriesOf = seriesNamed(metric);
  const found = chosen.flatMap((job) => {
    const one = seriesOf(job);
    return one ? [{ job, ...one }] : [];
  });
  const undeclared = chosen.some((job) => !job.metrics);
  const onlys = new Set(found.map(({ only }) => only));
  return {
    jobs: chosen,
    exposing: found.map(({ job }) => job),
    recorded: false,
    types: new Set(found.map(({ type }) => type)),
    labels:
      found.length === 0 || (undeclared && !ofEachScrape.has(metric))
        ? undefined
        : union(found.map(({ labels }) => labels)),
    facts: once(() =>
      ofEachScrape.has(metric)
        ? anyOf(found.map(({ job, labels }) => job.factsOf(labels, 'scrape')))
        : anyOf([
            ...found.map(({ job, labels }) =>
              job.factsOf(labels, 'page', isOfKubeStateMetrics(job) ? alwaysSetIn(metric) : []),
            ),
            ...chosen.filter(({ metrics }) => !metrics).map((job) => job.factsOf()),
          ]),
    ),
    only: onlys.size === 1 ? [...onlys][0] : undefined,
  };
};

const isOfKubeStateMetrics = ({ catalogue }: Job): boolean => catalogue === 'kube-state-metrics';

const factsOfAlerts = (metric: string, labels: Labels): Facts => ({
  labels: new Map([
    ...[...(labels ?? [])].map((label) => [label, anything] as const),
    ['alertname', present],
    ['alertstate', metric === 'ALERTS' ? present : missing],
  ]),
  others: labels ? missing : anything,
});

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

/** Finds the series with a name in the metrics of a job. */
const seriesNamed = (name: string): ((job: Job) => Found | undefined) => {
  const isOfEachScrape = ofEachScrape.has(name);
  const [, family = '', part] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? [];
  return (job) => {
    if (isOfEachScrape) return { type: 'gauge', labels: job.targetLabels };
    const { metrics = job.includes ?? {} } = job;
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
    if (!metric || job.onlyNative || !partsOf(metric).includes(part!)) return undefined;
    const labels = part === 'bucket' ? [...(metric.labels ?? []), 'le'] : (metric.labels ?? []);
    return { type: 'counter', labels: job.labelsOf(labels), only: metric.only };
  };
};

const partsOf = ({ type }: Family): string[] =>
  type === 'histogram' ? ['bucket', 'sum', 'count'] : type === 'summary' ? ['sum', 'count'] : [];

const namesOf = memoize((job: Job): string[] => [
  ...ofEachScrape,
  ...Object.entries(job.metrics ?? {}).flatMap(([name, metric]) => [
    ...(metric.type === 'histogram' && !job.native ? [] : [name]),
    ...partsOf(metric).map((part) => `${name}_${part}`),
  ]),
]);
