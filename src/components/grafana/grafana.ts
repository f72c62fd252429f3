import { configMap } from '../../kubernetes/config-map.js';
import type { ContainerOptions } from '../../kubernetes/container.js';
import { route } from '../../kubernetes/route.js';
import { type Mount, secretMount } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { dashboardProviders, dataSourceFile, grafanaIni } from './config.js';
import { type CredentialFiles, credentialFiles, makeCredentials } from './credentials.js';
import { dashboardFolders } from './dashboard-folder.js';
import type { GrafanaOptions } from './options.js';
import { prerequisites } from './prerequisite.js';

const dataFolder = '/var/lib/grafana';

export type { GrafanaOptions } from './options.js';

/** Grafana: shows the dashboards, over the data sources that the connections give. */
export const grafana = (options: GrafanaOptions): Component => ({
  name: 'grafana',
  endpoints: {
    web: {
      port: 3000,
      ...(options.exposure && {
        authentication: {
          kind: 'basic',
          username: 'metrics',
          password: options.exposure.metricsPassword,
        },
      }),
      offers: [
        metrics(),
        health('/healthz', { ready: '/api/health', startSeconds: 300 }),
        ...(options.exposure ? [offer('web', { variant: 'public' })] : []),
      ],
    },
  },
  consumes: [
    required('dns'),
    required('promql'),
    optional('datasource'),
    ...(options.oidc ? [required('identity')] : []),
    ...(options.database ? [required('database')] : []),
  ],
  prerequisites: prerequisites(options),
  replicasReason: options.database
    ? 'a restart loses nothing, and nobody but those who look waits for it'
    : 'its database is a file of one writer',
  render: (scope, wiring) => {
    const { identity } = wiring.workloads.grafana!;
    const credentials = credentialFiles(dataFolder, options.credentialsSecret);
    const folders = dashboardFolders(wiring.content.dashboards, options.dashboardShards);
    const files = {
      'grafana.ini': grafanaIni(credentials, options),
      'datasources.yaml': dataSourceFile(wiring.dataSources),
      'dashboards.yaml': dashboardProviders(
        Object.fromEntries(folders.map(({ title, path }) => [title, path])),
      ),
    };
    const config = configMap(scope, identity, 'config', files);
    const dashboards = folders.flatMap(({ name, path, shards }) =>
      shards.map(
        (shard, index): Mount => ({
          name: `${name}-${index}`,
          path: `${path}/${index}`,
          source: {
            kind: 'config-map',
            name: configMap(scope, identity, `${name}-${index}`, shard),
          },
        }),
      ),
    );
    workload(scope, wiring, 'grafana', {
      kind: 'StatefulSet',
      // A StatefulSet never runs two of a replica, as the database on the volume asks.
      replicas: 1,
      volume: options.volume,
      volumePath: dataFolder,
      restartOn: files,
      initContainers: options.credentialsSecret ? [] : [makerOf(credentials, options)],
      containers: [
        {
          name: 'grafana',
          image: 'grafana',
          endpoints: ['web'],
          resources: options.resources,
          mounts: [
            { name: 'tmp', path: '/tmp', source: { kind: 'scratch', sizeLimit: '256Mi' } },
            {
              name: 'config',
              path: '/etc/grafana',
              source: {
                kind: 'config-map',
                name: config,
                files: {
                  'grafana.ini': 'grafana.ini',
                  'datasources.yaml': 'provisioning/datasources/crowsnest.yaml',
                  'dashboards.yaml': 'provisioning/dashboards/crowsnest.yaml',
                },
              },
            },
            ...dashboards,
            ...secretsOf(options).map(secretMount),
          ],
        },
      ],
    });
    const { web } = wiring.workloads.grafana!.endpoints;
    if (options.exposure) route(scope, identity, 'web', web!, options.exposure);
  },
});

const makerOf = (
  credentials: CredentialFiles,
  { resources }: GrafanaOptions,
): ContainerOptions => ({
  name: 'make-credentials',
  image: 'grafana',
  command: ['/bin/sh', '-c', makeCredentials(credentials)],
  resources,
});

// Those that Grafana itself asks for; what its connections need is mounted with them.
const secretsOf = ({ credentialsSecret, exposure, database }: GrafanaOptions): string[] => [
  ...new Set(
    [
      credentialsSecret ?? [],
      exposure?.metricsPassword.secret ?? [],
      database?.certificateAuthority.secret ?? [],
    ].flat(),
  ),
];
