import type { Size } from '../../config/sizing.js';
import { configMap } from '../../kubernetes/config-map.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { toYaml } from '../../model/yaml.js';
import { type JaegerConfigOptions, jaegerConfig } from './config.js';

export interface JaegerOptions extends JaegerConfigOptions {
  readonly size: Omit<Size, 'replicas'>;
  /** Under which people reach it. @default - only through a port-forward */
  readonly externalUrl?: string;
}

const configFolder = '/etc/jaeger';
const dataFolder = '/badger';

/** Jaeger: takes spans by OTLP, keeps them on its volume, and counts them for Prometheus. */
export const jaeger = (options: JaegerOptions): Component => ({
  name: 'jaeger',
  endpoints: {
    query: {
      port: 16686,
      offers: [
        offer('datasource', { variant: 'jaeger' }),
        ...(options.externalUrl ? [offer('web', { variant: 'internal' })] : []),
      ],
    },
    'otlp-grpc': { port: 4317, scheme: 'grpc', offers: [offer('traces', { variant: 'grpc' })] },
    'otlp-http': { port: 4318, offers: [offer('traces', { variant: 'http' })] },
    sampling: { port: 5778, offers: [offer('sampling')] },
    telemetry: {
      port: 8888,
      // Dots in names would have to be quoted in every query.
      offers: [metrics('/metrics', { nameEscaping: 'underscores' })],
    },
    'span-metrics': {
      port: 8889,
      offers: [
        metrics('/metrics', {
          job: 'span-metrics',
          honorLabels: true,
          catalogue: 'jaeger-span-metrics',
        }),
      ],
    },
    status: { port: 13133, offers: [health('/status', { startSeconds: 300, stopSeconds: 60 })] },
  },
  consumes: [required('dns'), optional('promql')],
  replicasReason: 'Badger is a database of one process',
  render: (scope, wiring) => {
    const { identity, endpoints } = wiring.workloads.jaeger!;
    const promql = wiring.outgoing.find(({ capability }) => capability === 'promql');
    const files = {
      'config.yaml': toYaml(
        jaegerConfig(options, {
          endpoints,
          configFolder,
          dataFolder,
          scrapeInterval: wiring.setting.scrapeInterval,
          promql: promql?.url,
        }),
      ),
      'ui.json': `${JSON.stringify({ monitor: { menuEnabled: promql !== undefined } })}\n`,
      'sampling.json': `${JSON.stringify(samplingStrategies(options), null, 1)}\n`,
    };
    const config = configMap(scope, identity, 'config', files);
    workload(scope, wiring, 'jaeger', {
      kind: 'StatefulSet',
      replicas: 1,
      volume: options.size.volume,
      volumePath: dataFolder,
      // The sampling strategies are read again by themselves.
      restartOn: [files['config.yaml'], files['ui.json']],
      containers: [
        {
          name: 'jaeger',
          image: 'jaeger',
          args: [`--config=${configFolder}/config.yaml`],
          endpoints: Object.keys(endpoints),
          resources: options.size,
          mounts: [
            { name: 'config', path: configFolder, source: { kind: 'config-map', name: config } },
            { name: 'tmp', path: '/tmp', source: { kind: 'scratch', sizeLimit: '64Mi' } },
          ],
        },
      ],
    });
  },
});

const samplingStrategies = ({ sampling }: JaegerOptions): object => ({
  default_strategy: { type: 'probabilistic', param: sampling.default },
  service_strategies: Object.entries(sampling.services).map(([service, param]) => ({
    service,
    type: 'probabilistic',
    param,
  })),
});
