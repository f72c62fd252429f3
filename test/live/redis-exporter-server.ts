import { join } from 'node:path';
import type { Content } from '../../src/content/content.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal, noContent } from '../environment.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { redisPassword } from './redis-server.js';

type Server = NonNullable<NonNullable<EnvironmentOptions['redisExporter']>['servers']>[number];

// In a pod, the loopback address is the pod itself, so synth rejects it.
const host = 'redis.example.com';

/** A server of an environment, which the tests run on a port of the loopback address. */
export const serverAt = (name: string, port: number): Server => ({
  name,
  host,
  port,
  password: { secret: `redis-${name}`, key: 'passwords.json' },
  tls: { kind: 'plain', reason: 'both are on the loopback address' },
  at: { kind: 'addresses', cidrs: ['192.0.2.1/32'] },
});

/** The manifests for these servers, with these alerts. */
export const objectsFor = (
  servers: readonly Server[],
  alerts: Content['alerts'] = {},
): KubernetesObject[] => {
  const environment = { ...minimal, redisExporter: { servers: [...servers] } };
  const { manifests } = build(environment, { ...noContent, alerts });
  const text = JSON.stringify(manifests.map(({ object }) => object));
  return JSON.parse(text.replaceAll(host, 'localhost'));
};

/** Starts the exporter of a server with the shipped flags and a password for the server. */
export const startRedisExporter = (
  objects: readonly KubernetesObject[],
  { name, port, user }: Server,
  folder: string,
  password = redisPassword,
): Promise<RunningEngine> => {
  const workload = { kind: 'Deployment', name: `crowsnest-redis-exporter-${name}` };
  const passwords = JSON.stringify({
    [`redis://${user ? `${user}@` : ''}localhost:${port}`]: password,
  });
  const pod = layOutPod(objects, workload, 'redis-exporter', join(folder, name), {
    [`redis-${name}`]: { 'passwords.json': passwords },
  });
  return startEngine({
    binary: 'redis_exporter',
    args: ({ port: own }) => listeningOn(pod.args, own),
    readyPath: '/health',
  });
};
