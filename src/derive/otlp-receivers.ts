import { type Connection, connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import { headersOf } from '../model/offer.js';
import { connectionFinding } from './faults.js';

/** Paths and headers with which a receiver by OTLP over HTTP accepts nothing of what its clients send. */
export const otlpReceiverFaults = (connections: readonly Connection[]): Finding[] => {
  const all = (['traces', 'logs', 'otlp-metrics'] as const).flatMap((capability) =>
    connectionsFor(connections, capability),
  );
  const distinct = new Map(
    all
      .filter(({ offer, provider }) => offer.variant !== 'grpc' && !provider.own)
      .map((one) => [offerPlace(one), one] as const),
  );
  return [...distinct.values()].flatMap((one) => [...pathFault(one), ...tenantFault(one)]);
};

const offerPlace = ({ provider, endpointName, endpoint, offer }: Connection): string =>
  `${provider.party}.endpoints.${endpointName}.offers[${endpoint.offers.indexOf(offer)}]`;

const pathOf = ({ offer }: Connection): string =>
  'path' in offer && offer.path ? offer.path.replace(/\/$/, '') : '';

const pathFault = (one: Connection): Finding[] => {
  const path = pathOf(one);
  const place = { path: `${offerPlace(one)}${path === '' ? '' : '.path'}` };
  const of = `clients of ${one.provider.party}`;
  if (path.endsWith('/loki/api/v1/push')) {
    return [
      connectionFinding({
        fault: 'receiver-path',
        place,
        value: path,
        message: `The path is that of Loki's own protocol, but ${of} send by OTLP.`,
        remedy: "Replace '/loki/api/v1/push' with '/otlp', at which Loki receives OTLP.",
      }),
    ];
  }
  const [added] = /\/v1\/(?:logs|traces|metrics)$/.exec(path) ?? [];
  if (added !== undefined) {
    return [
      connectionFinding({
        fault: 'receiver-path',
        place,
        value: path,
        message: `The path ends with '${added}', which ${of} add.`,
        remedy: `Remove '${added}' from it.`,
      }),
    ];
  }
  return isRootOfLoki(one, path)
    ? [
        connectionFinding({
          fault: 'loki-path',
          place,
          value: path || '/',
          message: `${one.provider.party} is Loki, which receives OTLP at '${path}/otlp'.`,
          remedy: "Add '/otlp' at the end of the path.",
        }),
      ]
    : [];
};

/** Whether a path is the root of Loki: that of its query API, of its own port, or of the service of Grafana Labs. */
const isRootOfLoki = ({ capability, endpoint }: Connection, path: string): boolean => {
  if (capability !== 'logs') return false;
  const { host = '', offers, port, servicePort = port } = endpoint;
  const isRootOfQueries = offers.some(
    (one) => one.capability === 'logql' && (one.path ?? '').replace(/\/$/, '') === path,
  );
  const isOfVendor = /^logs-prod-[\w-]+\.grafana\.net$/.test(host);
  const isOwnPort = servicePort === 3100 && /loki/.test(host);
  return isRootOfQueries || (path === '' && (isOfVendor || isOwnPort));
};

const tenant = 'X-Scope-OrgID';

/** Grafana queries Loki as a tenant at the same endpoint: without one, such a Loki rejects all lines. */
const tenantFault = (one: Connection): Finding[] => {
  const { capability, endpoint, offer, provider } = one;
  if (capability !== 'logs' || named(Object.keys(headersOf(offer)))) return [];
  const isForTenants = endpoint.offers.some(
    (other) => other.capability === 'logql' && named(Object.values(other.jsonData ?? {})),
  );
  return isForTenants
    ? [
        connectionFinding({
          fault: 'no-tenant',
          place: { path: offerPlace(one) },
          message: `Grafana queries ${provider.party} as a tenant, and lines are sent to it without one.`,
        }),
      ]
    : [];
};

const named = (all: readonly unknown[]): boolean =>
  all.some((one) => `${one}`.toLowerCase() === tenant.toLowerCase());
