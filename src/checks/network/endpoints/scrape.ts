import { type Connection, connectionsFor } from '../../../model/connection.js';
import type { PodLocation } from '../../../model/location.js';
import { memoize } from '../../../model/memoize.js';
import { isAt } from '../../support/pod/template.js';
import type { PrometheusConfig } from '../../support/prometheus-file.js';
import { selects } from '../../support/selector.js';
import { alertFaults } from './alertmanager.js';
import type { Simulation } from './declared.js';
import {
  addressesOf,
  candidateAt,
  decoy,
  decoysFor,
  ended,
  expectedAt,
  targetsOf,
} from './discovery.js';
import type { EndpointsFault } from './faults.js';
import { probeFaults, unprobed } from './probe-job.js';
import { rawJobsOf, rawScrapeFaults } from './raw-scrape.js';
import { type Directory, portsOf } from './resolve.js';
import { jobFaults, scrapeOf, undeclaredJob } from './scrape-job.js';

/**
 * Whether Prometheus finds exactly the declared targets and Alertmanagers: service discovery and
 * relabelling of its configuration file are simulated.
 */
export const scrapeFaults = (
  file: PrometheusConfig,
  mine: readonly Connection[],
  directory: Directory,
): EndpointsFault[] => {
  const providers = [...new Set(mine.map(keyOf))];
  const addresses = (one: Connection) => addressesOf(providers.indexOf(keyOf(one)) + 1);
  const candidates = mine.flatMap((one) =>
    candidateAt(one, addresses(one), (place) => podsAt(place, directory)),
  );
  // A pod with several pages is one candidate.
  const places = [
    ...new Map(
      [...candidates, ...decoysFor(candidates)].map((one) => [JSON.stringify(one), one]),
    ).values(),
  ];
  const simulation: Simulation = {
    targets: memoize((entry) => targetsOf(entry, places)),
    expected: (one) => expectedAt(one, addresses(one)),
    allowed: (one) =>
      mine
        .filter((other) => keyOf(other) === keyOf(one) || selectsPodsOf(one, other, directory))
        .flatMap((other) => expectedAt(one, addresses(other))),
    nameAt: (address) => {
      const [, host = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
      if (host === ended) return 'a pod that has ended';
      if (host === decoy) return 'whatever else is there';
      const owner = mine.find((one) => addresses(one).includes(host as never));
      return owner ? `${owner.provider.party} on port ${port ?? 'none'}` : address;
    },
  };
  const jobs = file.scrape_configs ?? [];
  const metrics = connectionsFor(mine, 'metrics');
  const names = metrics.map(scrapeOf);
  const raw = rawJobsOf(mine);
  return [
    ...metrics.flatMap((connection) => jobFaults(jobs, connection, simulation)),
    ...rawScrapeFaults(jobs, raw, directory),
    ...jobs.flatMap((job, index) => {
      const { job_name = '', params } = job;
      if (names.includes(job_name) || raw.has(job_name)) return [];
      const probes = connectionsFor(mine, 'probes');
      return probes.length > 0 && params?.module
        ? probeFaults(job, `scrape_configs[${index}]`, probes, directory)
        : [undeclaredJob(job_name, index, names)];
    }),
    ...unprobed(jobs, connectionsFor(mine, 'probes'), directory),
    ...alertFaults(file.alerting?.alertmanagers ?? [], mine, simulation),
  ];
};

// Two parties can name the same pods.
const keyOf = ({ provider: { party, workload, location, own } }: Connection): string =>
  !own && location.kind === 'pods'
    ? JSON.stringify([location.namespace, Object.entries(location.labels).sort()])
    : `${party} ${workload}`;

/** Whether the labels of one party also select the pods of another, which is outside. */
const selectsPodsOf = (
  { provider: { location: one } }: Connection,
  { provider: { location: other, own } }: Connection,
  { templates }: Directory,
): boolean =>
  !own &&
  one.kind === 'pods' &&
  other.kind === 'pods' &&
  one.namespace === other.namespace &&
  (selects({ matchLabels: one.labels }, other.labels) ||
    templates.some((template) => isAt(template, one) && isAt(template, other)));

const podsAt = ({ namespace, labels }: PodLocation, { templates }: Directory) =>
  templates
    .filter((one) => one.namespace === namespace && selects({ matchLabels: labels }, one.labels))
    .map((one) => ({ labels: one.labels, ports: portsOf(one).map(({ port }) => port) }));
