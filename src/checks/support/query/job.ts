import { findCatalogue } from '../../../catalogues/catalogue.js';
import { ofEachScrape } from '../../../catalogues/series.js';
import type { CheckInput } from '../../../model/check.js';
import { connectionsFor } from '../../../model/connection.js';
import { memoize, memoizeText, once } from '../../../model/memoize.js';
import { type DeclaredMetric, jobNameOf, scrapeJobOf } from '../../../model/offer.js';
import { seconds } from '../../../promql/duration.js';
import { unknownFacts } from '../../../promql/facts.js';
import { fixed, present } from '../../../promql/label-fact.js';
import { anchored } from '../../../promql/regex.js';
import {
  type PrometheusConfig,
  prometheusFilesIn,
  type RelabelStep,
  type ScrapeConfig,
} from '../prometheus-file.js';
import { type Limiting, limitsMetrics, onlyExposed, unlimited } from './exposure.js';
import { type SeriesFacts, seriesFacts } from './series-facts.js';
import { listedTargets } from './target.js';

/** A metric, from a catalogue or from the declaration of an application. */
export type Family = DeclaredMetric & { readonly only?: string };

/** A shipped scrape job, with the known facts about its series. */
export interface Job {
  /** The value of its `job` label. */
  readonly name: string;
  /** Whether its series can have another label `job`: a Pushgateway, another Prometheus, or relabelling sets it. */
  readonly renames: boolean;
  /** Its name in the configuration. */
  readonly scrapeJob: string;
  /** Labels that series get from the target. */
  readonly targetLabels: ReadonlySet<string>;
  /** The metrics that its targets expose. @default - not declared */
  readonly metrics?: Readonly<Record<string, Family>>;
  /** Metrics that its targets expose among others, if it declares none. @default - none is known */
  readonly includes?: Readonly<Record<string, Family>>;
  /** Name of the catalogue of its metrics page. @default - not captured */
  readonly catalogue?: string;
  /** The scrape interval, in seconds. */
  readonly interval: number;
  /** Number of addresses in the job; a DNS name counts as two, because its number is unknown. */
  readonly staticTargets: number;
  /** The sample limit of a job from native configuration. */
  readonly limit?: number;
  /** Whether it scrapes native histograms, so that a histogram is also one series without a suffix. */
  readonly native: boolean;
  /** Whether a histogram is only that one series. @default false */
  readonly onlyNative?: boolean;
  /** The shipped `metric_relabel_configs`. */
  readonly sampleSteps: readonly RelabelStep[];
  /** Whether its relabelling keeps series with this name. */
  readonly keeps: (series: string) => boolean;
  /** The labels of a series after relabelling, from its labels on the metrics page. */
  readonly labelsOf: (page: readonly string[]) => ReadonlySet<string>;
  /** What is known about its series. */
  readonly factsOf: SeriesFacts;
}

/** Whether a job may have series of the rules of another Prometheus. */
export const isFromElsewhere = ({ metrics, renames }: Job): boolean => !metrics && renames;

/** The scrape jobs of the shipped configuration. */
export const jobsIn = (input: CheckInput): readonly Job[] => {
  const limiting = input.manifests.find(limitsMetrics) ?? unlimited;
  return prometheusFilesIn(input).flatMap(({ config }) =>
    jobsOf(config, input.connections, limiting),
  );
};

/** What Prometheus reads from other servers, as a job with unknown metrics. */
export const remoteJobsIn = (input: CheckInput): readonly Job[] =>
  prometheusFilesIn(input).some(({ config }) => (config.remote_read ?? []).length > 0)
    ? remoteJobs
    : [];

const remoteJobs: readonly Job[] = [
  {
    name: 'remoteRead',
    scrapeJob: 'remoteRead',
    renames: true,
    targetLabels: new Set(),
    interval: 0,
    staticTargets: 0,
    native: false,
    sampleSteps: [],
    keeps: () => true,
    labelsOf: (page) => new Set(page),
    factsOf: () => unknownFacts,
  },
];

/** What Prometheus receives from load tests, as a job: its series have no label `job`. */
export const receivedJobsIn = (input: CheckInput): readonly Job[] =>
  connectionsFor(input.connections, 'results').length > 0 ? receivedJobs() : [];

