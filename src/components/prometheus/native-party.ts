import { internet } from '../../config/internet.js';
import { isDirect, loginsOf, type NativeClient, proxiesOf } from '../../config/native-client.js';
import { addressBlock, bareAddress, type Server } from '../../config/server.js';
import type { Authentication, Endpoint } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import type { Offer } from '../../model/offer.js';
import type { Declaration, Party } from '../../model/party.js';
import { referencesIn } from '../../model/secret-file.js';

/** Servers of a native HTTP client. */
export interface NativeServers {
  /** Name of the party. */
  readonly name: string;
  readonly declaration: Declaration;
  /** Name of the first endpoint. */
  readonly endpoint: string;
  readonly offer: Offer;
  readonly scheme: 'http' | 'https';
  readonly servers: readonly Server[];
  readonly client: NativeClient;
  /** Servers of a cloud at which it gets credentials; its configuration does not name them. @default - none */
  readonly logins?: readonly Server[];
  readonly at?: Location;
  readonly loginAt?: Location;
  readonly proxyAt?: Location;
  readonly unverified?: string;
  /** Ports of pods, by the address of their Service: `host:port`. @default - as the ports of the addresses */
  readonly podPorts?: Readonly<Record<string, number>>;
  /** @default - the references to Secrets in `client` */
  readonly authentication?: Authentication;
}

/** The servers that a native HTTP client connects to, as an outside party. */
export const nativeParty = (options: NativeServers): Party => {
  const { name, client, scheme, offer, at, loginAt, proxyAt, unverified } = options;
  const direct = isDirect(client) ? options.servers : [];
  const login = loginsOf(client);
  const clouds = options.logins ?? [];
  const proxies = proxiesOf(client);
  const verification = unverified
    ? { kind: 'unverified' as const, reason: unverified }
    : ({ kind: 'public-ca' } as const);
  const [secret, ...others] = referencesIn(client);
  const authentication =
    options.authentication ?? (secret && { kind: 'secret' as const, secret, others });
  const blocks = (servers: readonly Server[]) =>
    [...new Set(servers.flatMap(({ host = '' }) => bareAddress(host) ?? []))].map(addressBlock);
  const places: Record<string, Location> = {
    [name]: at ?? internet,
    [`${name}-addresses`]: { kind: 'addresses', cidrs: blocks(direct) },
    [`${name}-login`]: loginAt ?? internet,
    [`${name}-login-address`]: { kind: 'addresses', cidrs: blocks(clouds) },
    [`${name}-proxy`]: proxyAt ?? internet,
    [`${name}-proxy-address`]: { kind: 'addresses', cidrs: blocks(proxies) },
  };
  const isAddress = ({ host = '' }: Server): boolean => bareAddress(host) !== undefined;
  const placedAt = (servers: readonly Server[], place: (one: Server) => string) =>
    servers.map((one) => {
      const podPort = options.podPorts?.[`${one.host}:${one.port}`];
      const ports = podPort ? { port: podPort, servicePort: one.port } : { port: one.port };
      return { host: one.host, ...ports, workload: place(one) };
    });
  const endpoints = [
    ...placedAt(direct, (one) => (!at && isAddress(one) ? `${name}-addresses` : name)),
    ...placedAt(proxies, (one) =>
      !proxyAt && isAddress(one) ? `${name}-proxy-address` : `${name}-proxy`,
    ),
  ].map((one): Endpoint => ({ ...one, scheme, verification, authentication, offers: [offer] }));
  const logins = placedAt([...login, ...clouds], (one) =>
    clouds.includes(one) && isAddress(one) ? `${name}-login-address` : `${name}-login`,
  ).map(
    (one, index): Endpoint => ({
      ...one,
      scheme: [...login, ...clouds][index]!.scheme,
      ...([...login, ...clouds][index]!.scheme === 'https' && {
        verification: { kind: 'public-ca' },
      }),
      authentication,
      offers: [index < login.length ? offer : { capability: 'credentials' }],
    }),
  );
  const all = [...endpoints, ...logins].map((one) =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
  ) as unknown as Endpoint[];
  return {
    name,
    declaration: options.declaration,
    workloads: Object.fromEntries(
      Object.entries(places).filter(([key]) => all.some(({ workload }) => workload === key)),
    ),
    endpoints: Object.fromEntries(
      all.map((one, index) => [
        index === 0 ? options.endpoint : `${options.endpoint}-${index}`,
        one,
      ]),
    ),
    consumes: [],
  };
};
