import { z } from 'zod';
import type { Place } from '../config/place.js';
import { offer } from '../model/offer.js';
import type { Declaration, Party } from '../model/party.js';
import type { DeclaredPrerequisite, SecretReference } from '../model/prerequisite.js';
import type { Report, Unvalidated } from './definition.js';

/** The name of a server, which is also the name of a port of its exporter's Service. */
export const serverName = z
  .string({
    error:
      "a name of at most 15 lower-case letters and digits, with single dashes between them, such as 'sessions'",
  })
  .regex(/^(?=.{1,15}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

/** An exception from TLS. */
export const plain = z.strictObject({
  kind: z.literal('plain'),
  /** Why the connection has no TLS: everybody on its path can read the password. Listed in the generated README. */
  reason: z.string().min(10),
});

/** What is known of the TLS to a server. */
interface SecuredServer {
  readonly host: string;
  readonly tls?:
    | { readonly kind?: string | undefined; readonly certificateAuthority?: unknown }
    | undefined;
}

/**
 * Whether the certificate of a server cannot be verified: no public certificate authority issues one for the name of
 * a Service.
 */
export const isUnverifiable = ({ host, tls }: SecuredServer): boolean =>
  /\.svc(\.cluster\.local)?\.?$/.test(host) &&
  tls !== undefined &&
  tls.kind !== 'plain' &&
  !tls.certificateAuthority;

/**
 * The operator of a database whose certificate is from an authority of its own, and no authority is stated; undefined
 * for others. RDS Proxy has public certificates.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export const privateAuthorityOf = ({ host, tls }: SecuredServer): string | undefined =>
  tls !== undefined &&
  tls.kind !== 'plain' &&
  !tls.certificateAuthority &&
  /\.rds\.(cn-[\w-]+\.)?amazonaws\.com(\.cn)?\.?$/.test(host) &&
  !/\.proxy-[a-z0-9]+\./.test(host)
    ? 'Amazon RDS'
    : undefined;

/** A section of the generated README about servers without TLS, if there are some. */
export const plainSections = (
  title: string,
  servers: readonly {
    readonly name: string;
    readonly tls?: { readonly kind?: string | undefined; readonly reason?: string } | undefined;
  }[],
): string[] => {
  const reasons = servers.flatMap(({ name, tls }) =>
    tls?.kind === 'plain' ? [`- ${name}: ${tls.reason}`] : [],
  );
  return reasons.length === 0
    ? []
    : [
        `## ${title} without TLS\nEverybody on the path of these connections can read the password of the exporter.\n\n${reasons.join('\n')}`,
      ];
};

/** Where an application declares a server. */
export interface DeclaredServer {
  /** @default - an entry of the option */
  readonly declaration?: Declaration;
}

/** Each name is the name of an exporter, a scrape job and a party, so it must be unique. */
export const uniqueNames = ({ servers }: Unvalidated, report: Report): void => {
  const names = Array.isArray(servers) ? servers.map((one) => one?.name) : [];
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    report(['servers', index, 'name'], 'a name that no other server has');
  }
};

/** A value for each server, by a key that is unique. */
export const byServer = <Server, T>(
  servers: readonly Server[],
  key: (one: Server) => string,
  value: (one: Server) => T,
): Record<string, T> => Object.fromEntries(servers.map((one) => [key(one), value(one)]));

/** The Secret of a reference, with what its key holds; none without a reference. */
export const secretFor = (
  reference: SecretReference | undefined,
  holds: string,
  purpose: string,
): DeclaredPrerequisite[] =>
  reference
    ? [
        {
          kind: 'Secret',
          name: reference.secret,
          in: 'stack',
          keys: { [reference.key]: holds },
          purpose,
        },
      ]
    : [];

/**
 * A database server as an outside party, whose clients authenticate with these Secrets. Its name is also the
 * variant of the capability `database`, so that each exporter has exactly one server.
 */
export const databaseParty = (
  name: string,
  endpoint: string,
  { host, port, at }: { readonly host: string; readonly port: number; readonly at: Place },
  [secret, ...others]: readonly SecretReference[],
): Party => ({
  name,
  workloads: { [name]: at },
  endpoints: {
    [endpoint]: {
      port,
      scheme: 'tcp',
      host,
      ...(secret && { authentication: { kind: 'secret', secret, others } }),
      offers: [offer('database', { variant: name })],
    },
  },
  consumes: [],
});

/** The parties of the servers in an option, each with the place that declares it. */
export const databaseParties = <Server>(
  servers: readonly (Server & DeclaredServer)[],
  option: string,
  backend: (one: Server) => Party,
): Party[] =>
  servers.map((one, index) => ({
    ...backend(one),
    declaration: one.declaration ?? { path: `${option}.servers[${index}]` },
  }));
