import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { allowed } from '../../schema/allowed.js';
import { goDuration } from '../../schema/format.js';
import { exporterFaults } from '../collector/exporter-faults.js';
import { count, listen, memoryLimiter, otlpReceiver, service } from '../collector/fields.js';
import {
  exporterName,
  otlpExporter,
  passwordExtension,
  tokenExtension,
} from '../collector/otlp-exporter.js';
import { pipelineFaults } from '../collector/pipelines.js';
import { queueStorage } from '../collector/queue.js';
import {
  callCounterSchema,
  callFilterSchema,
  spanCounterSchema,
} from '../collector/span-metrics.js';
import { logProcessors, spanProcessors } from './native.js';
import { instanceProcessor } from './passed.js';
import { policy } from './policy.js';
import { toSamplers } from './samplers.js';

// The configuration of an OpenTelemetry Collector of the distribution k8s, as far as we write it:
// https://github.com/open-telemetry/opentelemetry-collector-releases/blob/v0.159.0/distributions/otelcol-k8s/manifest.yaml

/** What the gateway sends; the names of exporters and of their extensions end with it. */
export const outputs = ['traces', 'logs', 'metrics', 'span-metrics'] as const;

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
      file_storage: queueStorage,
      ...Object.fromEntries(
        outputs.flatMap((name) => [
          [`bearertokenauth/${name}`, tokenExtension.optional()],
          [`basicauth/${name}`, passwordExtension.optional()],
        ]),
      ),
    }),
    receivers: z.strictObject({
      otlp: otlpReceiver,
      'otlp/sampling': z.strictObject({ protocols: z.strictObject({ grpc: listen }) }).optional(),
    }),
    processors: z.looseObject({
      memory_limiter: memoryLimiter,
      tail_sampling: tailSampling.optional(),
      'filter/calls': callFilterSchema.optional(),
      'resource/instance': instanceProcessor.optional(),
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
      z.union([exporterName, z.literal('load_balancing')]),
      z.union([otlpExporter, toSamplers]),
    ),
  })
  .superRefine(({ service: { pipelines }, processors }, context) => {
    const { memory_limiter, tail_sampling, ...native } = processors;
    const ofLogs = pipelines.logs?.processors ?? [];
    for (const [name, one] of Object.entries(native)) {
      const schema = ofLogs.includes(name) ? logProcessors : spanProcessors;
      const { error } = schema.safeParse({ [name]: one }, { error: allowed, reportInput: true });
      for (const issue of error?.issues ?? [])
        context.issues.push({
          ...issue,
          path: ['processors', ...issue.path],
        } as z.core.$ZodRawIssue);
    }
  })
  .superRefine(pipelineFaults)
  .superRefine(exporterFaults);

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
