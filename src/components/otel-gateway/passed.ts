import { z } from 'zod';
import { text } from '../../schema/format.js';
import type { OtlpClient, OtlpExporter } from '../collector/otlp-exporter.js';

// Logs and metrics, which the gateway passes on as they are.

/** The receivers of logs and metrics, if the gateway takes these. */
export interface Passed {
  readonly logs?: OtlpClient | undefined;
  /** Several if each has to get all metrics: the replicas of Prometheus. */
  readonly metrics: readonly OtlpClient[];
}

/** The processor that states which process has sent metrics. */
export const instanceProcessor = z.strictObject({
  attributes: z
    .array(
      z.strictObject({
        key: z.literal('service.instance.id'),
        from_context: text,
        action: z.literal('insert'),
      }),
    )
    .length(1),
});

const instanceName = 'resource/instance';

/**
 * Without an instance, the series of several pods would be one. Most SDKs set none: then it is the address of the pod.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.159.0/processor/resourceprocessor
 */
const instance: z.input<typeof instanceProcessor> = {
  attributes: [{ key: 'service.instance.id', from_context: 'client.address', action: 'insert' }],
};

type Sending = Pick<OtlpExporter, 'sending_queue' | 'retry_on_failure'>;

/** How many queues they have. */
export const queuesOf = ({ logs, metrics }: Passed): number => (logs ? 1 : 0) + metrics.length;

/** Their parts of the configuration. */
export const passingOn = (
  { logs, metrics }: Passed,
  sending: Sending,
  logProcessors: Readonly<Record<string, unknown>>,
) => {
  const outputs = {
    ...(logs && { [`${logs.type}/logs`]: logs }),
    ...Object.fromEntries(
      metrics.map((one, index) => [
        `${one.type}/metrics${metrics.length > 1 ? `-${index}` : ''}`,
        one,
      ]),
    ),
  };
  const namesOf = (signal: string): string[] =>
    Object.keys(outputs).filter((name) => name.includes(`/${signal}`));
  const pipeline = (signal: string, ...processors: string[]) => ({
    [signal]: {
      receivers: ['otlp'],
      processors: ['memory_limiter', ...processors],
      exporters: namesOf(signal),
    },
  });
  return {
    pipelines: {
      ...(logs && pipeline('logs', ...Object.keys(logProcessors))),
      ...(metrics.length > 0 && pipeline('metrics', instanceName)),
    },
    processors: {
      ...(logs && logProcessors),
      ...(metrics.length > 0 && { [instanceName]: instance }),
    },
    exporters: Object.fromEntries(
      Object.entries(outputs).map(([name, { exporter }]) => [name, { ...exporter, ...sending }]),
    ),
    logins: Object.assign(
      {},
      ...Object.values(outputs).map(({ extensions }) => extensions),
    ) as OtlpClient['extensions'],
  };
};
