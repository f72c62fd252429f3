import { type ScrapeConfig, scrapeConfig as schema } from '../config/scrape-config.js';
import type { Server } from '../config/server.js';
import type { FoundFault } from '../model/fault.js';
import type { Finding } from '../model/finding.js';
import type { Location } from '../model/location.js';
import type { ValueFault } from '../schema/fault.js';
import { validateValue } from '../schema/validate-value.js';
import type { Document } from './document.js';
import { applicationFinding } from './faults.js';
import type { Objects } from './object.js';
import { serverPlace } from './server-place.js';

/** The servers of a job, by the option with their place. */
type Servers = Readonly<
  Record<'at' | 'loginAt' | 'proxyAt', readonly Pick<Server, 'host' | 'port'>[]>
>;

/** A job as in `prometheus.scrapeConfigs`, or the reasons why it is rejected. */
export const nativeJob = (
  value: { readonly config: object; readonly unverified?: string },
  servers: Servers,
  { document, objects }: { readonly document: Document; readonly objects: Objects },
  /** The path in the object of a path in the job. */
  pathOf: (path: string) => string,
): { readonly job?: ScrapeConfig; readonly findings: readonly Finding[] } => {
  const places = Object.entries(servers).map(([option, all]) => {
    const found = all.map(({ host = '', port }) => ({
      address: `${host}:${port}`,
      place: serverPlace(host, port, document, objects),
      port,
    }));
    return { option, found, location: samePods(found.map(({ place }) => place?.location)) };
  });
  const mapped = places.flatMap(({ found, location }) =>
    location
      ? found.flatMap(({ address, place, port }) =>
          place && place.port !== port ? [[address, place.port] as const] : [],
        )
      : [],
  );
  const { data: job, faults } = validateValue(
    schema,
    {
      ...value,
      ...Object.fromEntries(
        places.flatMap(({ option, location }) => (location ? [[option, location]] : [])),
      ),
      ...(mapped.length > 0 && { podPorts: Object.fromEntries(mapped) }),
    },
    '',
  );
  return {
    ...(job && { job }),
    findings: faults.map((fault) => findingOf(fault, document, pathOf)),
  };
};

const findingOf = (
  { place: { path = '' }, ...fault }: FoundFault<ValueFault>,
  document: Document,
  pathOf: (path: string) => string,
): Finding => {
  const place = document.at(pathOf(path));
  const { value } = fault;
  if (path === 'at') {
    const message = 'A target is in the cluster, and its pods are unknown.';
    const remedy =
      'Add the Service of the target as YAML to applications/, or use a ServiceMonitor.';
    return applicationFinding({ ...fault, fault: 'no-service', place, message, remedy });
  }
  return path === 'loginAt' || path === 'proxyAt'
    ? applicationFinding({ fault: 'unknown-server', place, value })
    : applicationFinding({ ...fault, place });
};

/** The pods of all servers, if they are of one Service. */
const samePods = (all: readonly (Location | undefined)[]): Location | undefined => {
  const [first, ...others] = all;
  if (first?.kind !== 'pods') return undefined;
  return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined;
};
