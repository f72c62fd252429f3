import { z } from 'zod';
import type { SecretReference } from '../model/prerequisite.js';
import type { Contact } from './contact.js';
import { port, secretReference } from './fields.js';
import { place } from './place.js';

/** A server of receivers: its host, or the Secret with its URL. */
export const alertServer = z.union([
  z.strictObject({
    /** As in the configuration of the receivers. */
    host: z.string({ error: 'the host of a server of a receiver' }).min(1),
    /** Where the server is. */
    at: place,
  }),
  z.strictObject({
    /** The Secret with the URL, as in the configuration of the receivers. */
    url: secretReference,
    /** Port of the URL. @default 443 */
    port: port.default(443),
    /** @default - any address outside private ranges, listed as open */
    at: place.optional(),
  }),
]);

export type AlertServer = z.output<typeof alertServer>;

/** The declaration of a server in `alerting.servers`. */
export const declaredServer = (
  servers: readonly AlertServer[],
  { server, secret }: Contact,
): { readonly at?: z.output<typeof place>; readonly port?: number } | undefined =>
  servers.find((one) =>
    'host' in one ? one.host === server.host : secret !== undefined && isSame(one.url, secret),
  );

const isSame = (one: SecretReference, other: SecretReference): boolean =>
  one.secret === other.secret && one.key === other.key;
