import type { Endpoint } from '../../model/endpoint.js';

export interface JaegerConfigOptions {
  /** How long spans are kept. A Go duration, such as `72h`. */
  readonly retention: string;
  /** Share of the traces that clients keep, from 0 to 1. */
  readonly sampling: {
    readonly default: number;
    /** By the name of a service. */
    readonly services: Readonly<Record<string, number>>;
  };
}

interface Surroundings {
  /** By the name of the endpoint. */
  readonly endpoints: Readonly<Record<string, Pick<Endpoint, 'port'>>>;
  readonly configFolder: string;
  readonly dataFolder: string;
  /** How often the span metrics are scraped. */
  readonly scrapeInterval: string;
  /** URL of the query API for the Monitor tab. */
  readonly promql?: string;
}

/** Jaeger's configuration, which is that of an OpenTelemetry Collector. */
export const jaegerConfig = (
  { retention }: Pick<JaegerConfigOptions, 'retention'>,
  { endpoints, configFolder, dataFolder, scrapeInterval, promql }: Surroundings,
): object => {
  const portOf = (name: string): number => endpoints[name]!.port;
  const everywhere = (name: string) => ({ endpoint: `0.0.0.0:${portOf(name)}` });
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'remote_sampling', 'healthcheckv2'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter'],
          exporters: ['jaeger_storage_exporter', 'spanmetrics'],
        },
        'metrics/spanmetrics': { receivers: ['spanmetrics'], exporters: ['prometheus'] },
      },
      telemetry: { metrics: { level: 'detailed', readers: [ownMetrics(portOf('telemetry'))] } },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: everywhere('status') },
      jaeger_query: {
        // Its own traces would go into its own store.
        enable_tracing: false,
        http: everywhere('query'),
        grpc: { endpoint: '127.0.0.1:16685' },
        storage: { traces: 'main', ...(promql && { metrics: 'prometheus' }) },
        ui: { config_file: `${configFolder}/ui.json` },
      },
      jaeger_storage: {
        backends: {
          main: {
            badger: {
              ephemeral: false,
              // Its name for synchronous writes: a killed process loses nothing of what it had stored
              // either way, and a node that loses its power a few seconds of spans.
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
          path: `${configFolder}/sampling.json`,
          reload_interval: '10s',
        },
        http: everywhere('sampling'),
        grpc: { endpoint: '127.0.0.1:5779' },
      },
    },
    receivers: {
      otlp: { protocols: { grpc: everywhere('otlp-grpc'), http: everywhere('otlp-http') } },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
    },
    connectors: {
      spanmetrics: {
        // Each flush takes the place of the exemplars before it: a scrape between two misses none.
        metrics_flush_interval: scrapeInterval,
        // Random at every start: each restart would make a new set of series.
        exclude_dimensions: ['collector.instance.id'],
        histogram: { unit: 'ms' },
        exemplars: { enabled: true },
      },
    },
    exporters: {
      jaeger_storage_exporter: {
        trace_storage: 'main',
        queue: {
          // Some versions turn it on for being there, some only for this.
          enabled: true,
          // Whoever sent spans hears that they are taken once they are stored, or that there is no
          // room: memory alone never holds a span that its sender has let go of.
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

// Above what OTLP over HTTP takes in one request (20 MiB): none is too large for an empty queue.
const queueBytes = 32 * 1024 ** 2;

// Names with unit and suffix, as Prometheus and the alerts have them.
const ownMetrics = (port: number): object => ({
  pull: {
    exporter: {
      prometheus: {
        host: '0.0.0.0',
        port,
        without_scope_info: true,
        without_type_suffix: false,
        without_units: false,
      },
    },
  },
});

const spanMetricsIn = (endpoint: string): object => ({
  endpoint,
  normalize_calls: true,
  normalize_duration: true,
  latency_unit: 'ms',
});
