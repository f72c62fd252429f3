import { findCatalogue } from '../../catalogues/catalogue.js';
import type { CheckInput } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import type { Manifest } from '../../model/manifest.js';
import type { DeclaredMetric } from '../../model/offer.js';
import { once } from '../../model/once.js';
import { fromYaml } from '../../model/yaml.js';
import { seconds } from '../../promql/duration.js';
import { anchored } from '../../promql/regex.js';
import { type Loose, listOf, recordOf, textsOf } from '../reference/lenient.js';
import { filesOf } from './rule.js';

/** A family of series, as a catalogue has it or an application declares it. */
export type Family = DeclaredMetric & { readonly only?: string };

/** A scrape job as it ships, with what is known of the series that come of it. */
export interface Job {
  readonly name: string;
  /** Labels that each series gets from its target. */
  readonly targetLabels: ReadonlySet<string>;
  /** What its pages tell. @default - nobody has declared it */
  readonly metrics?: Readonly<Record<string, Family>>;
  /** What its page was captured as. @default - nothing */
  readonly catalogue?: string;
  /** Seconds. */
  readonly interval: number;
  /** How many addresses it lists itself; of a name it is not known how many it has: mostly two. */
  readonly staticTargets: number;
  /** What a scrape of it may tell at most, where the environment says all of it. */
  readonly limit?: number;
  /** Whether a histogram is also one series under its plain name. */
  readonly native: boolean;
  /** The steps over its samples, as they ship. */
  readonly sampleSteps: readonly Loose[];
  /** Whether its relabelling lets the series of a name pass. */
  readonly keeps: (series: string) => boolean;
  /** The labels of a series after its relabelling, from those that the page tells. */
  readonly labelsOf: (page: readonly string[]) => ReadonlySet<string>;
}

/**
 * What Prometheus adds to what a page tells; no relabelling of samples concerns it.
 * https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
 */
export const ofEachScrape = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
]);
/** The scrape jobs of the configuration that ships. */
export const jobsIn = ({ manifests, connections }: CheckInput): readonly Job[] =>
  manifests.flatMap((manifest) => jobsOf(manifest, connections));

/** The labels that Prometheus adds to its series and alerts where it sends them on. */
export const externalLabelsIn = ({ manifests }: CheckInput): Readonly<Record<string, Loose>> =>
  Object.assign(
    {},
    ...filesOf(manifests, 'prometheus', /^prometheus\.yml$/).map(({ text }) =>
      recordOf(recordOf(configuration(text).global).external_labels),
    ),
  );

/** The steps over the labels of alerts, as they ship. */
export const alertStepsIn = ({ manifests }: CheckInput): readonly Loose[] =>
  filesOf(manifests, 'prometheus', /^prometheus\.yml$/).flatMap(({ text }) =>
    listOf(recordOf(configuration(text).alerting).alert_relabel_configs),
  );

// All checks ask for those of the same manifests, one after the other.
const jobsOf = once((manifest: Manifest, connections: CheckInput['connections']): Job[] =>
  filesOf([manifest], 'prometheus', /^prometheus\.yml$/).flatMap(({ text }) => {
    const { scrape_configs: jobs, global } = configuration(text);
    return listOf(jobs)
      .filter(({ job_name: name }) => typeof name === 'string')
      .map((job) => jobOf(job, recordOf(global).scrape_interval, connections));
  }),
);

type Connections = CheckInput['connections'];

const configuration = (text: string): Readonly<Record<string, Loose>> => {
  try {
    return recordOf(fromYaml(text));
  } catch {
    // The check of the configuration tells of it.
    return {};
  }
};

const jobOf = (job: Loose, defaultInterval: Loose, connections: Connections): Job => {
  const steps = listOf(job.metric_relabel_configs);
  const passes = steps.map(passesOf);
  const targetLabels = new Set([
    'job',
    'instance',
    ...addedBy(listOf(job.relabel_configs)),
    ...listOf(job.static_configs).flatMap(({ labels }) => Object.keys(recordOf(labels))),
  ]);
  return {
    name: job.job_name,
    targetLabels,
    metrics: metricsOf(job, connections),
    catalogue: catalogueOf(job, connections) || undefined,
    staticTargets:
      listOf(job.static_configs).flatMap(({ targets }) => listOf(targets)).length +
      2 * listOf(job.dns_sd_configs).flatMap(({ names }) => listOf(names)).length,
    limit: connectionsFor(connections, 'raw-metrics').some(
      ({ offer }) => offer.variant === job.job_name,
    )
      ? job.sample_limit
      : undefined,
    interval: seconds(`${job.scrape_interval ?? defaultInterval}`) ?? 0,
    native: job.scrape_native_histograms === true,
    sampleSteps: steps,
    keeps: (series) => ofEachScrape.has(series) || passes.every((pass) => pass(series)),
    labelsOf: (page) => {
      // What a target and its page both name, the page's has to step aside, unless it wins.
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

const addedBy = (steps: readonly Loose[]): string[] =>
  textsOf(steps.map(({ target_label: label }) => label)).filter((label) => !label.startsWith('__'));

/** Whether a step lets series pass by their names; its pattern is made once. */
const passesOf = ({
  action,
  source_labels: labels,
  regex,
}: Loose): ((series: string) => boolean) => {
  if (action !== 'keep' && action !== 'drop') return () => true;
  if (`${listOf(labels)}` !== '__name__') return () => true;
  const names = namesIn(`${regex}`);
  if (names) return (series) => names.has(series) === (action === 'keep');
  const pattern = anchored(`${regex}`);
  return (series) => !pattern || pattern.test(series) === (action === 'keep');
};

// Of the largest jobs hundreds of names are kept, and thousands are held against them.
const namesIn = (pattern: string): ReadonlySet<string> | undefined =>
  /^[\w:|]+$/.test(pattern) ? new Set(pattern.split('|')) : undefined;

const catalogueOf = ({ job_name: name }: Loose, connections: Connections): string => {
  const page = pageOf(name, connections);
  if (page) return page.offer.catalogue ?? name;
  // Jobs of probes are of nobody's page: the prober makes their series.
  return /^probe(-|$)/.test(name) ? 'probe' : '';
};

const metricsOf = (job: Loose, connections: Connections): Job['metrics'] =>
  pageOf(job.job_name, connections)?.offer.declares ??
  findCatalogue(catalogueOf(job, connections))?.metrics;

const pageOf = (name: string, connections: Connections) =>
  connectionsFor(connections, 'metrics').find(
    ({ offer, provider }) => (offer.job ?? provider.party) === name,
  );
