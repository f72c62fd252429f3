import { z } from 'zod';
import { hostName, port, secretReference } from '../../config/fields.js';
import { place } from '../../config/place.js';
import { plain, serverName } from '../database-server.js';

/** How an exporter reaches its server. */
const tls = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('verify-full'),
      /** Certificate authority of the server. @default - public certificate authorities */
      certificateAuthority: secretReference.optional(),
      /** Certificate of the exporter and its key, for a server that requires one. */
      client: z.strictObject({ certificate: secretReference, key: secretReference }).optional(),
    }),
    plain,
  ])
  .default({ kind: 'verify-full' });

/** A PostgreSQL server that an exporter reads. */
export const server = z.strictObject({
  /** Value of the label `server` of its metrics. */
  name: serverName,
  /** Host of one instance, such as `orders-db-0.orders-db.shop.svc`: a Service of several selects a random one. */
  host: hostName,
  /** @default 5432 */
  port: port.default(5432),
  /** User of the exporter; the generated README has its permissions. */
  user: z
    .string({ error: 'a name of letters, digits, dots, dashes, underscores and @' })
    .regex(/^[-._@a-zA-Z0-9]+$/),
  /** Password of the user. @default - it has none: the exporter has a client certificate */
  password: secretReference.optional(),
  /** Database of which the tables are reported; all others are reported as a whole. @default 'postgres' */
  database: z
    .string({ error: 'a name of letters, digits, dots, dashes and underscores' })
    .regex(/^[-._a-zA-Z0-9]{1,63}$/)
    .default('postgres'),
  /** TLS, with verification of the certificate and the host name, or an exception from it. @default { kind: 'verify-full' } */
  tls,
  at: place,
});

/** A validated server. */
export type PostgresServer = z.output<typeof server>;

/** The client certificate of an exporter and its key. */
export const clientOf = ({ tls }: PostgresServer) =>
  tls.kind === 'verify-full' ? tls.client : undefined;

/** The certificate authority of a server. */
export const authorityOf = ({ tls }: PostgresServer) =>
  tls.kind === 'verify-full' ? tls.certificateAuthority : undefined;

/** What makes the certificate of a server in the cluster verifiable. */
export const verifiableText = (name: string): string =>
  `an object with certificateAuthority, such as { kind: 'verify-full', certificateAuthority: { secret: '${name}', key: 'ca.crt' } }, or { kind: 'plain', reason: '…' }: no public certificate authority issues a certificate for the name of a Service`;
