import type { Size } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { route } from '../../kubernetes/route.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { type Publication, routePrerequisites } from '../exposure.js';
import { type JaegerConfigOptions, jaegerConfig } from './config.js';
import { configFile, configFolder, type SamplingStrategies, samplingFile, uiFile } from './file.js';
import { dataFolder, program } from './program.js';

export interface JaegerOptions extends JaegerConfigOptions {
  readonly size: Omit<Size, 'replicas'>;
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** How it is served to users. @default - only by a port-forward */
  readonly published?: Publication;
}

/** Jaeger: receives spans by OTLP, stores them on its volume, and exposes span metrics. */
export const jaeger = (options: JaegerOptions): Component => ({
  name: 'jaeger',
  endpoints: {
    query: {
      port: 16686,
      offers: [
        offer('datasource', {
          variant: 'jaeger',
          ...(options.published?.path && { path: options.published.path }),
        }),
        ...(options.published ? [offer('web', { variant: 'internal' })] : []),
      ],
    },
    'otlp-grpc': {
      port: 4317,
      scheme: 'grpc',
      offers: [offer('traces', { variant: 'grpc' }), offer('span-metrics')],
    },
    'otlp-http': { port: 4318, offers: [offer('traces', { variant: 'http' })] },
    sampling: { port: 5778, offers: [offer('sampling')] },
    telemetry: {
      port: 8888,
      // Metric names with dots would need quotes in every query.
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
  replicasReason: 'its database, Badger, allows only one process',
  readme: {
    page: { endpoint: 'query', url: options.published?.url },
    volumes: [
      `Jaeger keeps spans for ${options.retention}, and cannot limit their size: the volume must have space for all spans of this time.`,
    ],
  },
  prerequisites: routePrerequisites(options.published?.route, 'Jaeger'),
  programs: { jaeger: program },
  render: (scope, wiring) => {
    const { identity, endpoints } = wiring.workloads.jaeger!;
    const promql = wiring.outgoing.find(({ capability }) => capability === 'promql');
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(
        configFile,
        jaegerConfig(options, {
          endpoints,
          dataFolder,
          scrapeInterval: wiring.setting.scrapeInterval,
          promql: promql?.url,
          counted: wiring.incoming.some(({ capability }) => capability === 'span-metrics'),
          basePath: options.published?.path,
        }),
      ),
      writeFile(uiFile, { monitor: { menuEnabled: promql !== undefined } }),
      writeFile(samplingFile, samplingStrategies(options)),
    ]);
    workload(scope, wiring, 'jaeger', {
      kind: 'StatefulSet',
      replicas: 1,
      volume: options.size.volume,
      claimTemplate: options.claimTemplate,
      volumePath: dataFolder,
      containers: [
        {
          name: 'jaeger',
          image: 'jaeger',
          args: [`--config=${configFile.path}`],
          endpoints: Object.keys(endpoints),
          resources: options.size,
          goMemoryLimit: true,
          mounts: [
            config,
            { name: 'tmp', path: '/tmp', source: { kind: 'scratch', sizeLimit: '64Mi' } },
          ],
        },
      ],
    });
    const { published } = options;
    if (published?.route) route(scope, identity, 'query', endpoints.query!, published.route);
  },
});

const samplingStrategies = ({ sampling }: JaegerOptions): SamplingStrategies => ({
  default_strategy: { type: 'probabilistic', param: sampling.default },
  service_strategies: Object.entries(sampling.services).map(([service, param]) => ({
    service,
    type: 'probabilistic',
    param,
  })),
});
