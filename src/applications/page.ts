import type { Endpoint } from '../model/endpoint.js';
import type { Location } from '../model/location.js';
import { type MetricsOffer, metrics, type TargetDiscovery } from '../model/offer.js';
import type { Party } from '../model/party.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { present, verificationOf } from './client.js';
import type { Document } from './document.js';
import { type MonitorEndpoint, type MonitorSpec, nativePage } from './endpoint-schema.js';
import type { ClientServer, MonitorClient } from './monitor-client.js';

/** Pods or addresses that an endpoint of a monitor scrapes. */
export interface Group {
  /** Name of the workload. */
  readonly name: string;
  readonly location: Location;
  readonly port: number;
  /** The value of the `job` label, as far as it is known. */
  readonly job: string;
  readonly discovery: TargetDiscovery;
}

/** An endpoint of a monitor, with its groups of targets. */
export interface Page {
  readonly endpoint: MonitorEndpoint;
  readonly client: MonitorClient;
  /** The steps of the monitor. */
  readonly relabelings: readonly RelabelStep[];
  readonly groups: readonly Group[];
}

/** The party of a monitor: a workload for each group, an endpoint for each page of it. */
export const partyOf = (document: Document, spec: MonitorSpec, pages: readonly Page[]): Party => {
  const { kind, metadata } = document;
  const subject = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  const endpoints = pages.flatMap(({ endpoint, client, relabelings, groups }, index) =>
    groups.map((group): Endpoint => {
      const scrapeJob = [
        subject,
        group.discovery.target.__meta_kubernetes_namespace,
        metadata.name,
        index,
        ...(groups.length > 1 ? [group.name] : []),
      ].join('/');
      return {
        port: group.port,
        workload: group.name,
        ...verificationOf(endpoint, `${kind} ${metadata.name}`),
        offers: [offerOf(endpoint, client, relabelings, spec, group, scrapeJob)],
      };
    }),
  );
  const groups = pages.flatMap((page) => page.groups);
  const servers = distinctServers(pages);
  return {
    name: metadata.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-|-$/g, ''),
    workloads: Object.fromEntries([
      ...groups.map(({ name, location }) => [name, location]),
      ...servers.map(([key, { location }]) => [key, location]),
    ]),
    endpoints: Object.fromEntries([
      ...endpoints.map((one, index) => [index === 0 ? 'metrics' : `metrics-${index}`, one]),
      ...servers.map(([key, { endpoint }]) => [key, { ...endpoint, workload: key }]),
    ]),
    consumes: [],
    declaration: { ...document.at(), path: `${kind} ${metadata.name}` },
  };
};

/** The proxies and token servers of all pages, by the names of their workloads. */
const distinctServers = (pages: readonly Page[]): (readonly [string, ClientServer])[] => {
  const all = pages.flatMap(({ client }) => client.servers);
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()].map((one, index) => [`server-${index + 1}`, one]);
};

const offerOf = (
  endpoint: MonitorEndpoint,
  client: MonitorClient,
  relabelings: readonly RelabelStep[],
  spec: MonitorSpec,
  { job, discovery }: Group,
  scrapeJob: string,
): MetricsOffer => {
  const native = {
    ...client.native,
    ...nativePage(spec),
    ...bodyLimit(spec),
    ...present({ track_timestamps_staleness: endpoint.trackTimestampsStaleness }),
  };
  const steps = endpoint.metricRelabelings ?? [];
  return metrics(endpoint.path || '/metrics', {
    job: constantJob(relabelings) ?? job,
    scrapeJob,
    // The metrics of this job are not those of a component with the same name.
    catalogue: scrapeJob,
    ...present({
      interval: endpoint.interval,
      timeout: endpoint.scrapeTimeout,
      fallbackProtocol: spec.fallbackScrapeProtocol,
      honorLabels: endpoint.honorLabels || undefined,
      honorTimestamps: endpoint.honorTimestamps === false ? false : undefined,
      sampleLimit: spec.sampleLimit || undefined,
      query: endpoint.params,
      targetRelabel: relabelings.length > 0 ? relabelings : undefined,
      sampleRelabel: steps.length > 0 ? steps : undefined,
      native: Object.keys(native).length > 0 ? native : undefined,
    }),
    discovery: { ...discovery, ...(spec.attachMetadata?.node && { attachNode: true }) },
  });
};

// The limit of samples counts those that relabelling leaves; the page can be much larger.
const bodyLimit = ({ sampleLimit = 0, bodySizeLimit }: MonitorSpec): Record<string, unknown> =>
  sampleLimit > 0 && bodySizeLimit === undefined ? { body_size_limit: '20MB' } : {};

/** The value of the `job` label that the steps set for all targets. */
const constantJob = (steps: readonly RelabelStep[]): string | undefined =>
  steps.findLast(
    ({ target_label, source_labels, regex, replacement, action }) =>
      target_label === 'job' && !source_labels && !regex && !action && !replacement?.includes('$'),
  )?.replacement;
