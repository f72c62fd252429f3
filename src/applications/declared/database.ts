import { z } from 'zod';
import { server as postgresServer } from '../../components/postgres-exporter/server.js';
import { server as redisServer } from '../../components/redis-exporter/server.js';
import { hostName } from '../../config/fields.js';

/** The name of a server, if none is given: that of the host, as far as it is a name of a server. */
export const nameOf = (host: unknown): string =>
  `${host}`.split('.')[0]!.slice(0, 15).replace(/-+$/, '');

/** Adds the default of the name before validation. */
const named = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !('name' in value)
    ? { ...value, name: defaultName(value) }
    : value;

/** A missing or invalid host is not a fault of the name, too. */
const defaultName = (server: object): string =>
  'host' in server && hostName.safeParse(server.host).success ? nameOf(server.host) : 'database';

/** The databases that an application can depend on, each with an exporter of its own. */
const kinds = {
  postgres: postgresServer.extend({ kind: z.literal('postgres') }),
  redis: redisServer.extend({ kind: z.literal('redis') }),
};

const anyKind = z.discriminatedUnion('kind', [kinds.postgres, kinds.redis]);

/** A database, whose name is by default that of its host. */
export const database = z.preprocess(named, anyKind) as z.ZodType<
  Database,
  Unnamed<z.input<typeof anyKind>>
>;

export type Database = z.output<typeof anyKind>;

/** A server whose name can be left out; of a union, each kind keeps its own fields. */
type Unnamed<T extends { readonly name: string }> = T extends unknown
  ? Omit<T, 'name'> & {
      /** Value of the label `server` of its metrics. @default - the first part of its host */
      readonly name?: string;
    }
  : never;

/**
 * A Redis server: redis-exporter reads it, as those in `redisExporter.servers`. Its name is by default
 * the first part of the host.
 */
export const redis = (
  server: Omit<Unnamed<z.input<typeof kinds.redis>>, 'kind'>,
): Unnamed<z.input<typeof kinds.redis>> => ({ kind: 'redis', ...server });

/**
 * A PostgreSQL server: postgres-exporter reads it, as those in `postgresExporter.servers`. Its name is by
 * default the first part of the host.
 */
export const postgres = (
  server: Omit<Unnamed<z.input<typeof kinds.postgres>>, 'kind'>,
): Unnamed<z.input<typeof kinds.postgres>> => ({ kind: 'postgres', ...server });
