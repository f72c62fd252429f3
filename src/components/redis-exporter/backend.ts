import type { Party } from '../../model/party.js';
import { databaseParty } from '../database-server.js';
import type { RedisServer } from './server.js';

/** The name of the party of a server, and the variant of what it offers. */
export const variantOf = ({ name }: Pick<RedisServer, 'name'>): string => `redis-${name}`;

/** A Redis server as an outside party. */
export const backend = (one: RedisServer): Party =>
  databaseParty(variantOf(one), 'redis', one, [
    ...(one.password ? [one.password] : []),
    ...(one.tls?.client ? [one.tls.client.certificate, one.tls.client.key] : []),
  ]);
