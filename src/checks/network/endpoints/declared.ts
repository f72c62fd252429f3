import { authenticationConfig, tlsConfig } from '../../../model/client-config.js';
import type { Connection } from '../../../model/connection.js';
import type { Labels } from '../../../schema/prometheus/relabelling.js';
import type { AlertmanagerConfig, ScrapeConfig } from '../../support/prometheus-file.js';
import type { EndpointsFault } from './faults.js';

/** An entry of a configuration that finds targets. */
export type Entry = ScrapeConfig | AlertmanagerConfig;

/** The targets that Prometheus finds for an entry, and those that it should find. */
export interface Simulation {
  readonly targets: (entry: Entry) => Labels[];
  /** The addresses that it must find. */
  readonly expected: (connection: Connection) => string[];
  /** All addresses that it may find: also those of other parties whose pods the same selector matches. */
  readonly allowed: (connection: Connection) => string[];
  /** The party or pod that has an address. */
  readonly nameAt: (address: string) => string;
}

/** The settings of the client that follow from the endpoint of a connection. */
export const clientOf = ({ endpoint }: Connection) => ({
  scheme: endpoint.scheme === 'https' ? 'https' : 'http',
  authorization: undefined,
  basic_auth: undefined,
  tls_config: undefined,
  ...authenticationConfig(endpoint),
  ...tlsConfig(endpoint),
});

/** Targets that an entry should not find, or does not find. */
export const misled = (
  path: string,
  entry: Entry,
  connection: Connection,
  { targets, expected: expectedOf, allowed: allowedOf, nameAt }: Simulation,
): EndpointsFault[] => {
  const { provider, endpoint } = connection;
  const everywhere = (entry.kubernetes_sd_configs ?? []).findIndex(
    ({ role, namespaces }) => role !== 'node' && (namespaces?.names ?? []).length === 0,
  );
  if (everywhere >= 0) {
    return [
      {
        path: `${path}.kubernetes_sd_configs[${everywhere}]`,
        fault: 'all-namespaces',
        remedy: `Name the namespace of ${provider.party}.`,
      },
    ];
  }
  const expected = expectedOf(connection);
  const allowed = allowedOf(connection);
  const found = targets(entry).map(({ __address__ }) => `${__address__}`);
  const stray = [...new Set(found.filter((one) => !allowed.includes(one)).map(nameAt))];
  if (stray.length === 0 && expected.every((one) => found.includes(one))) return [];
  return [
    {
      path,
      fault: 'wrong-targets',
      message: `The job does not find exactly ${provider.party} on port ${endpoint.port}.`,
      value: stray.length > 0 ? `finds ${stray.join(', ')}` : 'does not find it at every address',
      remedy: `Discover only ${provider.party}, and set __address__ to its port ${endpoint.port}.`,
    },
  ];
};

/** Fields of an entry that differ from the declaration. */
export const different = (
  entry: Entry,
  path: string,
  declared: Readonly<Record<string, unknown>>,
): EndpointsFault[] => {
  const written: Readonly<Record<string, unknown>> = { ...entry };
  return Object.entries(declared)
    .filter(([key, value]) => !same(written[key], value))
    .map(([key, value]) => ({
      path: `${path}.${key}`,
      fault: 'differs-from-declaration',
      value: written[key] ?? 'nothing',
      remedy:
        value === undefined
          ? 'Remove it.'
          : `Set it to ${typeof value === 'string' ? value : JSON.stringify(value)}.`,
    }));
};

const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [recordOrList(a), recordOrList(b)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
};

const recordOrList = (value: object): Readonly<Record<string, unknown>> =>
  Array.isArray(value) ? { ...value, length: value.length } : { ...value };
