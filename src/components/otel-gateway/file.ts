import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { goDuration, listenAddress, path, port, text } from '../../schema/format.js';
import { callCounterSchema, callFilterSchema, spanCounterSchema } from '../span-metrics.js';
import { pipelineFaults } from './pipelines.js';
import { policy } from './policy.js';

// The configuration of an OpenTelemetry Collector of the distribution k8s, as far as we write it:
// https://github.com/open-telemetry/opentelemetry-collector-releases/blob/v0.159.0/distributions/otelcol-k8s/manifest.yaml

const listen = z.strictObject({ endpoint: listenAddress });
const names = z.array(text).min(1);
const count = z.int().min(1);
const percentage = z.int().min(1).max(100);

const prometheusReader = z.strictObject({
  pull: z.strictObject({
    exporter: z.strictObject({
      prometheus: z.strictObject({
        host: z.enum(['', '::', '0.0.0.0']),
        port,
        without_scope_info: z.boolean(),
        without_type_suffix: z.boolean(),
        without_units: z.boolean(),
      }),
    }),
  }),
});

const sizer = z.enum(['requests', 'items', 'bytes']);

const queue = z
  .strictObject({
    storage: text.optional(),
    sizer,
    queue_size: count,
    num_consumers: count.optional(),
    block_on_overflow: z.boolean().optional(),
    batch: z.strictObject({
      sizer: z.enum(['items', 'bytes']),
      flush_timeout: goDuration,
      min_size: z.int().min(0),
      max_size: count,
    }),
  })
  // https://github.com/open-telemetry/opentelemetry-collector/blob/v0.159.0/exporter/exporterhelper/internal/queuebatch/config.go
  .superRefine((value, context) => {
    const { batch } = value;
    const fault = (at: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: ['batch', at], message, input });
    if (batch.max_size < batch.min_size)
      fault('max_size', `at least min_size, ${batch.min_size}`, batch.max_size);
    if (batch.sizer === value.sizer && batch.min_size > value.queue_size)
      fault('min_size', `at most queue_size, ${value.queue_size}`, batch.min_size);
  });

const otlpGrpc = z.strictObject({
  endpoint: z
    .string({ error: 'a host and a port such as jaeger.crowsnest.svc:4317' })
    .regex(/^[^/\s]+:\d+$/),
  tls: z.strictObject({ insecure: z.boolean() }),
  sending_queue: queue,
  retry_on_failure: z.strictObject({
    enabled: z.boolean(),
    initial_interval: goDuration,
    max_interval: goDuration,
    max_elapsed_time: goDuration,
  }),
});

const tailSampling = z.strictObject({
  decision_wait: goDuration,
  num_traces: count,
  decision_cache: z.strictObject({ sampled_cache_size: count, non_sampled_cache_size: count }),
  sample_on_first_match: z.boolean(),
  policies: z
    .array(policy)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: 'policies with different names',
    }),
});

const config = z
  .strictObject({
    service: z.strictObject({
      extensions: names,
      pipelines: z.record(
        z
          .string({ error: "a signal such as 'traces', with a name after a slash if need be" })
          .regex(/^(traces|metrics|logs)(\/[\w-]+)?$/),
        z.strictObject({ receivers: names, processors: names.optional(), exporters: names }),
      ),
      telemetry: z.strictObject({
        metrics: z.strictObject({
          level: z.enum(['none', 'basic', 'normal', 'detailed']),
          readers: z.array(prometheusReader).min(1),
        }),
      }),
    }),
    extensions: z.strictObject({
      health_check: listen,
      file_storage: z.strictObject({
        directory: path,
        create_directory: z.boolean(),
        directory_permissions: z
          .string({ error: "octal permissions such as '0750'" })
          .regex(/^0?[0-7]{3}$/),
        max_size: count,
        fsync: z.boolean(),
        recreate: z.boolean(),
        compaction: z.strictObject({
          directory: path,
          on_start: z.boolean(),
          on_rebound: z.boolean(),
          rebound_needed_threshold_mib: count,
          rebound_trigger_threshold_mib: count,
          cleanup_on_start: z.boolean(),
        }),
      }),
    }),
    receivers: z.strictObject({
      otlp: z.strictObject({ protocols: z.strictObject({ grpc: listen, http: listen }) }),
    }),
    processors: z.strictObject({
      memory_limiter: z.strictObject({
        check_interval: goDuration,
        limit_percentage: percentage,
        spike_limit_percentage: percentage,
      }),
      tail_sampling: tailSampling.optional(),
      'filter/calls': callFilterSchema.optional(),
    }),
    connectors: z
      .strictObject({
        // Jaeger queries durations in milliseconds.
        span_metrics: spanCounterSchema.extend({
          histogram: z.strictObject({ unit: z.literal('ms') }),
        }),
        'span_metrics/calls': callCounterSchema,
      })
      .optional(),
    exporters: z.record(
      z
        .string({ error: "'otlp_grpc', with a name after a slash if need be" })
        .regex(/^otlp_grpc(\/[\w-]+)?$/),
      otlpGrpc,
    ),
  })
  .superRefine((file, context) => {
    for (const { path: at, message, input } of pipelineFaults(file))
      context.addIssue({ code: 'custom', path: [...at], message, input });
  });

export type GatewayConfig = z.input<typeof config>;
export type TailSampling = z.input<typeof tailSampling>;
export type TailPolicy = z.input<typeof policy>;

export const configFolder = '/etc/otelcol';

/** The configuration file of the collector. */
export const configFile: ConfigFile<GatewayConfig> = {
  path: `${configFolder}/config.yaml`,
  format: yaml,
  schema: config,
  partial: true,
  reload: 'restart',
};
