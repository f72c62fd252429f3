import type { Resources } from '../../config/size.js';
import { secretMount } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { required } from '../../model/consumption.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { byServer } from '../database-server.js';
import { variantOf } from './backend.js';
import { dataSource } from './data-source.js';
import { prerequisitesOf } from './prerequisite.js';
import { collectors, program } from './program.js';
import { readmeFacts } from './readme.js';
import { authorityOf, type PostgresServer } from './server.js';

export interface PostgresExporterOptions {
  readonly servers: readonly PostgresServer[];
  /** Resources of each exporter. */
  readonly resources: Resources;
}

// The links of alerts to runbooks lead to queries of these.
const usedByRunbooks = [
  'pg_scrape_collector_duration_seconds',
  'pg_settings_shared_buffers_bytes',
  'pg_stat_archiver_last_archive_age',
  'pg_stat_user_tables_last_autovacuum',
];

const workloadOf = ({ name }: Pick<PostgresServer, 'name'>): string => `postgres-exporter-${name}`;

/**
 * postgres_exporter: one exporter for each PostgreSQL server, which it reads at every scrape. So each
 * pod has the credentials of only one server, and `up` of its job is about that server.
 */
export const postgresExporter = ({ servers, resources }: PostgresExporterOptions): Component => ({
  name: 'postgres-exporter',
  workloads: byServer(servers, workloadOf, () => ({ kind: 'own', namespace: 'stack' })),
  endpoints: byServer(
    servers,
    ({ name }) => name,
    (one) => ({
      port: 9187,
      workload: workloadOf(one),
      offers: [
        metrics('/metrics', {
          job: workloadOf(one),
          labels: { server: one.name },
          // The server is not in the pod and on the node of the exporter.
          about: 'cluster',
          catalogue: 'postgres-exporter',
          // A page has hundreds of settings, and up to thirty series for each table.
          keep: { also: usedByRunbooks },
        }),
        // The start page. There is no other page that does not connect to the server.
        health('/'),
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
  programs: { 'postgres-exporter': program },
  render: (scope, wiring) => {
    for (const one of servers) {
      const { endpoints } = wiring.workloads[workloadOf(one)]!;
      const authority = authorityOf(one);
      workload(scope, wiring, workloadOf(one), {
        kind: 'Deployment',
        replicas: 1,
        recreate: true,
        // The driver rejects a key that everybody can read:
        // https://github.com/lib/pq/blob/v1.10.9/ssl_permissions.go
        secretMode: 0o440,
        containers: [
          {
            name: 'postgres-exporter',
            image: 'postgres-exporter',
            args: argumentsFor(endpoints[one.name]!.port),
            env: dataSource(one),
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

const argumentsFor = (port: number): string[] => [
  `--web.listen-address=:${port}`,
  // Less than the timeout of a scrape.
  '--collection-timeout=8s',
  ...collectors.enabled.map((name) => `--collector.${name}`),
  ...collectors.disabled.map((name) => `--no-collector.${name}`),
];
