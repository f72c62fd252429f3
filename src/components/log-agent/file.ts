import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { allowed } from '../../schema/allowed.js';
import { goDuration, path, text } from '../../schema/format.js';
import { exporterFaults } from '../collector/exporter-faults.js';
import { count, listen, memoryLimiter, service } from '../collector/fields.js';
import {
  exporterName,
  otlpExporter,
  passwordExtension,
  tokenExtension,
} from '../collector/otlp-exporter.js';
import { pipelineFaults } from '../collector/pipelines.js';
import { queueStorage, stateStorage } from '../collector/queue.js';
import { logProcessors } from './native.js';

// The configuration of an OpenTelemetry Collector of the distribution k8s, as far as we write it:
// https://github.com/open-telemetry/opentelemetry-collector-releases/blob/v0.159.0/distributions/otelcol-k8s/manifest.yaml

const onError = z.literal('send_quiet', {
  error: "'send_quiet': with another value, a line that cannot be read is lost or logged",
});

const operator = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('container'), on_error: onError }),
  z.strictObject({
    type: z.literal('recombine'),
    id: text,
    if: text,
    combine_field: z.literal('body'),
    combine_with: z.literal('\n'),
    is_first_entry: text,
    source_identifier: z.literal('attributes["log.file.path"]'),
    max_log_size: count,
    max_batch_size: count,
    force_flush_period: goDuration,
    on_error: onError,
  }),
]);

const fileLog = z.strictObject({
  include: z.array(path).min(1),
  exclude: z.array(path).min(1),
  start_at: z.literal('beginning', {
    error: "'beginning': otherwise lines before the first start are lost",
  }),
  storage: text,
  include_file_path: z.literal(true),
  include_file_name: z.boolean(),
  poll_interval: goDuration,
  max_concurrent_files: z.int().min(2),
  retry_on_failure: z.strictObject({
    enabled: z.literal(true, { error: 'true: otherwise lines are lost while memory is short' }),
    initial_interval: goDuration,
    max_interval: goDuration,
    max_elapsed_time: goDuration,
  }),
  resource: z.record(text, text),
  operators: z.array(operator).min(1),
});

const lineProcessor = z.strictObject({
  error_mode: z.literal('silent'),
  log_statements: z.array(
    z.strictObject({ context: z.literal('log'), statements: z.array(text).min(1) }),
  ),
});

const config = z
  .strictObject({
    service,
    extensions: z.strictObject({
      health_check: listen,
      'file_storage/checkpoints': stateStorage,
      'file_storage/queue': queueStorage,
      'bearertokenauth/logs': tokenExtension.optional(),
      'basicauth/logs': passwordExtension.optional(),
    }),
    receivers: z.strictObject({ file_log: fileLog }),
    processors: z
      .looseObject({ memory_limiter: memoryLimiter, 'transform/line': lineProcessor })
      .superRefine(({ memory_limiter, 'transform/line': line, ...others }, context) => {
        const { error } = logProcessors.safeParse(others, { error: allowed, reportInput: true });
        context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
      }),
    exporters: z.record(exporterName, otlpExporter),
  })
  .superRefine(pipelineFaults)
  .superRefine(exporterFaults)
  .superRefine(({ extensions, receivers, exporters }, context) => {
    const values = Object.keys(extensions).filter((name) => name.startsWith('file_storage/'));
    const known = (input: string | undefined, at: string[]): void => {
      if (input !== undefined && !values.includes(input))
        context.addIssue({ code: 'invalid_value', values, input, path: at });
    };
    known(receivers.file_log.storage, ['receivers', 'file_log', 'storage']);
    for (const [name, { sending_queue }] of Object.entries(exporters))
      known(sending_queue.storage, ['exporters', name, 'sending_queue', 'storage']);
  });

export type AgentConfig = z.input<typeof config>;

export const configFolder = '/etc/otelcol';

/** The configuration file of the collector. */
export const configFile: ConfigFile<AgentConfig> = {
  path: `${configFolder}/config.yaml`,
  format: yaml,
  schema: config,
  partial: true,
  reload: 'restart',
};
