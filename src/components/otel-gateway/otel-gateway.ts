import type { Size } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { connectionsFor } from '../../model/connection.js';
import { optional, required } from '../../model/consumption.js';
import { peersName, serviceHost } from '../../model/identity.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import {
  type CertificateAuthority,
  trustEnvironment,
  trustFolder,
  trustPrerequisite,
} from '../../model/trust.js';
import type { Wiring } from '../../model/wiring.js';
import { logClient, sendsLogs } from '../collector/log-store.js';
import { type OtlpClient, otlpClient } from '../collector/otlp-exporter.js';
import { headerOf, type Store } from '../collector/store.js';
import { type GatewayConfigOptions, gatewayConfig } from './config.js';
import { configFile, configFolder } from './file.js';
import { dataFolder, program } from './program.js';
import { tracesIn } from './sampling.js';
import { storeNames } from './store.js';

export interface OtelGatewayOptions extends GatewayConfigOptions {
  readonly size: Size;
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** Where traces are stored. @default - the provider of `traces` behind it */
  readonly store?: Store;
  /** How it receives logs, and where they are stored: by default at the provider of `logs` behind it. @default - it receives none */
  readonly logs?: { readonly store?: Store };
  /** Whether it receives metrics, for the provider of `otlp-metrics` behind it. @default false */
  readonly metrics?: boolean;
}

/**
 * An OpenTelemetry Collector between applications and the store of traces: it receives spans by OTLP,
 * counts them, decides which traces are kept, and sends these from a queue on its volume. On request, it also
 * receives logs and metrics, and sends them to their stores in the same way.
 */
export const otelGateway = (options: OtelGatewayOptions): Component => ({
  name: 'otel-gateway',
  endpoints: {
    'otlp-grpc': { port: 4317, scheme: 'grpc', offers: receiving(options, 'grpc') },
    'otlp-http': { port: 4318, offers: receiving(options, 'http') },
    telemetry: {
      port: 8888,
      // Metric names with dots would need quotes in every query.
      offers: [metrics('/metrics', { nameEscaping: 'underscores' })],
    },
    ...(isShared(options) && {
      sampling: { port: 4319, scheme: 'grpc', offers: [offer('peers')] },
    }),
    status: { port: 13133, offers: [health('/', { startSeconds: 300, stopSeconds: 60 })] },
  },
  consumes: [
    required('dns'),
    // It offers the same: so applications send to it, and only it sends to the store.
    required('traces', { variant: options.store ? storeNames.traces : 'grpc' }),
    ...(options.logs ? [sendsLogs(storeNames.logs, options.logs.store)] : []),
    ...(options.metrics ? [required('otlp-metrics', { prefer: 'grpc' })] : []),
    optional('span-metrics'),
    ...(isShared(options) ? [required('peers')] : []),
  ],
  replicasReason:
    options.size.replicas > 1
      ? 'each passes a span on to the replica that decides about its trace'
      : 'all spans of a trace must reach the same process, which decides about it',
  readme: {
    volumes: [volumeOf(options)],
    ...(options.sampling && { workloads: [waiting(options)] }),
  },
  rereads: { except: [] },
  prerequisites: [
    ...trustPrerequisite(options.store?.certificateAuthority, 'used to verify the store of traces'),
    ...trustPrerequisite(
      options.logs?.store?.certificateAuthority,
      'used to verify the store of logs',
    ),
  ],
  programs: { 'otel-gateway': program },
  render: (scope, wiring) => {
    const { identity, endpoints, secrets } = wiring.workloads['otel-gateway']!;
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(
        configFile,
        gatewayConfig(options, {
          endpoints,
          scrapeInterval: wiring.setting.scrapeInterval,
          traces: tracesOf(wiring, options)!,
          spanMetrics: spanMetricsOf(wiring),
          samplers: samplersOf(wiring, options),
          passed: {
            ...(options.logs && { logs: logClient(wiring, options.logs.store) }),
            metrics: metricsOf(wiring),
          },
        }),
      ),
    ]);
    workload(scope, wiring, 'otel-gateway', {
      kind: 'StatefulSet',
      replicas: options.size.replicas,
      volume: options.size.volume,
      claimTemplate: options.claimTemplate,
      volumePath: dataFolder,
      // For any number of replicas: the Service name of a StatefulSet is immutable.
      peers: true,
      containers: [
        {
          name: 'otel-gateway',
          image: 'otel-collector',
          args: [`--config=${configFile.path}`],
          podFields: options.size.replicas > 1 ? { POD_NAME: 'metadata.name' } : {},
          endpoints: Object.keys(endpoints),
          resources: options.size,
          goMemoryLimit: true,
          env: trustEnvironment(...authoritiesOf(options)),
          mounts: [config, ...authoritiesOf(options).flatMap((one) => trustMounts(one, secrets))],
        },
      ],
    });
  },
});

