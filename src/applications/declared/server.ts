import type { PostgresServer } from '../../components/postgres-exporter/server.js';
import type { RedisServer } from '../../components/redis-exporter/server.js';
import type { Finding } from '../../model/finding.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import type { Database } from './database.js';
import { placeIn } from './place.js';

/** The parts of an environment to which the databases of applications add. */
export interface WithServers {
  readonly postgresExporter: { readonly servers: readonly PostgresServer[] };
  readonly redisExporter: { readonly servers: readonly RedisServer[] };
}

/** Adds the databases of applications to the servers of the exporters. Several applications can depend on one server. */
export const withServers = <E extends WithServers>(
  environment: E,
  applications: readonly DeclaredApplication[],
): { readonly environment: E; readonly findings: readonly Finding[] } => {
  const { postgresExporter, redisExporter } = environment;
  const postgres = merged(postgresExporter.servers, applications, 'postgres');
  const redis = merged(redisExporter.servers, applications, 'redis');
  const exporters = {
    postgresExporter: { ...postgresExporter, servers: postgres.servers },
    redisExporter: { ...redisExporter, servers: redis.servers },
  };
  return {
    environment: { ...environment, ...exporters },
    findings: [...postgres.findings, ...redis.findings],
  };
};

type ServerOf<K extends Database['kind']> = Omit<Extract<Database, { kind: K }>, 'kind'>;

const merged = <K extends Database['kind']>(
  configured: readonly ServerOf<K>[],
  applications: readonly DeclaredApplication[],
  kind: K,
): { readonly servers: readonly ServerOf<K>[]; readonly findings: readonly Finding[] } => {
  const servers = [...configured];
  const findings: Finding[] = [];
  for (const application of applications) {
    for (const [index, { kind: actual, ...rest }] of application.dependsOn.entries()) {
      if (actual !== kind) continue;
      const server = rest as ServerOf<K>;
      const known = servers.find(({ name }) => name === server.name);
      if (!known) servers.push(server);
      else if (textOf(known) !== textOf(server)) {
        findings.push(
          applicationFinding({
            fault: 'other-server',
            place: placeIn(application, `dependsOn[${index}].name`),
            message: `Another ${titles[kind]} server has the name '${server.name}' and other options.`,
            value: server.name,
          }),
        );
      }
    }
  }
  return { servers, findings };
};

const titles: Readonly<Record<Database['kind'], string>> = {
  postgres: 'PostgreSQL',
  redis: 'Redis',
};

/** The same text for the same options in another order. */
const textOf = (server: object): string => JSON.stringify(sorted(server));

/** A value whose properties are sorted by name, at any depth. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
};
