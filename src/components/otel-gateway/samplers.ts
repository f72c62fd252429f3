import { z } from 'zod';
import { goDuration } from '../../schema/format.js';
import { count, sizer } from '../collector/fields.js';

// How replicas share the traces: each passes a span on to the replica that decides about its trace.
// https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.159.0/exporter/loadbalancingexporter

/** The exporter to the replicas, in the collector's configuration. It selects the replica by trace unless told otherwise. */
export const toSamplers = z.strictObject({
  resolver: z.strictObject({
    static: z.strictObject({
      hostnames: z.array(z.string().regex(/^[\w.-]+:\d+$/)).min(2),
    }),
  }),
  protocol: z.strictObject({
    otlp: z.strictObject({
      tls: z.strictObject({ insecure: z.literal(true) }),
      sending_queue: z.strictObject({ sizer, queue_size: count }),
      retry_on_failure: z.strictObject({
        enabled: z.literal(true),
        initial_interval: goDuration,
        max_interval: goDuration,
        max_elapsed_time: goDuration,
      }),
    }),
  }),
});

/**
 * Passes spans on to replicas by trace. They are found by the names that a StatefulSet gives them, which needs no
 * access to the API server. While a replica restarts, its spans wait in memory, up to `queueSize` bytes.
 */
export const passToSamplers = (
  hostnames: readonly string[],
  queueSize: number,
): z.input<typeof toSamplers> => ({
  resolver: { static: { hostnames: [...hostnames] } },
  protocol: {
    otlp: {
      tls: { insecure: true },
      sending_queue: { sizer: 'bytes', queue_size: queueSize },
      // Without an end, until the queue is full.
      retry_on_failure: {
        enabled: true,
        initial_interval: '1s',
        max_interval: '5s',
        max_elapsed_time: '0s',
      },
    },
  },
});
