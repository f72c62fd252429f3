import { authenticationConfig, tlsConfig } from '../model/client-config.js';
import type { Connection } from '../model/connection.js';
import { connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { MetricsOffer } from '../model/offer.js';
import type { Party } from '../model/party.js';
import type { RelabelStep, ScrapeJob } from '../model/scrape-job.js';
import type { Stored } from './keep.js';
import { limitsFor } from './limit.js';
import { targetsOf } from './targets.js';

/** The scrape jobs of a consumer's `metrics` connections, one each. */
export const scrapeJobs = (
  outgoing: readonly Connection[],
  stored: Stored = () => [],
): ScrapeJob[] =>
  connectionsFor(outgoing, 'metrics')
    .map((connection) => scrapeJob(connection, stored(jobOf(connection), connection.offer)))
    .sort((a, b) => (a.job_name < b.job_name ? -1 : 1));

/** The names of the jobs that a party's metrics pages are scraped as. */
export const declaredJobs = ({ name, endpoints }: Pick<Party, 'name' | 'endpoints'>): string[] =>
  Object.values(endpoints).flatMap(({ offers }) =>
    offers.flatMap((offer) => (offer.capability === 'metrics' ? [offer.job ?? name] : [])),
  );

/** Two metrics pages under one job name: Prometheus refuses such a configuration. */
export const duplicateJobs = (all: readonly Connection[]): Finding[] => {
  const connections = connectionsFor(all, 'metrics');
  const same = (a: MetricsConnection, b: MetricsConnection): boolean =>
    a.consumer.party === b.consumer.party && jobOf(a) === jobOf(b);
  return connections
    .filter((connection, index) => connections.findIndex((one) => same(one, connection)) !== index)
    .map((connection) => ({
      check: 'connections',
      severity: 'error',
      place: { path: `${connection.provider.party}.endpoints.${connection.endpointName}` },
      message: `Two metrics pages are scraped as job '${jobOf(connection)}'.`,
      value: connection.offer.path,
      remedy: `Give one of them a job of its own: metrics('${connection.offer.path}', { job: '…' }).`,
    }));
};

/** Jobs in Prometheus's own words under names that others have. */
export const takenJobs = (own: readonly string[], jobs: readonly string[]): Finding[] =>
  own.flatMap((name, index) =>
    jobs.includes(name)
      ? [
          {
            check: 'connections',
            severity: 'error',
            place: { path: `prometheus.scrapeConfigs[${index}].config.job_name` },
            message: 'Another job has this name.',
            value: name,
            remedy: 'Give it a name of its own.',
          },
        ]
      : [],
  );

type MetricsConnection = Connection<MetricsOffer>;

const jobOf = ({ offer, provider }: MetricsConnection): string => offer.job ?? provider.party;

const scrapeJob = (connection: MetricsConnection, stored: readonly RelabelStep[]): ScrapeJob => {
  const { endpoint, offer } = connection;
  const sampleSteps = [...stored, ...(offer.sampleRelabel ?? [])];
  return {
    job_name: jobOf(connection),
    scheme: endpoint.scheme === 'https' ? 'https' : 'http',
    metrics_path: offer.path,
    ...(offer.interval ? { scrape_interval: offer.interval } : {}),
    ...(offer.honorLabels ? { honor_labels: true } : {}),
    ...(offer.nameEscaping ? { metric_name_escaping_scheme: offer.nameEscaping } : {}),
    ...(offer.honorTimestamps === false ? { honor_timestamps: false } : {}),
    ...(offer.query
      ? {
          params: Object.fromEntries(
            Object.entries(offer.query).map(([key, value]) => [key, [value]]),
          ),
        }
      : {}),
    ...authenticationConfig(endpoint),
    ...tlsConfig(endpoint),
    // The classic buckets stay: dashboards and rules ask for them until every engine is native.
    ...(offer.nativeHistograms
      ? { scrape_native_histograms: true, always_scrape_classic_histograms: true }
      : {}),
    ...limitsFor(offer.sampleLimit ?? 50_000),
    ...targetsOf(connection, offer.about ?? 'itself'),
    ...(sampleSteps.length > 0 ? { metric_relabel_configs: sampleSteps } : {}),
  };
};
