import { z } from 'zod';
import { type ConfigFile, json, yaml } from '../../model/file.js';
import { goDuration, listenAddress, path, text, url } from '../../schema/format.js';
import { count, listen, memoryLimiter, otlpReceiver, service, sizer } from '../collector/fields.js';
import { pipelineFaults } from '../collector/pipelines.js';
import {
  callCounterSchema,
  callFilterSchema,
  spanCounterSchema,
  spanMetricNames,
} from '../collector/span-metrics.js';

// An OpenTelemetry Collector's configuration with Jaeger's components, as far as we write it:
// https://www.jaegertracing.io/docs/latest/deployment/configuration/

const parts = z.strictObject({
  service,
  extensions: z.strictObject({
    healthcheckv2: z.strictObject({ use_v2: z.literal(true), http: listen }),
    jaeger_query: z.strictObject({
      enable_tracing: z.literal(false),
      base_path: path.optional(),
      http: listen,
      grpc: listen,
      storage: z.strictObject({ traces: text, metrics: text.optional() }),
      ui: z.strictObject({ config_file: path }),
    }),
    jaeger_storage: z.strictObject({
      backends: z.record(
        text,
        z.strictObject({
          badger: z.strictObject({
            ephemeral: z.literal(false),
            consistency: z.boolean().optional(),
            directories: z.strictObject({ keys: path, values: path }),
            ttl: z.strictObject({ spans: goDuration }),
          }),
        }),
      ),
      metric_backends: z
        .record(
          text,
          z.strictObject({
            prometheus: z.strictObject({
              endpoint: url,
              normalize_calls: z.boolean(),
              normalize_duration: z.boolean(),
              latency_unit: z.enum(['ms', 's']),
              metric_namespace: z
                .literal('traces_span_metrics', { error: spanMetricNames })
                .optional(),
            }),
          }),
        )
        .optional(),
    }),
    remote_sampling: z.strictObject({
      file: z.strictObject({ path, reload_interval: goDuration }),
      http: listen,
      grpc: listen,
    }),
  }),
  receivers: z.strictObject({ otlp: otlpReceiver }),
  processors: z.strictObject({
    memory_limiter: memoryLimiter,
    'filter/calls': callFilterSchema.optional(),
  }),
  connectors: z
    .strictObject({ spanmetrics: spanCounterSchema, 'spanmetrics/calls': callCounterSchema })
    .optional(),
  exporters: z.strictObject({
    jaeger_storage_exporter: z.strictObject({
      trace_storage: text,
      queue: z.strictObject({
        enabled: z.literal(true),
        wait_for_result: z.literal(true),
        sizer,
        queue_size: count,
        num_consumers: count,
      }),
      retry_on_failure: z.strictObject({ enabled: z.boolean() }),
    }),
    prometheus: z.strictObject({
      endpoint: listenAddress,
      enable_open_metrics: z.boolean(),
      namespace: z.literal('', { error: spanMetricNames }).optional(),
      add_metric_suffixes: z.literal(true, { error: spanMetricNames }).optional(),
    }),
  }),
});

const config = parts.superRefine((file, context) => {
  const known = (value: string | undefined, among: object, at: PropertyKey[]): void => {
    const values = Object.keys(among);
    if (value === undefined || values.includes(value)) return;
    context.addIssue({ code: 'invalid_value', values, input: value, path: at });
  };
  pipelineFaults(file, context);
  const { extensions, exporters } = file;
  const { jaeger_query: query, jaeger_storage: storage } = extensions;
  known(query.storage.traces, storage.backends, [
    'extensions',
    'jaeger_query',
    'storage',
    'traces',
  ]);
  known(query.storage.metrics, storage.metric_backends ?? {}, [
    'extensions',
    'jaeger_query',
    'storage',
    'metrics',
  ]);
  known(exporters.jaeger_storage_exporter.trace_storage, storage.backends, [
    'exporters',
    'jaeger_storage_exporter',
    'trace_storage',
  ]);
  queriedNames(file, context);
});

/**
 * The Monitor tab queries the names that the connector and the exporter of the span metrics create.
 * https://github.com/jaegertracing/jaeger/blob/v2.20.0/internal/storage/metricstore/prometheus/metricstore/reader.go
 */
const queriedNames = (file: z.output<typeof parts>, context: z.RefinementCtx): void => {
  const { jaeger_query: query, jaeger_storage: storage } = file.extensions;
  const name = query.storage.metrics ?? '';
  const backend = storage.metric_backends?.[name]?.prometheus;
  if (!backend) return;
  const at = ['extensions', 'jaeger_storage', 'metric_backends', name, 'prometheus'];
  const fault = (field: string, input: unknown, message: string): void =>
    context.addIssue({ code: 'custom', path: [...at, field], input, message });
  // Without the connector, a gateway counts the spans, in milliseconds.
  const unit = file.connectors?.spanmetrics.histogram.unit ?? 'ms';
  if (backend.latency_unit !== unit) {
    fault(
      'latency_unit',
      backend.latency_unit,
      `'${unit}', the unit of the histogram of the span metrics`,
    );
  }
  for (const field of ['normalize_calls', 'normalize_duration'] as const) {
    if (!backend[field])
      fault(field, false, 'true: the exporter adds suffixes to the names of the span metrics');
  }
};

const share = z.number().min(0).max(1);

const sampling = z.strictObject({
  default_strategy: z.strictObject({ type: z.literal('probabilistic'), param: share }),
  service_strategies: z.array(
    z.strictObject({ service: text, type: z.literal('probabilistic'), param: share }),
  ),
});

const ui = z.strictObject({
  monitor: z.strictObject({ menuEnabled: z.boolean() }).optional(),
});

export type JaegerConfig = z.input<typeof config>;
export type SamplingStrategies = z.input<typeof sampling>;

export const configFolder = '/etc/jaeger';

/** Jaeger's configuration file. */
export const configFile: ConfigFile<JaegerConfig> = {
  path: `${configFolder}/config.yaml`,
  format: yaml,
  schema: config,
  partial: true,
  reload: 'restart',
};

/** The file of sampling strategies. */
export const samplingFile: ConfigFile<SamplingStrategies> = {
  path: `${configFolder}/sampling.json`,
  format: json(1),
  schema: sampling,
  reload: 'itself',
};

/** The settings of Jaeger's pages. */
export const uiFile: ConfigFile<z.input<typeof ui>> = {
  path: `${configFolder}/ui.json`,
  format: json(),
  schema: ui,
  reload: 'restart',
};