const receiving = ({ logs, metrics }: OtelGatewayOptions, variant: 'grpc' | 'http') => [
  offer('traces', { variant }),
  ...(logs ? [offer('logs', { variant })] : []),
  ...(metrics ? [offer('otlp-metrics', { variant })] : []),
];

/** Different ones: both stores can have the same. */
const authoritiesOf = ({ store, logs }: OtelGatewayOptions): CertificateAuthority[] => {
  const all = [store, logs?.store].flatMap((one) => one?.certificateAuthority ?? []);
  return [...new Map(all.map((one) => [trustFolder(one), one])).values()];
};

/** Whether replicas decide about traces together. Without sampling, any of them can send any span. */
const isShared = ({ sampling, size }: OtelGatewayOptions): boolean =>
  sampling !== undefined && size.replicas > 1;

/** Where each replica receives the spans of its traces. */
const samplersOf = ({ workloads }: Wiring, options: OtelGatewayOptions): string[] => {
  const { identity, endpoints } = workloads['otel-gateway']!;
  if (!isShared(options)) return [];
  const host = serviceHost({ ...identity, name: peersName(identity) });
  return Array.from(
    { length: options.size.replicas },
    (_, ordinal) => `${identity.name}-${ordinal}.${host}:${endpoints.sampling!.port}`,
  );
};

const volumeOf = ({ size, logs, metrics }: OtelGatewayOptions): string =>
  logs || metrics
    ? `The queues of otel-gateway have ${size.volume}: a quarter, in equal parts, for what waits (traces${logs ? ', logs' : ''}${metrics ? ', metrics' : ''}), the rest for the files that hold it and their compactions.`
    : `The queue of otel-gateway has ${size.volume}: a quarter for traces that wait, the rest for the file that holds them and its compaction.`;

const waiting = ({ sampling, size }: OtelGatewayOptions): string =>
  `otel-gateway keeps each trace ${sampling?.wait} in memory until it decides about it, up to ${tracesIn(size.memoryLimit)} traces: a killed process loses those.`;

const tracesOf = ({ outgoing }: Wiring, { store }: OtelGatewayOptions): OtlpClient | undefined => {
  const [traces] = connectionsFor(outgoing, 'traces');
  return traces && otlpClient(traces, 'traces', store?.protocol, store && headerOf(store));
};

/** One for each replica of Prometheus. */
const metricsOf = ({ outgoing }: Wiring): OtlpClient[] =>
  connectionsFor(outgoing, 'otlp-metrics').flatMap(
    (one) => otlpClient(one, 'metrics', one.offer.variant === 'grpc' ? 'grpc' : 'http') ?? [],
  );

const spanMetricsOf = ({ outgoing }: Wiring): OtlpClient | undefined => {
  const [spanMetrics] = connectionsFor(outgoing, 'span-metrics');
  return spanMetrics && otlpClient(spanMetrics, 'span-metrics');
};
