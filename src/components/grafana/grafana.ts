import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import type { ContainerOptions } from '../../kubernetes/container.js';
import { route } from '../../kubernetes/route.js';
import { secretMount, trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { dashboards, health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { hasIdentity, hasUpstreams } from './backend.js';
import { dashboardProviders, grafanaSettings, provisionedSources } from './config.js';
import { type CredentialFiles, credentialFiles, makeCredentials } from './credentials.js';
import { dashboardFolders, pathOfDashboard } from './dashboard-folder.js';
import {
  alertFile,
  configFolder,
  dashboardFile,
  dataSourceFile,
  pluginFile,
  providerFile,
  settingsFile,
} from './file.js';
import type { GrafanaOptions } from './options.js';
import { outgoingEnvironment } from './outgoing.js';
import { prerequisites } from './prerequisite.js';
import { readmeFacts } from './readme.js';
import { grafanaRoute } from './route.js';
import { settingSecrets, settingTexts } from './setting.js';

/** Where the volume is mounted. */
export const dataFolder = '/var/lib/grafana';

export type { GrafanaOptions } from './options.js';

/** Grafana: shows the dashboards, with data sources from the connections. */
export const grafana = (options: GrafanaOptions): Component => {
  const settingsIni = settingsFile(settingTexts(options.settings ?? {}));
  return component(options, settingsIni);
};

/** The path of its pages: Grafana redirects every page that is not below it. */
const pathOf = ({ exposure }: GrafanaOptions): string => exposure?.path ?? '';

const component = (
  options: GrafanaOptions,
  settingsIni: ReturnType<typeof settingsFile>,
): Component => ({
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
        metrics(`${pathOf(options)}/metrics`),
        dashboards(),
        health(`${pathOf(options)}/healthz`, {
          ready: `${pathOf(options)}/api/health`,
          startSeconds: 300,
        }),
        ...(options.exposure ? [offer('web', { variant: 'public' })] : []),
      ],
    },
  },
  consumes: [
    required('dns'),
    required('promql'),
    optional('logql'),
    optional('datasource'),
    ...(hasIdentity(options) ? [required('identity')] : []),
    ...(hasUpstreams(options) ? [required('upstream')] : []),
    ...(options.database ? [required('database', { variant: 'postgres' })] : []),
  ],
  prerequisites: prerequisites(options),
  readme: readmeFacts(options),
  replicasReason: options.database
    ? 'a restart loses no data, and only delays users'
    : 'its database is a file that allows one writer',
  programs: {
    grafana: {
      memoryLimit: 'variable',
      uses: { [dataFolder]: { writes: true } },
      files: [settingsIni, dataSourceFile, providerFile, pluginFile, alertFile, dashboardFile],
    },
  },
  render: (scope, wiring) => {
    const {
      identity,
      endpoints: { web },
    } = wiring.workloads.grafana!;
    const credentials = credentialFiles(dataFolder, options.credentialsSecret);
    const folders = dashboardFolders(wiring.content.dashboards, options.dashboardShards);
    const provisioned = (kind: string) => ({
      path: `${configFolder}/provisioning/${kind}/crowsnest.yaml`,
      key: `${kind}.yaml`,
    });
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(
        settingsIni,
        grafanaSettings(web!.port, credentials, options, pathOfDashboard(folders, 'overview')),
      ),
      writeFile(dataSourceFile, provisionedSources(wiring.dataSources), provisioned('datasources')),
      writeFile(
        providerFile,
        dashboardProviders(Object.fromEntries(folders.map(({ title, path }) => [title, path]))),
        provisioned('dashboards'),
      ),
      // Without these folders, Grafana logs an error at each start.
      writeFile(pluginFile, { apiVersion: 1, apps: [] }, provisioned('plugins')),
      writeFile(alertFile, { apiVersion: 1, groups: [] }, provisioned('alerting')),
    ]);
    const dashboardMounts = folders.flatMap(({ name, path, shards }) =>
      shards.map((shard, index) =>
        mountFiles(
          scope,
          identity,
          `${name}-${index}`,
          `${path}/${index}`,
          Object.entries(shard).map(([file, dashboard]) =>
            writeFile(dashboardFile, dashboard, { path: `${path}/${index}/${file}` }),
          ),
        ),
      ),
    );
    workload(scope, wiring, 'grafana', {
      kind: 'StatefulSet',
      // A StatefulSet never runs two pods of a replica: the database on the volume allows one writer.
      replicas: 1,
      volume: options.volume,
      claimTemplate: options.claimTemplate,
      volumePath: dataFolder,
      serviceAnnotations: options.exposure?.serviceAnnotations,
      initContainers: options.credentialsSecret ? [] : [makerOf(credentials, options)],
      containers: [
        {
          name: 'grafana',
          image: 'grafana',
          endpoints: ['web'],
          resources: options.resources,
          goMemoryLimit: true,
          env: outgoingEnvironment(options, wiring.outgoing),
          mounts: [
            { name: 'tmp', path: '/tmp', source: { kind: 'scratch', sizeLimit: '256Mi' } },
            config,
            ...dashboardMounts,
            ...secretsOf(options).map(secretMount),
            ...trustMounts(options.certificateAuthority, [
              ...secretsOf(options),
              ...wiring.workloads.grafana!.secrets,
            ]),
          ],
        },
      ],
    });
    if (options.exposure) route(scope, identity, 'web', web!, grafanaRoute(options.exposure));
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

// Secrets of Grafana itself; those of its connections are mounted elsewhere.
const secretsOf = ({
  credentialsSecret,
  exposure,
  database,
  ldap,
  settings = {},
}: GrafanaOptions): string[] => [
  ...new Set(
    [
      credentialsSecret ?? [],
      exposure?.metricsPassword.secret ?? [],
      database?.certificateAuthority.secret ?? [],
      ldap?.config.secret ?? [],
      settingSecrets(settings).map(({ reference }) => reference.secret),
    ].flat(),
  ),
];
