import { shardFiles } from '../../content/shard.js';
import { configMap } from '../../kubernetes/config-map.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { prometheusConfig } from './config.js';
import type { PrometheusOptions } from './options.js';

const configFolder = '/etc/prometheus/config';
const rulesFolder = '/etc/prometheus/rules';
const dataFolder = '/prometheus';
const ruleShards = 4;
const port = 9090;

export type { PrometheusOptions } from './options.js';

/** Prometheus: scrapes whatever offers metrics, keeps the samples, evaluates the rules. */
export const prometheus = (options: PrometheusOptions): Component => ({
  name: 'prometheus',
  endpoints: {
    web: {
      port,
      offers: [
        offer('promql'),
        ...(options.externalUrl ? [offer('web', { variant: 'internal' })] : []),
        metrics('/metrics', { nativeHistograms: true }),
        // After a crash the write-ahead log is read before anything is served.
        health('/-/healthy', { ready: '/-/ready', startSeconds: 900, stopSeconds: 300 }),
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
    optional('remote-write'),
  ],
  replicasReason:
    options.size.replicas > 1
      ? 'each scrapes and alerts by itself, so that one may fail; a client stays with one of them'
      : 'a second would double what it costs; while it restarts, samples are missing',
  render: (scope, wiring) => {
    const { identity } = wiring.workloads.prometheus!;
    const shards = shardFiles(wiring.content.rules, ruleShards).map((files, index) => ({
      name: `rules-${index}`,
      path: `${rulesFolder}/${index}`,
      source: {
        kind: 'config-map' as const,
        name: configMap(scope, identity, `rules-${index}`, files),
      },
    }));
    // Prometheus allows a wildcard in the last part of a path alone.
    const ruleFiles = shards.map(({ path }) => `${path}/*.yaml`);
    const config = configMap(scope, identity, 'config', {
      'prometheus.yml': prometheusConfig(options, wiring, ruleFiles),
    });
    workload(scope, wiring, 'prometheus', {
      kind: 'StatefulSet',
      replicas: options.size.replicas,
      sticky: options.size.replicas > 1,
      volume: options.size.volume,
      volumePath: dataFolder,
      containers: [
        {
          name: 'prometheus',
          image: 'prometheus',
          args: [
            `--config.file=${configFolder}/prometheus.yml`,
            '--config.auto-reload',
            '--config.auto-reload-interval=10s',
            `--storage.tsdb.path=${dataFolder}`,
            '--enable-feature=exemplar-storage',
            `--web.external-url=${options.externalUrl ?? `http://localhost:${port}/`}`,
            // The proxy in front may answer below a path; Prometheus itself stays at its root.
            '--web.route-prefix=/',
          ],
          podFields: { POD_NAME: 'metadata.name' },
          endpoints: ['web'],
          resources: options.size,
          mounts: [
            { name: 'config', path: configFolder, source: { kind: 'config-map', name: config } },
            ...shards,
          ],
        },
      ],
    });
  },
});
