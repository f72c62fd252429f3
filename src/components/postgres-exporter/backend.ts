import type { Party } from '../../model/party.js';
import { databaseParty } from '../database-server.js';
import { clientOf, type PostgresServer } from './server.js';

/** The name of the party of a server, and the variant of what it offers. */
export const variantOf = ({ name }: Pick<PostgresServer, 'name'>): string => `postgres-${name}`;

/** A PostgreSQL server as an outside party. */
export const backend = (one: PostgresServer): Party => {
  const client = clientOf(one);
  return databaseParty(variantOf(one), 'postgres', one, [
    ...(one.password ? [one.password] : []),
    ...(client ? [client.certificate, client.key] : []),
  ]);
};
