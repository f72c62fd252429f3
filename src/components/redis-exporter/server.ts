import { z } from 'zod';
import { hostName, port, secretReference } from '../../config/fields.js';
import { place } from '../../config/place.js';
import { plain, serverName } from '../database-server.js';

/** How an exporter reaches its server. */
const tls = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('verify-full').optional(),
    /** Certificate authority of the server. @default - public certificate authorities */
    certificateAuthority: secretReference.optional(),
    /** Certificate of the exporter and its key: Redis requires one unless `tls-auth-clients` is `no`. */
    client: z.strictObject({ certificate: secretReference, key: secretReference }).optional(),
  }),
  plain,
]);

/** A Redis server that an exporter reads. */
export const server = z.strictObject({
  /** Value of the label `server` of its metrics. */
  name: serverName,
  /** Host of one instance, such as `redis-0.redis.shop.svc`: a Service of several selects a random one. */
  host: hostName,
  /** @default 6379 */
  port: port.default(6379),
  /** @default - the user `default` */
  user: z
    .string({ error: 'a name of letters, digits, dots, dashes and underscores' })
    .regex(/^[-._a-zA-Z0-9]+$/)
    .optional(),
  /**
   * Key of a Secret in the stack's namespace whose value is a JSON object from the URL of the server
   * to its password; the generated README has the URL. @default - the server requires no password
   */
  password: secretReference.optional(),
  /**
   * TLS, with verification of the certificate and the host name, or, for a server with a password, an exception from
   * it. @default - without TLS, if it has no password
   */
  tls: tls.optional(),
  at: place,
});

/** A validated server. */
export type RedisServer = z.output<typeof server>;

/** How the certificate of a server is verified; undefined without TLS. */
export const verificationOf = ({ tls: stated }: Pick<RedisServer, 'tls'>) =>
  stated?.kind === 'plain' ? undefined : stated;

/** The URL of a server, without credentials. */
export const addressOf = (one: Pick<RedisServer, 'host' | 'port' | 'tls'>): string =>
  `${verificationOf(one) ? 'rediss' : 'redis'}://${one.host}:${one.port}`;

/** Whether an exporter would send the password of a server without TLS, and nothing says why. */
export const sendsOpenPassword = ({
  password,
  tls: stated,
}: Pick<RedisServer, 'password' | 'tls'>): boolean =>
  password !== undefined && stated === undefined;

/** What says how the password of a server is protected. */
export const protectedText =
  "an object with certificateAuthority, such as { certificateAuthority: { secret: 'sessions', key: 'ca.crt' } }, or { kind: 'plain', reason: '…' }: without TLS, everybody on the path of the connection can read the password";

/** The key under which the exporter finds the password of a server. */
export const passwordKeyOf = (one: RedisServer): string =>
  one.user === undefined ? addressOf(one) : addressOf(one).replace('://', `://${one.user}@`);
