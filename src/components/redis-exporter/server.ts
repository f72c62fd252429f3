import { z } from 'zod';
import { hostName, port, secretReference } from '../../config/fields.js';
import { place } from '../../config/place.js';
import { serverName } from '../database-server.js';

/** TLS to a server, whose certificate is always verified. */
const tls = z.strictObject({
  /** Certificate authority of the server. @default - public certificate authorities */
  certificateAuthority: secretReference.optional(),
  /** Certificate of the exporter and its key: Redis requires one unless `tls-auth-clients` is `no`. */
  client: z.strictObject({ certificate: secretReference, key: secretReference }).optional(),
});

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
  /** @default - without TLS */
  tls: tls.optional(),
  at: place,
});

/** A validated server. */
export type RedisServer = z.output<typeof server>;

/** The URL of a server, without credentials. */
export const addressOf = ({ host, port: number, tls: secured }: RedisServer): string =>
  `${secured ? 'rediss' : 'redis'}://${host}:${number}`;

/** The key under which the exporter finds the password of a server. */
export const passwordKeyOf = (one: RedisServer): string =>
  one.user === undefined ? addressOf(one) : addressOf(one).replace('://', `://${one.user}@`);
