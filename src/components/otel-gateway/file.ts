import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { allowed } from '../../schema/allowed.js';
import { goDuration, path, url } from '../../schema/format.js';
import { count, listen, memoryLimiter, otlpReceiver, service } from '../collector/fields.js';
import { otlpExporter, passwordExtension, tokenExtension } from '../collector/otlp-exporter.js';
import { pipelineFaults } from '../collector/pipelines.js';
import {
  callCounterSchema,
  callFilterSchema,
  spanCounterSchema,
} from '../collector/span-metrics.js';
import { nativeProcessors } from './native.js';
import { policy } from './policy.js';

// The configuration of an OpenTelemetry Collector of the distribution k8s, as far as we write it:
// https://github.com/open-telemetry/opentelemetry-collector-releases/blob/v0.159.0/distributions/otelcol-k8s/manifest.yaml

const authority = z
  .string({ error: 'a host and a port such as jaeger.crowsnest.svc:4317' })
  .regex(/^[^/\s]+:\d+$/);

/** What the gateway sends; the names of exporters and of their extensions end with it. */
export const outputs = ['traces', 'span-metrics'] as const;

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
    service,
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
      ...Object.fromEntries(
        outputs.flatMap((name) => [
          [`bearertokenauth/${name}`, tokenExtension.optional()],
          [`basicauth/${name}`, passwordExtension.optional()],
        ]),
      ),
    }),
    receivers: z.strictObject({ otlp: otlpReceiver }),
    processors: z
      .looseObject({
        memory_limiter: memoryLimiter,
        tail_sampling: tailSampling.optional(),
        'filter/calls': callFilterSchema.optional(),
      })
      .superRefine(({ memory_limiter, tail_sampling, ...others }, context) => {
        const { error } = nativeProcessors.safeParse(others, { error: allowed, reportInput: true });
        context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
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
        .string({ error: "'otlp_grpc' or 'otlp_http', with a name after a slash if need be" })
        .regex(/^otlp_(grpc|http)(\/[\w-]+)?$/),
      otlpExporter,
    ),
  })
  .superRefine(pipelineFaults)
  .superRefine(({ extensions, exporters }, context) => {
    for (const [name, { endpoint: input, auth }] of Object.entries(exporters)) {
      const { error } = (name.startsWith('otlp_http') ? url : authority).safeParse(input);
      if (error) {
        const message = error.issues[0]!.message;
        context.addIssue({ code: 'custom', path: ['exporters', name, 'endpoint'], message, input });
      }
      const values = Object.keys(extensions);
      if (!auth || values.includes(auth.authenticator)) continue;
      context.addIssue({
        code: 'invalid_value',
        path: ['exporters', name, 'auth', 'authenticator'],
        values,
        input: auth.authenticator,
      });
    }
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
