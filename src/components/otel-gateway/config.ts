import { quantityValue } from '../../model/quantity.js';
import type { OtlpClient, OtlpExporter } from '../collector/otlp-exporter.js';
import {
  everywhere,
  memoryLimiter,
  otlpReceiver,
  ownMetrics,
  type Ports,
} from '../collector/parts.js';
import { queueIn, sendingFrom } from '../collector/queue.js';
import { callCounter, callFilter, spanCounter } from '../collector/span-metrics.js';
import type { GatewayConfig } from './file.js';
import type { NativeConfig } from './native.js';
import { type Passed, passingOn, queuesOf } from './passed.js';
import { queueFolder } from './program.js';
import { passToSamplers } from './samplers.js';
import { type Sampling, tailSampling } from './sampling.js';

export interface GatewayConfigOptions {
  /** @default - all traces are kept */
  readonly sampling?: Sampling;
  /** @default - only what the other options result in */
  readonly native?: NativeConfig;
  readonly size: {
    readonly memoryLimit: string;
    readonly volume: string;
    readonly replicas: number;
  };
}

interface Surroundings {
  readonly endpoints: Ports;
  /** Interval at which the span metrics are scraped. */
  readonly scrapeInterval: string;
  /** The receiver of traces. */
  readonly traces: OtlpClient;
  /** The receivers of logs and metrics. @default - none are received */
  readonly passed?: Passed;
  /** The receiver of the span metrics. @default - spans are not counted here */
  readonly spanMetrics?: OtlpClient;
  /** Host and port at which each replica receives the spans of its traces. @default - each decides alone */
  readonly samplers?: readonly string[];
}

/**
 * The configuration of the collector. Spans are counted in a pipeline of their own, before sampling: the
 * receiver gives each request to both.
 */
export const gatewayConfig = (
  { sampling, native = {}, size }: GatewayConfigOptions,
  {
    endpoints,
    scrapeInterval,
    traces,
    passed = { metrics: [] },
    spanMetrics,
    samplers = [],
  }: Surroundings,
): GatewayConfig => {
  const shared = samplers.length > 0;
  const several = size.replicas > 1;
  const tracesOut = `${traces.type}/traces`;
  const metricsOut = `${spanMetrics?.type}/span-metrics`;
  const { processors = {}, logProcessors = {}, policies = [] } = native;
  const limited = ['memory_limiter', ...Object.keys(processors)];
  const queueBytes = queueSize(size.volume, 1 + queuesOf(passed));
  const sending = sendingFrom('file_storage', queueBytes, { num_consumers: 10 });
  const others = passingOn(passed, sending, logProcessors);
  const logins = { ...traces.extensions, ...others.logins, ...spanMetrics?.extensions };
  return {
    service: {
      extensions: ['health_check', 'file_storage', ...Object.keys(logins)],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: sampling && !shared ? [...limited, 'tail_sampling'] : limited,
          exporters: [shared ? 'load_balancing' : tracesOut],
        },
        ...(shared && {
          'traces/sampled': {
            receivers: ['otlp/sampling'],
            processors: ['memory_limiter', 'tail_sampling'],
            exporters: [tracesOut],
          },
        }),
        ...others.pipelines,
        ...(spanMetrics && {
          'traces/count': { receivers: ['otlp'], processors: limited, exporters: ['span_metrics'] },
          'traces/calls': {
            receivers: ['otlp'],
            processors: [...limited, 'filter/calls'],
            exporters: ['span_metrics/calls'],
          },
          'metrics/span-metrics': {
            receivers: ['span_metrics', 'span_metrics/calls'],
            exporters: [metricsOut],
          },
        }),
      },
      telemetry: {
        metrics: ownMetrics(endpoints, 'normal'),
        // Replicas count the same services: without it, their series would replace each other.
        ...(spanMetrics && several && { resource: { 'collector.instance.id': '${env:POD_NAME}' } }),
      },
    },
    extensions: {
      health_check: everywhere(endpoints, 'status'),
      file_storage: queueIn(queueFolder, queueBytes),
      ...logins,
    },
    receivers: {
      otlp: otlpReceiver(endpoints),
      ...(shared && {
        'otlp/sampling': { protocols: { grpc: everywhere(endpoints, 'sampling') } },
      }),
    },
    processors: {
      memory_limiter: memoryLimiter,
      ...processors,
      ...(sampling && { tail_sampling: tailSampling(sampling, size.memoryLimit, policies) }),
      ...others.processors,
      ...(spanMetrics && { 'filter/calls': callFilter }),
    },
    ...(spanMetrics && {
      connectors: {
        // With sampling, most exemplars would lead to a trace that was not kept.
        span_metrics: spanCounter(scrapeInterval, sampling === undefined, several),
        'span_metrics/calls': callCounter(scrapeInterval, several),
      },
    }),
    exporters: {
      ...(shared && { load_balancing: passToSamplers(samplers, waitingBytes(size.memoryLimit)) }),
      [tracesOut]: { ...traces.exporter, ...sending },
      ...others.exporters,
      ...(spanMetrics && { [metricsOut]: { ...spanMetrics.exporter, ...passing } }),
    },
  };
};

/** All queues have this share of the volume: the rest is for the files that hold them, and for the copies that compactions write. */
const shareOfVolume = 0.25;

const queueSize = (volume: string, queues: number): number =>
  Math.floor((quantityValue(volume) * shareOfVolume) / queues);

/** What waits for a replica that restarts has this share of the memory. */
const shareOfMemory = 0.1;

const waitingBytes = (memoryLimit: string): number =>
  Math.floor(quantityValue(memoryLimit) * shareOfMemory);

type Sending = Pick<OtlpExporter, 'sending_queue' | 'retry_on_failure'>;

/** For span metrics: each flush has all counters again, so an old one is not worth keeping. */
const passing: Sending = {
  sending_queue: {
    sizer: 'requests',
    queue_size: 100,
    batch: { sizer: 'items', flush_timeout: '1s', min_size: 0, max_size: 2000 },
  },
  retry_on_failure: {
    enabled: true,
    initial_interval: '1s',
    max_interval: '5s',
    max_elapsed_time: '20s',
  },
};