const receivedJobs = once((): readonly Job[] => [
  {
    name: '',
    scrapeJob: 'k6',
    renames: false,
    targetLabels: new Set(),
    metrics: findCatalogue('k6')?.metrics ?? {},
    catalogue: 'k6',
    interval: pushSeconds,
    staticTargets: 0,
    native: true,
    onlyNative: true,
    sampleSteps: [],
    keeps: () => true,
    labelsOf: (page) => new Set(page),
    factsOf: () => unknownFacts,
  },
]);

/** How often k6 sends results. */
const pushSeconds = 5;

/** The labels that Prometheus adds to series and alerts that it sends to other servers. */
export const externalLabelsIn = (input: CheckInput): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...prometheusFilesIn(input).map(({ config }) => config.global?.external_labels),
  );

/** The shipped `alert_relabel_configs`. */
export const alertStepsIn = (input: CheckInput): readonly RelabelStep[] =>
  prometheusFilesIn(input).flatMap(({ config }) => config.alerting?.alert_relabel_configs ?? []);

// All checks use the jobs of the same configuration.
const jobsOf = memoize(
  (
    { scrape_configs = [], global }: PrometheusConfig,
    connections: CheckInput['connections'],
    limiting: Limiting,
  ): Job[] =>
    scrape_configs.flatMap((job) => {
      const { job_name: name, scrape_interval = global?.scrape_interval } = job;
      return name === undefined
        ? []
        : sameJob({ ...job, job_name: name, scrape_interval }, connections, limiting);
    }),
);

type Connections = CheckInput['connections'];

type NamedJob = ScrapeConfig & { readonly job_name: string };

/** The same job for the same description, so that results about its series stay valid in the next synth. */
const sameJob = (job: NamedJob, connections: Connections, limiting: Limiting): Job => {
  const page = pageOf(job.job_name, connections);
  const description = JSON.stringify([
    job,
    page && [page.offer, page.provider.party],
    isRaw(job, connections),
    page?.offer.always && limiting.object,
  ]);
  return held(description).of(() => jobOf(job, connections, limiting));
};

const held = memoizeText((_description) => {
  let made: Job | undefined;
  return {
    of: (make: () => Job): Job => {
      made ??= make();
      return made;
    },
  };
});

const isRaw = ({ job_name: name }: NamedJob, connections: Connections): boolean =>
  connectionsFor(connections, 'raw-metrics').some(({ offer }) => offer.variant === name);

const jobOf = (job: NamedJob, connections: Connections, limiting: Limiting): Job => {
  const { static_configs = [], dns_sd_configs = [], metric_relabel_configs: steps = [] } = job;
  const passes = steps.map(passesOf);
  const targetLabels = new Set([
    'job',
    'instance',
    ...addedBy(job.relabel_configs ?? []),
    ...static_configs.flatMap(({ labels = {} }) => Object.keys(labels)).filter(isKept),
  ]);
  const metrics = metricsOf(job, connections, limiting);
  const renamed = renamedBy(job, connections);
  const name = renamed ?? labelOf(job, connections);
  const renames =
    (job.honor_labels === true && !metrics) ||
    (renamed === undefined &&
      (static_configs.some(({ labels = {} }) => 'job' in labels) ||
        [...stepsOfUser(job, connections), ...steps].some((step) => step.target_label === 'job')));
  return {
    name,
    scrapeJob: job.job_name,
    renames,
    factsOf: seriesFacts(job, renames ? present : fixed(name)),
    targetLabels,
    metrics,
    includes: pageOf(job.job_name, connections)?.offer.includes,
    catalogue: catalogueOf(job, connections) || undefined,
    staticTargets:
      static_configs.flatMap(({ targets = [] }) => targets).length +
      2 * dns_sd_configs.flatMap(({ names = [] }) => names).length,
    limit: isRaw(job, connections) ? job.sample_limit : undefined,
    interval: seconds(job.scrape_interval ?? '') ?? 0,
    native: job.scrape_native_histograms === true,
    sampleSteps: steps,
    keeps: (series) => ofEachScrape.has(series) || passes.every((pass) => pass(series)),
    labelsOf: (page) => {
      // If the target and the page have the same label, Prometheus renames that of the page, unless
      // `honor_labels` is true.
      const moved = job.honor_labels
        ? []
        : page.filter((label) => targetLabels.has(label)).map((label) => `exported_${label}`);
      const labels = new Set([...targetLabels, ...page, ...moved, ...addedBy(steps)]);
      for (const { action, regex } of steps) {
        const pattern = action === 'labeldrop' && anchored(`${regex}`);
        if (pattern) for (const label of labels) if (pattern.test(label)) labels.delete(label);
      }
      return labels;
    },
  };
};

