import type { Resources } from '../../config/size.js';
import { secretMount } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { required } from '../../model/consumption.js';
import { secretPath } from '../../model/identity.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { byServer } from '../database-server.js';
import { variantOf } from './backend.js';
import { prerequisitesOf } from './prerequisite.js';
import { program } from './program.js';
import { readmeFacts } from './readme.js';
import { addressOf, type RedisServer, verificationOf } from './server.js';

export interface RedisExporterOptions {
  readonly servers: readonly RedisServer[];
  /** Resources of each exporter. */
  readonly resources: Resources;
}

const workloadOf = ({ name }: Pick<RedisServer, 'name'>): string => `redis-exporter-${name}`;

/**
 * redis_exporter: one exporter for each Redis server, which it reads at every scrape. So each pod has
 * the credentials of only one server, and `up` of its job is about that server.
 */
export const redisExporter = ({ servers, resources }: RedisExporterOptions): Component => ({
  name: 'redis-exporter',
  workloads: byServer(servers, workloadOf, () => ({ kind: 'own', namespace: 'stack' })),
  endpoints: byServer(
    servers,
    ({ name }) => name,
    (one) => ({
      port: 9121,
      workload: workloadOf(one),
      offers: [
        metrics('/metrics', {
          job: workloadOf(one),
          labels: { server: one.name },
          // The server is not in the pod and on the node of the exporter.
          about: 'cluster',
          catalogue: 'redis-exporter',
        }),
        health('/health'),
      ],
    }),
  ),
  consumes: servers.flatMap((one) => [
    required('dns', { workload: workloadOf(one) }),
    required('database', { variant: variantOf(one), workload: workloadOf(one) }),
  ]),
  prerequisites: servers.flatMap(prerequisitesOf),
  readme: readmeFacts(servers),
  replicasReason: 'a second exporter of a server would report everything twice',
  programs: { 'redis-exporter': program },
  render: (scope, wiring) => {
    for (const one of servers) {
      const { endpoints } = wiring.workloads[workloadOf(one)]!;
      const authority = verificationOf(one)?.certificateAuthority;
      workload(scope, wiring, workloadOf(one), {
        kind: 'Deployment',
        replicas: 1,
        recreate: true,
        containers: [
          {
            name: 'redis-exporter',
            image: 'redis-exporter',
            args: argumentsOf(one, endpoints[one.name]!.port),
            endpoints: [one.name],
            resources,
            goMemoryLimit: true,
            mounts: authority ? [secretMount(authority.secret)] : [],
          },
        ],
      });
    }
  },
});

const argumentsOf = (one: RedisServer, port: number): string[] => {
  const { user, password } = one;
  const tls = verificationOf(one);
  return [
    `--redis.addr=${addressOf(one)}`,
    ...(user === undefined ? [] : [`--redis.user=${user}`]),
    ...(password ? [`--redis.password-file=${secretPath(password)}`] : []),
    ...(tls?.certificateAuthority
      ? [`--tls-ca-cert-file=${secretPath(tls.certificateAuthority)}`]
      : []),
    ...(tls?.client
      ? [
          `--tls-client-cert-file=${secretPath(tls.client.certificate)}`,
          `--tls-client-key-file=${secretPath(tls.client.key)}`,
        ]
      : []),
    `--web.listen-address=:${port}`,
    // Timeout of the connection and of each command. The exporter must report redis_up 0 before the
    // scrape times out, by default after 10 s.
    '--connection-timeout=3s',
    // Disables histograms of each command; two counters give the average duration of each command.
    '--exclude-latency-histogram-metrics',
    // Disables the page that connects to any server that a client names.
    '--disable-scrape-endpoint',
  ];
};
