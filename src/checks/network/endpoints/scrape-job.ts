import type { Connection, connectionsFor } from '../../../model/connection.js';
import { scrapeJobOf } from '../../../model/offer.js';
import { withFiles } from '../../../model/secret-file.js';
import { suggest } from '../../../model/suggestion.js';
import type { Labels } from '../../../schema/prometheus/relabelling.js';
import type { ScrapeConfig } from '../../support/prometheus-file.js';
import { recordOf } from '../../support/untyped.js';
import { clientOf, different, misled, type Simulation } from './declared.js';
import type { EndpointsFault } from './faults.js';

export type Scraped = ReturnType<typeof connectionsFor<'metrics', Connection>>[number];

/** The name of the job that scrapes a page. */
export const scrapeOf = ({ offer, provider }: Scraped): string =>
  scrapeJobOf(offer, provider.party);

/** Whether the job of a page finds its targets, with the declared settings and labels. */
export const jobFaults = (
  jobs: readonly ScrapeConfig[],
  connection: Scraped,
  simulation: Simulation,
): EndpointsFault[] => {
  const index = jobs.findIndex(({ job_name }) => job_name === scrapeOf(connection));
  const written = jobs[index];
  if (!written) return [noJob(connection, jobs)];
  const { offer } = connection;
  const path = `scrape_configs[${index}]`;
  const { job, last } = withoutLast(written, offer.targetRelabel?.length ?? 0);
  return [
    ...different({ relabel_configs: last }, path, { relabel_configs: offer.targetRelabel ?? [] }),
    ...misled(path, job, connection, simulation),
    ...different(withoutKeepLists(job), path, {
      metrics_path: offer.path,
      scrape_interval: offer.interval,
      scrape_timeout: offer.timeout,
      fallback_scrape_protocol: offer.fallbackProtocol,
      honor_labels: offer.honorLabels || undefined,
      honor_timestamps: offer.honorTimestamps === false ? false : undefined,
      metric_name_escaping_scheme: offer.nameEscaping,
      scrape_native_histograms: offer.nativeHistograms || undefined,
      params: offer.query
        ? Object.fromEntries(Object.entries(offer.query).map(([key, one]) => [key, [one].flat()]))
        : undefined,
      metric_relabel_configs: withoutKeepLists({ metric_relabel_configs: offer.sampleRelabel })
        .metric_relabel_configs,
      ...clientOf(connection),
      ...recordOf(withFiles(offer.native)),
    }),
    ...unlabelled(path, simulation.targets(job), connection),
    ...otherLabels(path, simulation.targets(job), connection),
  ];
};

/** The last steps of a job, which its declaration has, and the job without them. */
const withoutLast = (written: ScrapeConfig, count: number) => {
  const steps = written.relabel_configs ?? [];
  const first = steps.slice(0, steps.length - count);
  return { job: { ...written, relabel_configs: first }, last: steps.slice(first.length) };
};

// The queries determine which metrics are kept; other checks validate these steps.
const withoutKeepLists = <T extends Pick<ScrapeConfig, 'metric_relabel_configs'>>(job: T): T => {
  const steps = (job.metric_relabel_configs ?? []).filter(
    ({ action = '', source_labels }) =>
      !['keep', 'drop'].includes(action) || `${source_labels}` !== '__name__',
  );
  return { ...job, metric_relabel_configs: steps.length > 0 ? steps : undefined };
};

/** Missing labels that distinguish the series of one target from those of another. */
const unlabelled = (
  path: string,
  targets: readonly Labels[],
  { offer, provider: { location } }: Scraped,
): EndpointsFault[] => {
  const about = offer.about ?? 'itself';
  // Its declaration decides about all labels.
  if (offer.discovery ?? offer.targetRelabel) return [];
  if (location.kind === 'addresses' || about === 'cluster') return [];
  const needed =
    about === 'itself' && location.kind === 'pods' ? ['namespace', 'pod', 'node'] : ['node'];
  const lacking = needed.filter((label) => targets.some((one) => !one[label]));
  return lacking.map((label) => ({
    path: `${path}.relabel_configs`,
    fault: 'no-target-label',
    message: `The targets have no label '${label}'.`,
    value: label,
  }));
};

/** Declared labels that are missing, or that have another value. */
const otherLabels = (
  path: string,
  targets: readonly Labels[],
  { offer }: Scraped,
): EndpointsFault[] =>
  Object.entries(offer.labels ?? {}).flatMap(([label, value]) => {
    const other = targets.find((one) => one[label] !== value);
    if (!other) return [];
    return [
      {
        path: `${path}.relabel_configs`,
        fault: 'differs-from-declaration' as const,
        message: `The label '${label}' of its targets differs from the declaration.`,
        value: other[label] ?? 'nothing',
        remedy: `Add a step with target_label ${label} and replacement ${value}.`,
      },
    ];
  });

const noJob = (connection: Scraped, jobs: readonly ScrapeConfig[]): EndpointsFault => {
  const name = scrapeOf(connection);
  const suggestion = suggest(
    name,
    jobs.map(({ job_name }) => `${job_name}`),
  );
  return {
    path: 'scrape_configs',
    fault: 'missing-job',
    message: `Scrape job '${name}' of ${connection.provider.party} is missing.`,
    value: name,
    ...(suggestion && { suggestion }),
  };
};

/** The fault of a job that no connection declares. */
export const undeclaredJob = (
  name: string,
  index: number,
  names: readonly string[],
): EndpointsFault => {
  const suggestion = suggest(name, names);
  return {
    path: `scrape_configs[${index}].job_name`,
    fault: 'undeclared-job',
    value: name,
    remedy: `Use one of ${names.join(', ')}, or declare a party that offers these metrics.`,
    ...(suggestion && { suggestion }),
  };
};
