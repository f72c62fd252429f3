import type { Connection, connectionsFor } from '../../../model/connection.js';
import { jobNameOf } from '../../../model/offer.js';
import { suggest } from '../../../model/suggestion.js';
import type { Labels } from '../../../schema/prometheus/relabelling.js';
import type { ScrapeConfig } from '../../support/prometheus-file.js';
import { clientOf, different, misled, type Simulation } from './declared.js';
import type { EndpointsFault } from './faults.js';

export type Scraped = ReturnType<typeof connectionsFor<'metrics', Connection>>[number];

/** The name of the job that scrapes a page. */
export const jobOf = ({ offer, provider }: Scraped): string => jobNameOf(offer, provider.party);

/** Whether the job of a page finds its targets, with the declared settings and labels. */
export const jobFaults = (
  jobs: readonly ScrapeConfig[],
  connection: Scraped,
  simulation: Simulation,
): EndpointsFault[] => {
  const index = jobs.findIndex(({ job_name }) => job_name === jobOf(connection));
  const job = jobs[index];
  if (!job) return [noJob(connection, jobs)];
  const { offer } = connection;
  const path = `scrape_configs[${index}]`;
  return [
    ...misled(path, job, connection, simulation),
    ...different(withoutKeepLists(job), path, {
      metrics_path: offer.path,
      scrape_interval: offer.interval,
      honor_labels: offer.honorLabels || undefined,
      honor_timestamps: offer.honorTimestamps === false ? false : undefined,
      metric_name_escaping_scheme: offer.nameEscaping,
      scrape_native_histograms: offer.nativeHistograms || undefined,
      params: offer.query
        ? Object.fromEntries(Object.entries(offer.query).map(([key, one]) => [key, [one]]))
        : undefined,
      metric_relabel_configs: offer.sampleRelabel,
      ...clientOf(connection),
    }),
    ...unlabelled(path, simulation.targets(job), connection),
    ...otherLabels(path, simulation.targets(job), connection),
  ];
};

// The queries determine which metrics are kept; other checks validate these steps.
const withoutKeepLists = (job: ScrapeConfig): ScrapeConfig => {
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
  const name = jobOf(connection);
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
