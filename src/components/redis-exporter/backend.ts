import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { SecretReference } from '../../model/prerequisite.js';
import type { RedisServer } from './server.js';

/** The variant of the capability `database` of a server, so that each exporter has exactly one server. */
export const variantOf = ({ name }: Pick<RedisServer, 'name'>): string => `redis-${name}`;

/** A Redis server as an outside party. */
export const backend = (one: RedisServer): Party => {
  const [secret, ...others] = proofsOf(one);
  return {
    name: variantOf(one),
    workloads: { [variantOf(one)]: one.at },
    endpoints: {
      redis: {
        port: one.port,
        scheme: 'tcp',
        host: one.host,
        ...(secret && { authentication: { kind: 'secret', secret, others } }),
        offers: [offer('database', { variant: variantOf(one) })],
      },
    },
    consumes: [],
  };
};

/** The Secrets with which an exporter authenticates. */
const proofsOf = ({ password, tls }: RedisServer): SecretReference[] => [
  ...(password ? [password] : []),
  ...(tls?.client ? [tls.client.certificate, tls.client.key] : []),
];
