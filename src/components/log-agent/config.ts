import type { z } from 'zod';
import type { OtlpClient } from '../collector/otlp-exporter.js';
import { everywhere, memoryLimiter, ownMetrics, type Ports } from '../collector/parts.js';
import { queueIn, sendingFrom, stateIn } from '../collector/queue.js';
import type { AgentConfig } from './file.js';
import { lineStatements } from './line.js';
import { joining, type Multiline } from './multiline.js';
import { filePatterns, type Namespaces } from './namespaces.js';
import type { logProcessors } from './native.js';
import { checkpointFolder, queueFolder } from './program.js';

export interface AgentConfigOptions {
  /** @default - all namespaces */
  readonly namespaces?: Namespaces;
  /** @default - each line is a message */
  readonly multiline?: readonly Multiline[];
  /** Processors that each line passes. @default - none */
  readonly processors?: z.input<typeof logProcessors>;
}

interface Surroundings {
  readonly endpoints: Ports;
  /** Name of the cluster. */
  readonly cluster: string;
  /** The workload of the agent, whose own lines are not read. */
  readonly own: { readonly namespace: string; readonly name: string };
  /** The receiver of the lines. */
  readonly logs: OtlpClient;
  readonly queueBytes: number;
}

/** The environment variable with the name of the node. */
export const nodeVariable = 'NODE_NAME';

/**
 * The configuration of the collector. A line is read once the queue on the disk has those before it, and its
 * position is stored after that: what cannot be sent or queued waits in the files.
 */
export const agentConfig = (
  { namespaces, multiline = [], processors = {} }: AgentConfigOptions,
  { endpoints, cluster, own, logs, queueBytes }: Surroundings,
): AgentConfig => {
  const out = `${logs.type}/logs`;
  return {
    service: {
      extensions: [
        'health_check',
        'file_storage/checkpoints',
        'file_storage/queue',
        ...Object.keys(logs.extensions),
      ],
      pipelines: {
        logs: {
          receivers: ['file_log'],
          processors: ['memory_limiter', 'transform/line', ...Object.keys(processors)],
          exporters: [out],
        },
      },
      telemetry: { metrics: ownMetrics(endpoints, 'normal') },
    },
    extensions: {
      health_check: everywhere(endpoints, 'status'),
      'file_storage/checkpoints': stateIn(checkpointFolder),
      'file_storage/queue': queueIn(queueFolder, queueBytes),
      ...logs.extensions,
    },
    receivers: {
      file_log: {
        ...filePatterns(namespaces, own),
        // A file that it has not seen is read from its first line, also at the first start.
        start_at: 'beginning',
        storage: 'file_storage/checkpoints',
        include_file_path: true,
        include_file_name: false,
        // Each interval writes to the disk, and each file with new lines.
        poll_interval: '1s',
        // Each has a buffer of its own.
        max_concurrent_files: 128,
        retry_on_failure: {
          enabled: true,
          initial_interval: '1s',
          max_interval: '5s',
          max_elapsed_time: '0s',
        },
        resource: { 'k8s.node.name': `\${env:${nodeVariable}}`, 'k8s.cluster.name': cluster },
        // Docker's, containerd's and CRI-O's format. A line in none of them is sent as it is.
        operators: [{ type: 'container', on_error: 'send_quiet' }, ...joining(multiline)],
      },
    },
    processors: {
      memory_limiter: memoryLimiter,
      'transform/line': {
        error_mode: 'silent',
        log_statements: [{ context: 'log', statements: [...lineStatements] }],
      },
      ...withErrorMode(processors),
    },
    exporters: {
      [out]: {
        ...logs.exporter,
        ...sendingFrom('file_storage/queue', queueBytes, {
          num_consumers: 4,
          block_on_overflow: true,
        }),
      },
    },
  };
};

/** An error of a line must not keep it from being sent: it would be tried again without end. */
const withErrorMode = (
  processors: z.input<typeof logProcessors>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(processors).map(([name, one]) => [
      name,
      /^(filter|transform)\b/.test(name) ? { error_mode: 'ignore', ...one } : one,
    ]),
  );
