import { authenticationConfig, tlsConfig } from '../model/client-config.js';
import type { Connection } from '../model/connection.js';
import { connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import { jobNameOf, type MetricsOffer, scrapeJobOf } from '../model/offer.js';
import type { Party } from '../model/party.js';
import type { RelabelStep, ScrapeJob } from '../model/scrape-job.js';
import { withFiles } from '../model/secret-file.js';
import { connectionFinding } from './faults.js';
import { type Kept, stored } from './keep.js';
import { limitsFor } from './limit.js';
import { targetsOf } from './targets.js';

/** The scrape jobs of a consumer's `metrics` connections, one for each. */
export const scrapeJobs = (
  outgoing: readonly Connection[],
  kept: Kept = () => 'all',
): ScrapeJob[] =>
  connectionsFor(outgoing, 'metrics')
    .map((connection) => scrapeJob(connection, stored(kept(jobOf(connection), connection.offer))))
    .sort((a, b) => (a.job_name < b.job_name ? -1 : 1));

/** The names of the scrape jobs of a party's metrics pages. */
export const declaredJobs = ({ name, endpoints }: Pick<Party, 'name' | 'endpoints'>): string[] =>
  Object.values(endpoints).flatMap(({ offers }) =>
    offers.flatMap((offer) => (offer.capability === 'metrics' ? [jobNameOf(offer, name)] : [])),
  );

/**
 * Metrics pages with the name of another job, among them the jobs of `probes`: Prometheus rejects such a
 * configuration. Parties with the same name are another fault.
 */
export const duplicateJobs = (
  all: readonly Connection[],
  parties: readonly Pick<Party, 'name' | 'declaration'>[] = [],
  probes: readonly string[] = [],
): Finding[] => {
  const connections = connectionsFor(all, 'metrics');
  const same = (a: MetricsConnection, b: MetricsConnection): boolean =>
    a.consumer.party === b.consumer.party && scrapeOf(a) === scrapeOf(b);
  return connections
    .filter(
      (connection, index) =>
        probes.includes(scrapeOf(connection)) ||
        connections.findIndex((one) => same(one, connection)) !== index,
    )
    .flatMap((connection): Finding[] => {
      const { provider, endpointName, offer } = connection;
      const owners = parties.filter(({ name }) => name === provider.party);
      if (owners.length > 1) return [];
      const job = scrapeOf(connection);
      return [
        connectionFinding({
          fault: 'duplicate-job',
          // The job of an application has its name.
          ...(owners[0]?.declaration?.options?.name
            ? {
                place: { path: `${provider.party}.name` },
                message: `Another scrape job is named '${job}'.`,
                value: job,
                remedy: 'Rename the application: its scrape job has its name.',
              }
            : {
                place: { path: `${provider.party}.endpoints.${endpointName}` },
                message: `Two metrics pages have the scrape job '${job}'.`,
                value: offer.path,
                remedy: `Give one of them its own job: metrics('${offer.path}', { job: '…' }).`,
              }),
        }),
      ];
    });
};

/** Native scrape configs with the name of another job. */
export const takenJobs = (own: readonly string[], jobs: readonly string[]): Finding[] =>
  own.flatMap((name, index) =>
    jobs.includes(name)
      ? [
          connectionFinding({
            fault: 'duplicate-job',
            place: { path: `prometheus.scrapeConfigs[${index}].config.job_name` },
            message: 'Another scrape job has this name.',
            value: name,
            remedy: 'Remove it if this job scrapes the same targets, or use another name.',
          }),
        ]
      : [],
  );

type MetricsConnection = Connection<MetricsOffer>;

const jobOf = ({ offer, provider }: MetricsConnection): string => jobNameOf(offer, provider.party);

const scrapeOf = ({ offer, provider }: MetricsConnection): string =>
  scrapeJobOf(offer, provider.party);

const scrapeJob = (connection: MetricsConnection, keepSteps: readonly RelabelStep[]): ScrapeJob => {
  const { endpoint, offer } = connection;
  const targets = targetsOf(connection, offer.about ?? 'itself', offer.labels);
  const targetSteps = [
    ...(targets.relabel_configs ?? []),
    // Steps of a discovery set the label themselves.
    ...(offer.scrapeJob && !offer.discovery
      ? [{ target_label: 'job', replacement: jobOf(connection).replaceAll('$', '$$$$') }]
      : []),
    ...(offer.targetRelabel ?? []),
  ];
  const sampleSteps = [...keepSteps, ...(offer.sampleRelabel ?? [])];
  return {
    job_name: scrapeOf(connection),
    scheme: endpoint.scheme === 'https' ? 'https' : 'http',
    metrics_path: offer.path,
    ...(offer.interval ? { scrape_interval: offer.interval } : {}),
    ...(offer.timeout ? { scrape_timeout: offer.timeout } : {}),
    ...(offer.fallbackProtocol ? { fallback_scrape_protocol: offer.fallbackProtocol } : {}),
    ...(offer.honorLabels ? { honor_labels: true } : {}),
    ...(offer.nameEscaping ? { metric_name_escaping_scheme: offer.nameEscaping } : {}),
    ...(offer.honorTimestamps === false ? { honor_timestamps: false } : {}),
    ...(offer.query ? { params: paramsOf(offer.query) } : {}),
    ...authenticationConfig(endpoint),
    ...tlsConfig(endpoint),
    // Keep the classic buckets: dashboards and rules use them until every engine has native histograms.
    ...(offer.nativeHistograms
      ? { scrape_native_histograms: true, always_scrape_classic_histograms: true }
      : {}),
    ...limitsFor(offer.sampleLimit ?? 50_000),
    ...(withFiles(offer.native ?? {}) as object),
    ...targets,
    ...(targetSteps.length > 0 ? { relabel_configs: targetSteps } : {}),
    ...(sampleSteps.length > 0 ? { metric_relabel_configs: sampleSteps } : {}),
  };
};

const paramsOf = (query: NonNullable<MetricsOffer['query']>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, typeof value === 'string' ? [value] : value]),
  );