const addedBy = (steps: readonly RelabelStep[]): string[] =>
  steps.flatMap(({ target_label: label }) => label ?? []).filter(isKept);

/** After relabelling, Prometheus drops the labels that begin with two underscores. */
const isKept = (label: string): boolean => !label.startsWith('__');

/** Whether a step keeps series with a name. The pattern is compiled once. */
const passesOf = ({
  action,
  source_labels: labels = [],
  regex,
}: RelabelStep): ((series: string) => boolean) => {
  if (action !== 'keep' && action !== 'drop') return () => true;
  if (`${labels}` !== '__name__') return () => true;
  if (regex === undefined) return () => action === 'keep';
  const names = namesIn(`${regex}`);
  if (names) return (series) => names.has(series) === (action === 'keep');
  const pattern = anchored(`${regex}`);
  return (series) => !pattern || pattern.test(series) === (action === 'keep');
};

// The largest jobs keep hundreds of names, and thousands of names are checked against them.
const namesIn = (pattern: string): ReadonlySet<string> | undefined =>
  /^[\w:|]+$/.test(pattern) ? new Set(pattern.split('|')) : undefined;

/** The steps of a job that can set any label; those of its declaration set the declared job. */
const stepsOfUser = (job: NamedJob, connections: Connections): readonly RelabelStep[] => {
  const { offer } = pageOf(job.job_name, connections) ?? {};
  const declared = offer?.discovery ? !offer.discovery.variesJob : offer?.scrapeJob !== undefined;
  const steps = job.relabel_configs ?? [];
  return declared ? steps.slice(steps.length - (offer?.targetRelabel?.length ?? 0)) : steps;
};

/** The label `job` that `relabel_configs` or `static_configs` set, if it is the same for all series. */
const renamedBy = (job: NamedJob, connections: Connections): string | undefined => {
  const sets = ({ target_label: target }: RelabelStep) => target === 'job';
  // Metric relabelling does not apply to `up`.
  if ((job.metric_relabel_configs ?? []).some(sets)) return undefined;
  const last = stepsOfUser(job, connections).findLast(sets);
  if (last && isConstant(last)) return last.replacement;
  if (pageOf(job.job_name, connections)) return undefined;
  const names = new Set((listedTargets(job) ?? []).map(({ labels }) => labels.job));
  const [name] = names;
  return names.size === 1 && name !== job.job_name ? name : undefined;
};

/** Whether a step sets the same value for all series. */
const isConstant = ({ action = 'replace', regex, replacement }: RelabelStep): boolean =>
  action === 'replace' &&
  replacement !== undefined &&
  replacement !== '' &&
  !replacement.includes('$') &&
  ['.*', '(.*)', undefined].includes(regex);

const labelOf = ({ job_name: name }: NamedJob, connections: Connections): string => {
  const page = pageOf(name, connections);
  return page ? jobNameOf(page.offer, page.provider.party) : name;
};

const catalogueOf = ({ job_name: name }: NamedJob, connections: Connections): string => {
  const page = pageOf(name, connections);
  if (page) return page.offer.catalogue ?? jobNameOf(page.offer, page.provider.party);
  // No party offers the metrics of probe jobs: the prober creates them.
  return /^probe(-|$)/.test(name) ? 'probe' : '';
};

const metricsOf = (job: NamedJob, connections: Connections, limiting: Limiting): Job['metrics'] => {
  const page = pageOf(job.job_name, connections);
  const metrics = page?.offer.declares ?? findCatalogue(catalogueOf(job, connections))?.metrics;
  return metrics && page?.offer.always ? onlyExposed(metrics, limiting) : metrics;
};

/** The declared connection to the metrics page of a job. */
export const pageOf = (name: string, connections: Connections) =>
  connectionsFor(connections, 'metrics').find(
    ({ offer, provider }) => scrapeJobOf(offer, provider.party) === name,
  );
