import { shardFiles } from '../../content/shard.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { route } from '../../kubernetes/route.js';
import { trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { replicaUid } from '../../model/data-source.js';
import { health, metrics, type Offer, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { trustEnvironment, trustPrerequisite } from '../../model/trust.js';
import { roleAnnotations } from '../aws-role.js';
import { routePrerequisites } from '../exposure.js';
import { prometheusConfig, shareForSamples } from './config.js';
import { configFile, configFolder, ruleFile } from './file.js';
import type { PrometheusOptions } from './options.js';
import { otlpFlag, otlpOffers } from './otlp.js';
import { programOf } from './program.js';
import { queryLimits } from './query-limit.js';
import { ruleObjects, ruleObjectsSection } from './rule-objects.js';

const rulesFolder = '/etc/prometheus/rules';
/** Where the volume is mounted. */
export const dataFolder = '/prometheus';
const ruleShards = 4;

export type { PrometheusOptions } from './options.js';

/** The path of its pages, API, metrics and health: Prometheus serves everything below its prefix. */
const pathOf = ({ published }: PrometheusOptions): string => published?.path ?? '';

/**
 * Receives the results of load tests. Each of several replicas stores what it receives itself: all results are in the
 * first one, which is then a data source too.
 */
const resultOffers = (options: PrometheusOptions): Offer[] => {
  const path = pathOf(options);
  const receiver = { path: `${path}/api/v1/write` };
  if (options.size.replicas === 1) return [offer('results', receiver)];
  const replica = 0;
  return [
    offer('results', { ...receiver, replica }),
    offer('datasource', {
      variant: 'prometheus',
      name: 'Prometheus (replica 0)',
      uid: replicaUid,
      replica,
      ...(path && { path }),
    }),
  ];
};

/** Prometheus: scrapes all metrics endpoints, stores the samples, evaluates the rules. */
export const prometheus = (options: PrometheusOptions): Component => ({
  name: 'prometheus',
  endpoints: {
    web: {
      port: 9090,
      offers: [
        offer('promql', pathOf(options) ? { path: pathOf(options) } : {}),
        ...(options.receivesResults ? resultOffers(options) : []),
        ...(options.otlp ? otlpOffers(pathOf(options), options.size.replicas) : []),
        ...(options.published ? [offer('web', { variant: 'internal' })] : []),
        metrics(`${pathOf(options)}/metrics`, { nativeHistograms: true }),
        // After a crash, Prometheus replays the write-ahead log before it is ready.
        health(`${pathOf(options)}/-/healthy`, {
          ready: `${pathOf(options)}/-/ready`,
          startSeconds: 900,
          stopSeconds: 300,
        }),
      ],
    },
  },
  consumes: [
    required('dns'),
    required('kubernetes-api'),
    optional('metrics'),
    optional('raw-metrics'),
    optional('alerts'),
    optional('probes'),
    optional('raw-alerts'),
    optional('remote-write'),
    optional('remote-read'),
    optional('credentials'),
    optional('proxy'),
  ],
  replicasReason:
    options.size.replicas > 1
      ? 'each replica scrapes and sends alerts independently, so that one can fail; a client always uses the same replica'
      : 'a second replica would double the cost; samples are missing while it restarts',
  readme: {
    page: { endpoint: 'web', url: options.published?.url },
    sections: [
      ...(options.ruleObjects ? [ruleObjectsSection(options.ruleObjects)] : []),
      ...(options.readmeSections ?? []),
    ],
    volumes: [
      `Prometheus keeps samples for ${options.retention}, or until ${shareForSamples * 100} % of its volume is full.`,
    ],
  },
  // The process reads the credentials file of AWS once:
  // https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/config#LoadDefaultConfig
  rereads: { except: options.native?.readAtStart ?? [] },
  prerequisites: [
    ...routePrerequisites(options.published?.route, 'Prometheus'),
    ...trustPrerequisite(
      options.certificateAuthority,
      'used to verify servers outside the cluster',
    ),
  ],
  programs: { prometheus: programOf(options) },
  render: (scope, wiring) => {
    const { identity, endpoints, secrets } = wiring.workloads.prometheus!;
    const { port } = endpoints.web!;
    const files = Object.entries(wiring.content.ruleFiles).map(
      ([name, groups]) => [`${name}.yaml`, groups] as const,
    );
    const shards = shardFiles(Object.fromEntries(files), ruleShards).map((shard, index) =>
      mountFiles(
        scope,
        identity,
        `rules-${index}`,
        `${rulesFolder}/${index}`,
        Object.entries(shard).map(([file, groups]) =>
          writeFile(ruleFile, { groups }, { path: `${rulesFolder}/${index}/${file}` }),
        ),
      ),
    );
    if (options.ruleObjects) {
      ruleObjects(scope, identity, wiring.content.ruleFiles, options.ruleObjects);
    }
    // Prometheus allows a wildcard only in the last part of a path.
    const ruleFiles = shards.map(({ path }) => `${path}/*.yaml`);
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(configFile, prometheusConfig(options, wiring, ruleFiles)),
    ]);
    workload(scope, wiring, 'prometheus', {
      kind: 'StatefulSet',
      replicas: options.size.replicas,
      accountAnnotations: roleAnnotations(options.awsRole),
      sticky: options.size.replicas > 1,
      volume: options.size.volume,
      claimTemplate: options.claimTemplate,
      volumePath: dataFolder,
      containers: [
        {
          name: 'prometheus',
          image: 'prometheus',
          args: [
            `--config.file=${configFile.path}`,
            '--config.auto-reload',
            '--config.auto-reload-interval=10s',
            `--storage.tsdb.path=${dataFolder}`,
            '--enable-feature=exemplar-storage',
            `--web.listen-address=:${port}`,
            ...(options.receivesResults ? ['--web.enable-remote-write-receiver'] : []),
            ...(options.otlp ? [`--${otlpFlag}`] : []),
            ...queryLimits(options.size.memoryLimit),
            `--web.external-url=${options.published?.url ?? `http://localhost:${port}/`}`,
            // Otherwise that of the URL, even if the proxy removes it.
            `--web.route-prefix=${pathOf(options) || '/'}`,
          ],
          podFields: { POD_NAME: 'metadata.name' },
          env: { ...options.native?.env, ...trustEnvironment(options.certificateAuthority) },
          endpoints: ['web'],
          resources: options.size,
          mounts: [config, ...shards, ...trustMounts(options.certificateAuthority, secrets)],
        },
      ],
    });
    const { published } = options;
    if (published?.route) route(scope, identity, 'web', endpoints.web!, published.route);
  },
});
