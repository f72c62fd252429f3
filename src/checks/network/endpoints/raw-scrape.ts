import { type Connection, connectionsFor } from '../../../model/connection.js';
import { clientPort } from '../../../model/endpoint.js';
import type { PlainOffer } from '../../../model/offer.js';
import { suggest } from '../../../model/suggestion.js';
import type { ScrapeConfig } from '../../support/prometheus-file.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import { targetsOf } from './discovery.js';
import type { EndpointsFault } from './faults.js';
import type { Directory } from './resolve.js';
import { serviceFault } from './service-record.js';

/** The connections of native scrape jobs, by the name of the job. */
export const rawJobsOf = (connections: readonly Connection[]): Map<string, Connection[]> => {
  const jobs = new Map<string, Connection[]>();
  for (const one of connectionsFor(connections, 'raw-metrics')) {
    const name = `${one.offer.variant}`;
    jobs.set(name, [...(jobs.get(name) ?? []), one]);
  }
  return jobs;
};

/** Reports native scrape jobs that do not scrape exactly the declared targets. */
export const rawScrapeFaults = (
  jobs: readonly ScrapeConfig[],
  declared: ReadonlyMap<string, readonly Connection[]>,
  directory: Directory,
): EndpointsFault[] => {
  const names = jobs.map(({ job_name }) => `${job_name}`);
  return [...declared].flatMap(([name, connections]) => {
    const index = names.indexOf(name);
    if (index >= 0) {
      const path = `scrape_configs[${index}]`;
      return [
        ...faultsOf(jobs[index]!, path, connections),
        ...lookupFaults(jobs[index]!, path, connections, directory),
      ];
    }
    const suggestion = suggest(name, names);
    return [
      {
        path: 'scrape_configs',
        fault: 'missing-job',
        message: `Scrape job '${name}' is missing.`,
        value: name,
        remedy: 'Add the job.',
        ...(suggestion && { suggestion }),
      },
    ];
  });
};

const addressOf = ({ endpoint }: Connection): string => `${endpoint.host}:${clientPort(endpoint)}`;

const faultsOf = (
  job: ScrapeConfig,
  path: string,
  connections: readonly Connection[],
): EndpointsFault[] => {
  const declared = connections.map(addressOf);
  const login = loginOf(job);
  const proxies = proxiesOf(job);
  const direct = job.proxy_url && !job.no_proxy ? [] : addressesIn(job, declared);
  const found = [...direct, ...proxies];
  const listed = [...addressesIn({ ...job, relabel_configs: [] }, declared), ...found, ...login];
  const stray = [...new Set([...found, ...login])].filter((one) => !declared.includes(one));
  const lost = declared.filter((address) => !listed.includes(address));
  const [first] = connections;
  const said = {
    scheme: first?.endpoint.scheme,
    metrics_path: recordOf(first?.offer).path,
  } as const;
  return [
    ...(found.length > 0
      ? []
      : [
          {
            path,
            fault: 'no-target' as const,
          },
        ]),
    ...stray.map((value) => {
      const suggestion = suggest(value, declared);
      return {
        path,
        fault: 'undeclared-target' as const,
        value,
        remedy: `Use one of ${declared.join(', ')}.`,
        ...(suggestion && { suggestion }),
      };
    }),
    ...lost.map((value) => ({
      path,
      fault: 'unscraped-target' as const,
      value,
    })),
    ...(['scheme', 'metrics_path'] as const)
      .map((field) => [field, said[field]] as const)
      .filter(([field, value]) => job[field] !== value)
      .map(([field, value]) => ({
        path: `${path}.${field}`,
        fault: 'differs-from-declaration' as const,
        value: job[field] ?? 'nothing',
        remedy: `Set it to ${value}.`,
      })),
  ];
};

/** Names that DNS does not know as the job looks them up, as far as the declaration or shipped Services show. */
const lookupFaults = (
  { dns_sd_configs = [], proxy_url }: ScrapeConfig,
  path: string,
  connections: readonly Connection[],
  directory: Directory,
): EndpointsFault[] => {
  const declared = connections.flatMap(({ offer }) => (offer as PlainOffer).records ?? []);
  return dns_sd_configs.flatMap(({ names = [], type = 'SRV', port }, index) =>
    names.flatMap((name, place): EndpointsFault[] => {
      const at = `${path}.dns_sd_configs[${index}]`;
      if ((type === 'SRV') !== declared.includes(name)) {
        return [
          {
            path: `${at}.type`,
            fault: 'differs-from-declaration',
            value: type,
            remedy: `Set it to ${type === 'SRV' ? 'A, or another type that has no ports' : 'SRV'}.`,
          },
        ];
      }
      if (proxy_url) return [];
      const fault = serviceFault(name, type === 'SRV' ? undefined : port, directory);
      return fault ? [{ path: `${at}.names[${place}]`, value: name, ...fault }] : [];
    }),
  );
};

/** The addresses that a job scrapes. The ports of targets in SRV records are those that are declared. */
const addressesIn = (job: ScrapeConfig, declared: readonly string[]): string[] =>
  targetsOf(job, []).flatMap(({ __address__: address = '', __meta_dns_srv_record: records }) =>
    records
      ? declared.filter((one) => one.startsWith(`${records}:`))
      : /:\d+$/.test(address)
        ? address
        : `${address}:${job.scheme === 'https' ? 443 : 80}`,
  );

/** The proxies of a job and of its login. */
const proxiesOf = ({ proxy_url, oauth2 }: ScrapeConfig): string[] =>
  [...new Set([proxy_url, oauth2?.proxy_url])].flatMap((url) => (url ? serverOf(url) : []));

/** The token server of a job. */
const loginOf = ({ oauth2 }: ScrapeConfig): string[] =>
  oauth2?.proxy_url ? [] : serverOf(oauth2?.token_url ?? '');

/** The host and the port of a URL. */
const serverOf = (url: string): string[] => {
  if (!URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`];
};

/** A configuration without native scrape jobs, whose addresses are checked here. */
export const withoutRawJobs = (file: Untyped, raw: ReadonlyMap<string, unknown>): Untyped => ({
  ...recordOf(file),
  scrape_configs: listOf(recordOf(file).scrape_configs).map((job) =>
    raw.has(`${job.job_name}`) ? {} : job,
  ),
});
