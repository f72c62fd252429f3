import type { Party } from '../../model/party.js';
import { databaseParty } from '../database-server.js';
import { type RedisServer, verificationOf } from './server.js';

/** The name of the party of a server, and the variant of what it offers. */
export const variantOf = ({ name }: Pick<RedisServer, 'name'>): string => `redis-${name}`;

/** A Redis server as an outside party. */
export const backend = (one: RedisServer): Party => {
  const client = verificationOf(one)?.client;
  return databaseParty(variantOf(one), 'redis', one, [
    ...(one.password ? [one.password] : []),
    ...(client ? [client.certificate, client.key] : []),
  ]);
};
