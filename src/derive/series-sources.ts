import { findCatalogue } from '../catalogues/catalogue.js';
import { type Connection, connectionsFor } from '../model/connection.js';
import { jobNameOf } from '../model/offer.js';
import type { RelabelStep } from '../model/scrape-job.js';

/** A scrape job, and what is known about its series. */
export interface SeriesSource {
  /** The label `job` of its series. */
  readonly job: string;
  /** Whether its series can have another job: it scrapes a Pushgateway or another Prometheus. */
  readonly renames: boolean;
  /** By the name of their family. @default - it does not declare them */
  readonly metrics?: Readonly<Record<string, unknown>>;
}

/** A native scrape configuration. */
interface NativeJob {
  readonly job_name: string;
  readonly honor_labels?: boolean;
}

/** The sources of all series: metrics pages, probes, results of load tests, and native scrape configurations. */
export const seriesSources = (
  connections: readonly Connection[],
  jobs: readonly string[],
  native: readonly NativeJob[],
): SeriesSource[] => {
  const pages = connectionsFor(connections, 'metrics').map(({ offer, provider }): SeriesSource => {
    const job = jobNameOf(offer, provider.party);
    const metrics = offer.declares ?? findCatalogue(offer.catalogue ?? job)?.metrics;
    const renames =
      (offer.honorLabels === true && !metrics) ||
      setsJob(offer.sampleRelabel) ||
      setsJob(offer.targetRelabel) ||
      offer.discovery?.variesJob === true;
    return { job, renames, metrics };
  });
  const named = new Set([...pages.map(({ job }) => job), ...native.map((one) => one.job_name)]);
  return [
    ...pages,
    ...jobs
      .filter((job) => !named.has(job))
      .map((job) => ({ job, renames: false, metrics: findCatalogue('probe')?.metrics })),
    ...connectionsFor(connections, 'otlp-metrics')
      .filter(({ consumer }) => !consumer.own)
      .map(({ consumer, consumption: { job = consumer.party, declares } }) => ({
        job,
        renames: false,
        ...(declares && { metrics: declares }),
      })),
    ...(connections.some(({ capability }) => capability === 'results')
      ? [{ job: '', renames: false, metrics: findCatalogue('k6')?.metrics }]
      : []),
    // Their labels and relabelling can set any job.
    ...native.map(({ job_name: job }) => ({ job, renames: true })),
  ];
};

const setsJob = (steps: readonly RelabelStep[] = []): boolean =>
  steps.some((step) => step.target_label === 'job');
