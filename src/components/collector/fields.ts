import { z } from 'zod';
import { goDuration, listenAddress, port, text } from '../../schema/format.js';

// Parts of an OpenTelemetry Collector's configuration that Jaeger and the gateway both have.

export const names = z.array(text).min(1);
export const count = z.int().min(1);
export const sizer = z.enum(['requests', 'items', 'bytes']);
export const listen = z.strictObject({ endpoint: listenAddress });

const percentage = z.int().min(1).max(100);

/** The receiver of spans by gRPC and by HTTP. */
export const otlpReceiver = z.strictObject({
  protocols: z.strictObject({ grpc: listen, http: listen }),
});

/** The processor that refuses spans while memory is short. */
export const memoryLimiter = z.strictObject({
  check_interval: goDuration,
  limit_percentage: percentage,
  spike_limit_percentage: percentage,
});

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

/** What the collector runs: its extensions, its pipelines, and its own metrics. */
export const service = z.strictObject({
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
    resource: z.record(text, text).optional(),
  }),
});
