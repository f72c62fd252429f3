import { authenticationConfig, tlsConfig } from '../../model/client-config.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import type { PodLocation } from '../../model/location.js';
import { suggest } from '../../model/suggestion.js';
import { selects } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import {
  addressesOf,
  candidateAt,
  decoy,
  decoysFor,
  ended,
  expectedAt,
  targetsOf,
} from './discovery.js';
import { rawJobsOf, rawScrapeFaults } from './raw-scrape.js';
import type { Labels } from './relabel.js';
import { type Directory, portsOf, resolve } from './resolve.js';

/**
 * Whether Prometheus, by the configuration as written, finds what it is declared to scrape and to
 * send alerts to, there and nowhere else: service discovery and relabelling are simulated.
 */
export const scrapeFaults = (
  file: Loose,
  mine: readonly Connection[],
  directory: Directory,
): Fault[] => {
  const providers = [...new Set(mine.map(keyOf))];
  const addresses = (one: Connection) => addressesOf(providers.indexOf(keyOf(one)) + 1);
  const candidates = mine.flatMap((one) =>
    candidateAt(one, addresses(one), (place) => podsAt(place, directory)),
  );
  // One pod offers several pages: it is found once.
  const places = [
    ...new Map(
      [...candidates, ...decoysFor(candidates)].map((one) => [JSON.stringify(one), one]),
    ).values(),
  ];
  const finding: Finding = {
    targets: (entry) => targetsOf(entry, places),
    expected: (one) => expectedAt(one, addresses(one)),
    nameAt: (address) => {
      const [, host = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
      if (host === ended) return 'a pod that has ended';
      if (host === decoy) return 'whatever else is there';
      const owner = mine.find((one) => addresses(one).includes(host as never));
      return owner ? `${owner.provider.party} on port ${port ?? 'none'}` : address;
    },
  };
  const jobs = listOf(file.scrape_configs);
  const metrics = connectionsFor(mine, 'metrics');
  const names = metrics.map(jobOf);
  const raw = rawJobsOf(mine);
  return [
    ...metrics.flatMap((connection) => {
      const index = jobs.findIndex(({ job_name }) => job_name === jobOf(connection));
      if (index < 0) return [noJob(connection, jobs)];
      const { offer } = connection;
      const path = `scrape_configs[${index}]`;
      return [
        ...misled(path, jobs[index], connection, finding),
        ...different(withoutKeepLists(jobs[index]), path, {
          scheme: schemeOf(connection),
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
        ...unlabelled(path, finding.targets(jobs[index]), connection),
      ];
    }),
    ...rawScrapeFaults(jobs, raw),
    ...jobs.flatMap((job, index) => {
      if (names.includes(job.job_name) || raw.has(job.job_name)) return [];
      const probes = connectionsFor(mine, 'probes');
      return probes.length > 0 && recordOf(job.params).module
        ? probeFaults(job, `scrape_configs[${index}]`, probes, directory)
        : [undeclaredJob(`${job.job_name}`, index, names)];
    }),
    ...unasked(jobs, connectionsFor(mine, 'probes'), directory),
    ...alertFaults(listOf(recordOf(file.alerting).alertmanagers), mine, finding),
  ];
};

/** What Prometheus finds by an entry, and what it should find. */
interface Finding {
  readonly targets: (entry: Loose) => Labels[];
  readonly expected: (connection: Connection) => string[];
  /** Whose address it is. */
  readonly nameAt: (address: string) => string;
}

const keyOf = ({ provider: { party, workload } }: Connection): string => `${party} ${workload}`;

type Scraped = ReturnType<typeof connectionsFor<'metrics', Connection>>[number];

const jobOf = ({ offer, provider }: Scraped): string => offer.job ?? provider.party;

const schemeOf = ({ endpoint }: Connection): string =>
  endpoint.scheme === 'https' ? 'https' : 'http';

const clientOf = ({ endpoint }: Connection) => {
  const none = { authorization: undefined, basic_auth: undefined, tls_config: undefined };
  return { ...none, ...authenticationConfig(endpoint), ...tlsConfig(endpoint) };
};

const podsAt = ({ namespace, labels }: PodLocation, { templates }: Directory) =>
  templates
    .filter((one) => one.namespace === namespace && selects({ matchLabels: labels }, one.labels))
    .map((one) => ({ labels: one.labels, ports: portsOf(one).map(({ port }) => port) }));

/** Whether a job has a prober ask its targets, and tells them apart. */
const probeFaults = (
  job: Loose,
  path: string,
  probes: readonly Connection[],
  directory: Directory,
): Fault[] => {
  const asked = listOf(job.static_configs).flatMap(({ targets }) => listOf(targets));
  const found = targetsOf(job, []);
  const isAsked = (target: string): boolean =>
    found.some(
      ({ __param_target, __address__, instance }) =>
        __param_target === target &&
        instance === target &&
        probes.some((one) => leadsTo(`${__address__}`, one, directory)),
    );
  const lost = asked.filter((target) => !isAsked(`${target}`));
  return [
    ...lost.map((target) => ({
      path: `${path}.relabel_configs`,
      message: `It does not have ${probes.map(({ provider }) => provider.party).join(' or ')} ask this target, under its name.`,
      value: target,
      remedy:
        'Copy __address__ to __param_target, that to instance, and set __address__ to the prober.',
    })),
    ...found
      .filter(({ service }) => !service)
      .map(({ __param_target }) => ({
        path: `${path}.static_configs`,
        message: "The target gets no label 'service'.",
        value: __param_target,
        why: 'Rules and dashboards tell pages apart by it.',
        remedy: 'Name the workload in its labels.',
      })),
    ...probes
      .slice(0, 1)
      .flatMap(({ offer }) =>
        different(job, path, { metrics_path: 'path' in offer ? offer.path : undefined }),
      ),
  ];
};

/** Pages whose health a prober is declared to ask for, and that no job has it ask. */
const unasked = (
  jobs: readonly Loose[],
  probes: readonly Connection[],
  directory: Directory,
): Fault[] => {
  const asked = jobs.flatMap(({ static_configs }) =>
    listOf(static_configs).flatMap(({ targets }) => listOf(targets)),
  );
  return connectionsFor(directory.connections, 'health')
    .filter(({ consumer }) => probes.some(({ provider }) => provider.party === consumer.party))
    .filter((page) => !asked.some((target) => isPage(`${target}`, page, directory)))
    .map(({ provider, endpoint, offer }) => ({
      path: 'scrape_configs',
      message: `The page of ${provider.party} is not asked.`,
      value: `port ${endpoint.port}, ${offer.ready ?? offer.live}`,
      why: 'It is declared that its health is.',
      remedy: 'Add the target.',
    }));
};

const isPage = (
  target: string,
  page: ReturnType<typeof connectionsFor<'health', Connection>>[number],
  directory: Directory,
): boolean => {
  const [, address = '', rest = ''] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(target) ?? [];
  return rest === (page.offer.ready ?? page.offer.live) && leadsTo(address, page, directory);
};

const leadsTo = (address: string, { provider, endpoint }: Connection, directory: Directory) => {
  const [, host = '', port] = /^(.*):(\d+)$/.exec(address) ?? [];
  const target = resolve(
    { path: '', value: address, host, port: Number(port), listens: false },
    directory,
  );
  if ('message' in target || target.port !== endpoint.port) return false;
  const { location } = provider;
  return target.template && location.kind === 'pods'
    ? selects({ matchLabels: location.labels }, target.template.labels)
    : endpoint.host === host;
};

const alertFaults = (
  entries: readonly Loose[],
  mine: readonly Connection[],
  finding: Finding,
): Fault[] =>
  connectionsFor(mine, 'alerts').flatMap((connection) => {
    const expected = finding.expected(connection);
    const index = entries.findIndex((entry) => {
      const found = finding.targets(entry);
      return expected.every((address) => found.some(({ __address__ }) => __address__ === address));
    });
    const path = `alerting.alertmanagers[${index}]`;
    const { path: prefix } = connection.offer as { path?: string };
    if (index >= 0) {
      return [
        ...misled(path, entries[index], connection, finding),
        ...different(entries[index], path, {
          scheme: schemeOf(connection),
          path_prefix: prefix || undefined,
          ...clientOf(connection),
        }),
      ];
    }
    return [
      {
        path: 'alerting.alertmanagers',
        message: `No entry finds ${connection.provider.party}, to which alerts are declared to go.`,
        value: `port ${connection.endpoint.port}`,
        remedy: 'Discover its pods, and set their address to this port.',
      },
    ];
  });

/** What an entry finds beside what it is for, or misses of it. */
const misled = (
  path: string,
  entry: Loose,
  connection: Connection,
  { targets, expected: expectedOf, nameAt }: Finding,
): Fault[] => {
  const { provider, endpoint } = connection;
  const everywhere = listOf(entry.kubernetes_sd_configs).findIndex(
    ({ role, namespaces }) => role !== 'node' && listOf(recordOf(namespaces).names).length === 0,
  );
  if (everywhere >= 0) {
    return [
      {
        path: `${path}.kubernetes_sd_configs[${everywhere}]`,
        message: 'It discovers in all namespaces.',
        why: 'Prometheus may list only in those that a Role names, and finds nothing at all then.',
        remedy: `Name the namespace of ${provider.party}.`,
      },
    ];
  }
  const expected = expectedOf(connection);
  const found = targets(entry).map(({ __address__ }) => `${__address__}`);
  const stray = [...new Set(found.filter((one) => !expected.includes(one)).map(nameAt))];
  if (stray.length === 0 && expected.every((one) => found.includes(one))) return [];
  return [
    {
      path,
      message: `It does not find ${provider.party} on port ${endpoint.port} alone.`,
      value: stray.length > 0 ? `finds ${stray.join(', ')}` : 'does not find it at every address',
      why: 'Service discovery and relabelling are simulated as written, for both address families.',
      remedy: `Discover ${provider.party} alone, and set __address__ to its port ${endpoint.port}.`,
    },
  ];
};

// Which metrics are kept follows from the queries, and other checks hold it.
const withoutKeepLists = (job: Loose): Loose => {
  const steps = listOf(job.metric_relabel_configs).filter(
    ({ action, source_labels }) =>
      !['keep', 'drop'].includes(action) || `${source_labels}` !== '__name__',
  );
  return { ...job, metric_relabel_configs: steps.length > 0 ? steps : undefined };
};

/** Labels of the target that its series are told apart by. */
const unlabelled = (
  path: string,
  targets: readonly Labels[],
  { offer, provider: { location } }: Scraped,
): Fault[] => {
  const about = offer.about ?? 'itself';
  if (location.kind === 'addresses' || about === 'cluster') return [];
  const needed =
    about === 'itself' && location.kind === 'pods' ? ['namespace', 'pod', 'node'] : ['node'];
  const lacking = needed.filter((label) => targets.some((one) => !one[label]));
  return lacking.map((label) => ({
    path: `${path}.relabel_configs`,
    message: `Its targets get no label '${label}'.`,
    value: label,
    why: 'Rules and dashboards tell targets apart by it.',
    remedy: `Copy it from the __meta_kubernetes_… label of the target.`,
  }));
};

/** Where a job says something else than the declaration of what it scrapes. */
const different = (
  entry: Loose,
  path: string,
  declared: Readonly<Record<string, unknown>>,
): Fault[] =>
  Object.entries(declared)
    .filter(([key, value]) => !same(entry[key], value))
    .map(([key, value]) => ({
      path: `${path}.${key}`,
      message: 'It is declared otherwise.',
      value: entry[key] ?? 'nothing',
      remedy:
        value === undefined
          ? 'Take it out.'
          : `Set it to ${typeof value === 'string' ? value : JSON.stringify(value)}.`,
    }));

const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [recordOrList(a), recordOrList(b)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
};

const recordOrList = (value: object): Readonly<Record<string, unknown>> =>
  Array.isArray(value) ? { ...value, length: value.length } : { ...value };

const noJob = (connection: Scraped, jobs: readonly Loose[]): Fault => {
  const name = jobOf(connection);
  const suggestion = suggest(
    name,
    jobs.map(({ job_name }) => `${job_name}`),
  );
  return {
    path: 'scrape_configs',
    message: `No job '${name}' scrapes ${connection.provider.party}, which is declared to be scraped.`,
    value: name,
    remedy: 'Add the job.',
    ...(suggestion && { suggestion }),
  };
};

const undeclaredJob = (name: string, index: number, names: readonly string[]): Fault => {
  const suggestion = suggest(name, names);
  return {
    path: `scrape_configs[${index}].job_name`,
    message: 'No party is declared that offers the metrics of this job.',
    value: name,
    remedy: `The declared jobs are ${names.join(', ')}.`,
    ...(suggestion && { suggestion }),
  };
};
