import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../src/content/content.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal, noContent } from '../environment.js';
import type { Certificate } from './certificate.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';

type Server = NonNullable<NonNullable<EnvironmentOptions['postgresExporter']>['servers']>[number];

// In a pod, the loopback address is the pod itself, so synth rejects it.
const host = 'postgres.example.com';

/** A server of an environment, which the tests run on a port of the loopback address. */
export const serverAt = (name: string, port: number, more: Partial<Server> = {}): Server => ({
  name,
  host,
  port,
  user: 'monitoring',
  password: { secret: `postgres-${name}`, key: 'password' },
  tls: { kind: 'verify-full', certificateAuthority: { secret: 'authority', key: 'ca.crt' } },
  at: { kind: 'addresses', cidrs: ['192.0.2.1/32'] },
  ...more,
});

/** The manifests for these servers, with these alerts. */
export const objectsFor = (
  servers: readonly Server[],
  alerts: Content['alerts'] = {},
): KubernetesObject[] => {
  const environment = { ...minimal, postgresExporter: { servers: [...servers] } };
  const { manifests } = build(environment, { ...noContent, alerts });
  const text = JSON.stringify(manifests.map(({ object }) => object));
  return JSON.parse(text.replaceAll(host, 'localhost'));
};

/** What an exporter finds in its Secrets. */
interface Proofs {
  readonly authority: Certificate;
  readonly client?: Certificate;
  readonly password?: string;
}

/** Starts the exporter of a server with the shipped flags, variables and Secrets. */
export const startPostgresExporter = (
  objects: readonly KubernetesObject[],
  { name }: Server,
  folder: string,
  { authority, client, password = '' }: Proofs,
): Promise<RunningEngine> => {
  const workload = { kind: 'Deployment', name: `crowsnest-postgres-exporter-${name}` };
  const pod = layOutPod(objects, workload, 'postgres-exporter', join(folder, name), {
    [`postgres-${name}`]: { password },
    authority: { 'ca.crt': readFileSync(authority.file, 'utf8') },
    client: { 'tls.crt': `${client?.cert}`, 'tls.key': `${client?.key}` },
  });
  return startEngine({
    binary: 'postgres_exporter',
    args: ({ port }) => listeningOn(pod.args, port),
    env: pod.env,
    readyPath: '/',
  });
};
