import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { clientOf, type PostgresServer } from './server.js';

/** The variant of the capability `database` of a server, so that each exporter has exactly one server. */
export const variantOf = ({ name }: Pick<PostgresServer, 'name'>): string => `postgres-${name}`;

/** A PostgreSQL server as an outside party. */
export const backend = (one: PostgresServer): Party => {
  const [secret, ...others] = proofsOf(one);
  return {
    name: variantOf(one),
    workloads: { [variantOf(one)]: one.at },
    endpoints: {
      postgres: {
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
const proofsOf = (one: PostgresServer): SecretReference[] => {
  const client = clientOf(one);
  return [
    ...(one.password ? [one.password] : []),
    ...(client ? [client.certificate, client.key] : []),
  ];
};
