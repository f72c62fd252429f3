import type { RedisServer } from '../../components/redis-exporter/server.js';
import type { Finding } from '../../model/finding.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import type { Database } from './database.js';

/** The parts of an environment to which the databases of applications add. */
interface Environment {
  readonly redisExporter: { readonly servers: readonly RedisServer[] };
}

/** Adds the databases of applications to the servers of the exporters. Several applications can depend on one server. */
export const withServers = <E extends Environment>(
  environment: E,
  applications: readonly DeclaredApplication[],
): { readonly environment: E; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const redis: RedisServer[] = [...environment.redisExporter.servers];
  for (const { declaredAt, dependsOn } of applications) {
    for (const [index, { kind, ...server }] of dependsOn.entries()) {
      const known = redis.find(({ name }) => name === server.name);
      if (!known) redis.push(server);
      else if (JSON.stringify(sorted(known)) !== JSON.stringify(sorted(server))) {
        const path = [declaredAt.path, `dependsOn[${index}].name`].filter(Boolean).join('.');
        findings.push(
          applicationFinding({
            fault: 'other-server',
            place: { file: declaredAt.file, path },
            message: `Another ${titles[kind]} server has the name '${server.name}' and other options.`,
            value: server.name,
          }),
        );
      }
    }
  }
  const servers = { redisExporter: { ...environment.redisExporter, servers: redis } };
  return { environment: { ...environment, ...servers }, findings };
};

const titles: Readonly<Record<Database['kind'], string>> = { redis: 'Redis' };

/** A value whose properties are sorted by name, at any depth. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
};
