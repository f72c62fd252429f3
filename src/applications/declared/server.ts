import { isDeepStrictEqual } from 'node:util';
import {
  type DeclaredServer,
  isUnverifiable,
  privateAuthorityOf,
} from '../../components/database-server.js';
import { clientOf, type PostgresServer } from '../../components/postgres-exporter/server.js';
import { type RedisServer, sendsOpenPassword } from '../../components/redis-exporter/server.js';
import type { Finding, Place } from '../../model/finding.js';
import type { Declaration } from '../../model/party.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import { type Database, nameOf } from './database.js';
import { placeIn } from './place.js';

/** The parts of an environment to which the databases of applications add. */
export interface WithServers {
  readonly postgresExporter: { readonly servers: readonly (PostgresServer & DeclaredServer)[] };
  readonly redisExporter: { readonly servers: readonly (RedisServer & DeclaredServer)[] };
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
    findings: [
      ...postgres.findings,
      ...redis.findings,
      ...applications.flatMap(withoutPassword),
      ...applications.flatMap(openPasswords),
      ...applications.flatMap(unverifiable),
      ...applications.flatMap(privateAuthorities),
    ],
  };
};

type ServerOf<K extends Database['kind']> = Omit<Extract<Database, { kind: K }>, 'kind'> &
  DeclaredServer;

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
      const place = placeIn(application, `dependsOn[${index}]`);
      const server = { ...rest, declaration: declarationAt(place, kind) } as ServerOf<K>;
      const at = servers.findIndex(({ name }) => name === server.name);
      const known = servers[at];
      const option = known && differingOption(known, server);
      if (!known) servers.push(server);
      else if (option) {
        const other = known.declaration ?? { path: `${kind}Exporter.servers[${at}]` };
        findings.push(otherServer(server, option, place, titles[kind], other));
      }
    }
  }
  return { servers, findings };
};

/** The declaration of a server whose endpoint has the name of its kind. */
const declarationAt = ({ file, path = '' }: Place, kind: string): Declaration => ({
  ...(file !== undefined && { file }),
  path,
  options: { [kind]: 'host', workloads: 'at' },
});

const otherServer = (
  { name, host }: ServerOf<Database['kind']>,
  option: string,
  { file, path }: Place,
  title: string,
  other: Declaration,
): Finding => {
  const where = other.file === undefined ? other.path : `${other.path} of ${other.file}`;
  const isDerived = name === nameOf(host);
  return applicationFinding({
    fault: 'other-server',
    place: { file, path: `${path}.${option}` },
    message: `The ${title} server '${name}' has another ${option} in ${where}.`,
    value: name,
    ...(isDerived && {
      remedy: `State the same ${option}, or, if it is another server, set its name: '${name}' results from its host.`,
    }),
  });
};

/** Databases of an application to which the exporter has no credential. */
const withoutPassword = (application: DeclaredApplication): Finding[] =>
  application.dependsOn.flatMap((one, index) =>
    one.kind !== 'postgres' || one.password || clientOf(one)
      ? []
      : applicationFinding({
          fault: 'no-password',
          place: placeIn(application, `dependsOn[${index}].password`),
          message: `postgres-exporter has neither a password nor a client certificate for ${one.name}.`,
          remedy: `Set password: { secret: '${one.name}', key: 'password' } with the name of a Secret of the stack, or tls.client with a certificate.`,
        }),
  );

const openPasswords = (application: DeclaredApplication): Finding[] =>
  application.dependsOn.flatMap((one, index) =>
    one.kind !== 'redis' || !sendsOpenPassword(one)
      ? []
      : applicationFinding({
          fault: 'open-password',
          place: placeIn(application, `dependsOn[${index}].tls`),
          value: one.host,
          remedy: `Set tls: ${authorityText(one)}, or { kind: 'plain', reason: '…' }.`,
        }),
  );

const unverifiable = (application: DeclaredApplication): Finding[] =>
  application.dependsOn.flatMap((one, index) =>
    !isUnverifiable(one)
      ? []
      : applicationFinding({
          fault: 'unverifiable-database',
          place: placeIn(application, `dependsOn[${index}].tls`),
          value: one.host,
          remedy: `Set tls: ${authorityText(one)}, or { kind: 'plain', reason: '…' }.`,
        }),
  );

const privateAuthorities = (application: DeclaredApplication): Finding[] =>
  application.dependsOn.flatMap((one, index) => {
    const operator = privateAuthorityOf(one);
    return operator === undefined
      ? []
      : applicationFinding({
          fault: 'private-authority',
          place: placeIn(application, `dependsOn[${index}].tls`),
          value: one.host,
          message: `${operator} signs this certificate with an authority of its own.`,
          remedy: `Put its bundle of certificates into a Secret, and set tls: ${authorityText(one)}.`,
        });
  });

/** The option for a certificate authority, in a Secret that has the name of the server. */
const authorityText = ({ kind, name }: Database): string => {
  const verified = kind === 'postgres' ? "kind: 'verify-full', " : '';
  return `{ ${verified}certificateAuthority: { secret: '${name}', key: 'ca.crt' } }`;
};

const titles: Readonly<Record<Database['kind'], string>> = {
  postgres: 'PostgreSQL',
  redis: 'Redis',
};

/** An option that two servers with the same name have with different values: the host, if it is that. */
const differingOption = <S extends DeclaredServer>(
  { declaration: _, ...one }: S,
  { declaration: __, ...another }: S,
): string | undefined => {
  const [a, b] = [one, another] as Readonly<Record<string, unknown>>[];
  const keys = [...new Set(['host', ...Object.keys({ ...b, ...a })])];
  return keys.find((key) => !isSame(a?.[key], b?.[key]));
};

/** Whether two options are the same, whatever the order of their own options and however they are left out. */
const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(withoutUndefined(one), withoutUndefined(other));

const withoutUndefined = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
