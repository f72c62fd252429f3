import {
  everywhere as listenOn,
  memoryLimiter,
  otlpReceiver,
  ownMetrics,
  type Ports,
} from '../collector/parts.js';
import { callCounter, callFilter, spanCounter } from '../collector/span-metrics.js';
import { type JaegerConfig, samplingFile, uiFile } from './file.js';

export interface JaegerConfigOptions {
  /** Retention of spans: a Go duration such as `72h`. */
  readonly retention: string;
  /** Ratio of traces that clients keep, from 0 to 1. */
  readonly sampling: {
    readonly default: number;
    /** By the name of a service. */
    readonly services: Readonly<Record<string, number>>;
  };
}

interface Surroundings {
  readonly endpoints: Ports;
  readonly dataFolder: string;
  /** Interval at which the span metrics are scraped. */
  readonly scrapeInterval: string;
  /** URL of the query API for the Monitor tab. */
  readonly promql?: string;
  /** Whether a client counts the spans, and sends the metrics. @default false */
  readonly counted?: boolean;
  /** The path below which Jaeger serves its pages and its API. @default - the root */
  readonly basePath?: string;
}

/** Jaeger's configuration, in the format of the OpenTelemetry Collector. */
export const jaegerConfig = (
  { retention }: Pick<JaegerConfigOptions, 'retention'>,
  { endpoints, dataFolder, scrapeInterval, promql, counted = false, basePath }: Surroundings,
): JaegerConfig => {
  const everywhere = (name: string) => listenOn(endpoints, name);
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'remote_sampling', 'healthcheckv2'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter'],
          exporters: ['jaeger_storage_exporter', ...(counted ? [] : ['spanmetrics'])],
        },
        ...(counted
          ? {
              'metrics/spanmetrics': {
                receivers: ['otlp'],
                processors: ['memory_limiter'],
                exporters: ['prometheus'],
              },
            }
          : {
              'traces/calls': {
                receivers: ['otlp'],
                processors: ['memory_limiter', 'filter/calls'],
                exporters: ['spanmetrics/calls'],
              },
              'metrics/spanmetrics': {
                receivers: ['spanmetrics', 'spanmetrics/calls'],
                exporters: ['prometheus'],
              },
            }),
      },
      telemetry: { metrics: ownMetrics(endpoints, 'detailed') },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: everywhere('status') },
      jaeger_query: {
        // Otherwise Jaeger would store its own traces.
        enable_tracing: false,
        ...(basePath && { base_path: basePath }),
        http: everywhere('query'),
        grpc: { endpoint: '127.0.0.1:16685' },
        storage: { traces: 'main', ...(promql && { metrics: 'prometheus' }) },
        ui: { config_file: `${uiFile.path}` },
      },
      jaeger_storage: {
        backends: {
          main: {
            badger: {
              ephemeral: false,
              // False: writes are asynchronous. A killed process loses no stored span in either mode; a node that
              // loses power loses the last seconds.
              consistency: false,
              directories: { keys: `${dataFolder}/keys`, values: `${dataFolder}/values` },
              ttl: { spans: retention },
            },
          },
        },
        ...(promql && { metric_backends: { prometheus: { prometheus: spanMetricsIn(promql) } } }),
      },
      remote_sampling: {
        file: {
          path: `${samplingFile.path}`,
          reload_interval: '10s',
        },
        http: everywhere('sampling'),
        grpc: { endpoint: '127.0.0.1:5779' },
      },
    },
    receivers: { otlp: otlpReceiver(endpoints) },
    processors: {
      memory_limiter: memoryLimiter,
      ...(!counted && { 'filter/calls': callFilter }),
    },
    ...(!counted && {
      connectors: {
        spanmetrics: spanCounter(scrapeInterval, true),
        'spanmetrics/calls': callCounter(scrapeInterval),
      },
    }),
    exporters: {
      jaeger_storage_exporter: {
        trace_storage: 'main',
        queue: {
          // In some versions the queue is enabled by default if configured, in others only by this field.
          enabled: true,
          // The client gets an answer only when its spans are stored, or when the queue is full: no span that
          // the client has released is only in memory.
          wait_for_result: true,
          sizer: 'bytes',
          queue_size: queueBytes,
          num_consumers: 10,
        },
        retry_on_failure: { enabled: true },
      },
      prometheus: { ...everywhere('span-metrics'), enable_open_metrics: true },
    },
  };
};

// Above the maximum of one OTLP request over HTTP (20 MiB), so that an empty queue accepts each request.
const queueBytes = 32 * 1024 ** 2;

const spanMetricsIn = (endpoint: string) => ({
  endpoint,
  normalize_calls: true,
  normalize_duration: true,
  latency_unit: 'ms' as const,
});
