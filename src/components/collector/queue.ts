import { z } from 'zod';
import { path } from '../../schema/format.js';
import { count } from './fields.js';
import type { OtlpExporter } from './otlp-exporter.js';

const directory = {
  directory: path,
  create_directory: z.boolean(),
  directory_permissions: z
    .string({ error: "octal permissions such as '0750'" })
    .regex(/^0?[0-7]{3}$/),
  fsync: z.boolean(),
  recreate: z.boolean(),
};

/** The extension that keeps the state of a component in files of bbolt, one for each component. */
export const stateStorage = z.strictObject(directory);

/** The same for a queue: with a limit, and with compactions. */
export const queueStorage = z.strictObject({
  ...directory,
  max_size: count,
  compaction: z.strictObject({
    directory: path,
    on_start: z.boolean(),
    on_rebound: z.boolean(),
    rebound_needed_threshold_mib: count,
    rebound_trigger_threshold_mib: count,
    cleanup_on_start: z.boolean(),
  }),
});

const directoryAt = (folder: string) => ({
  directory: folder,
  create_directory: true,
  directory_permissions: '0700',
});

const durable = {
  // Without it, a node that loses power can damage the file, and that blocks every start.
  fsync: true,
  // Moves a damaged file aside, if opening it shows the damage.
  recreate: true,
};

/** Files in a folder that only the collector can read. */
export const stateIn = (folder: string): z.input<typeof stateStorage> => ({
  ...directoryAt(folder),
  ...durable,
});

const mebibyte = 1024 ** 2;

/** How much larger than the queue its file can become: bbolt needs free pages also to delete. */
export const fileShare = 1.8;

/**
 * The file of a queue of so many bytes. It shrinks only by a compaction, which writes a second file with what
 * waits: both together have less than three times the size of the queue.
 */
export const queueIn = (folder: string, queueBytes: number): z.input<typeof queueStorage> => {
  const most = Math.floor(queueBytes * fileShare);
  return {
    ...directoryAt(folder),
    max_size: most,
    ...durable,
    compaction: {
      directory: folder,
      on_start: true,
      on_rebound: true,
      rebound_needed_threshold_mib: Math.ceil(most / 4 / mebibyte),
      rebound_trigger_threshold_mib: Math.ceil(most / 20 / mebibyte),
      cleanup_on_start: true,
    },
  };
};

type Sending = Pick<OtlpExporter, 'sending_queue' | 'retry_on_failure'>;

/** Sends from a queue in a file of the extension. What fails is sent again without a time limit. */
export const sendingFrom = (
  storage: string,
  queueBytes: number,
  more: Pick<OtlpExporter['sending_queue'], 'num_consumers' | 'block_on_overflow'>,
): Sending => ({
  sending_queue: {
    storage,
    sizer: 'bytes',
    queue_size: queueBytes,
    ...more,
    // A receiver accepts at most 4 MiB by default.
    batch: {
      sizer: 'bytes',
      flush_timeout: '1s',
      min_size: mebibyte / 4,
      max_size: 2 * mebibyte,
    },
  },
  retry_on_failure: {
    enabled: true,
    initial_interval: '1s',
    max_interval: '30s',
    max_elapsed_time: '0s',
  },
});
