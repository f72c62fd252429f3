import { z } from 'zod';
import type { ConfigFault } from '../../config/faults.js';
import { bytes } from '../../config/fields.js';
import { logRules, logs, withoutLogRules, withoutLogs } from '../../content/fact.js';
import { connectionsFor } from '../../model/connection.js';
import type { FoundFault } from '../../model/fault.js';
import { objectName } from '../../model/identity.js';
import { quantityValue } from '../../model/quantity.js';
import { defineComponent, volumeOptions } from '../definition.js';
import { bucket } from './bucket.js';
import { bucketParty, bucketSections } from './bucket-party.js';
import { attribute, defaultLabels, isUnbounded } from './labels.js';
import { limits } from './limits.js';
import { loki as declare } from './loki.js';
import { nativeConfig } from './native.js';
import { dataFolder } from './program.js';
import { streamRetentionFaults } from './stream-retention.js';
import { volumeFaults } from './volume.js';

const retention = z
  .string({ error: "a duration of at least a day such as '7d' or '36h'" })
  .regex(/^([1-9]\d*d|(2[4-9]|[3-9]\d|[1-9]\d{2,})h)$/);

export const loki = defineComponent({
  name: 'loki',
  options: {
    /** Whether it is deployed: log agents then send to it, and Grafana queries it. @default false */
    enabled: z.boolean().default(false),
    ...volumeOptions,
    /** Retention of lines. */
    retention: retention.optional(),
    /** Expected average number of lines per second, with which synth compares the volume. */
    linesPerSecond: z.number({ error: 'a number above 0' }).positive().optional(),
    /** Bytes per second that are accepted, with metadata. Clients send more again later. */
    ingestionRate: bytes.optional(),
    /** Bytes of one burst: no request can be larger. */
    ingestionBurst: bytes.optional(),
    /** Number of active streams; lines of further ones are discarded. */
    streams: z.int().min(1).optional(),
    /**
     * Resource attributes that become labels, by which Loki finds streams. All others are structured metadata, which
     * queries can filter too.
     * @default ['service.name', 'k8s.namespace.name', 'k8s.pod.name', 'k8s.container.name']
     */
    labels: z
      .array(attribute)
      .min(1)
      .default([...defaultLabels]),
    /** Limits that do not depend on the size. @default - see its fields */
    limits: limits.prefault({}),
    /** Bucket of an S3-compatible object store, in place of the volume for all lines that are older than some hours. @default - lines are on the volume */
    bucket: bucket.optional(),
    /**
     * Native sections of Loki's configuration, such as `{ querier: { max_concurrent: 8 } }`. Other options set
     * what is not accepted here.
     * @default {}
     */
    config: nativeConfig.default({}),
  },
  sizes: {
    small: {
      cpu: '50m',
      memory: '256Mi',
      memoryLimit: '1Gi',
      volume: '10Gi',
      retention: '7d',
      linesPerSecond: 100,
      ingestionRate: '4Mi',
      ingestionBurst: '8Mi',
      streams: 5000,
    },
    medium: {
      cpu: '500m',
      memory: '1Gi',
      memoryLimit: '4Gi',
      volume: '100Gi',
      retention: '7d',
      linesPerSecond: 1000,
      ingestionRate: '16Mi',
      ingestionBurst: '32Mi',
      streams: 20_000,
    },
    large: {
      cpu: '2',
      memory: '4Gi',
      memoryLimit: '12Gi',
      volume: '500Gi',
      retention: '7d',
      linesPerSecond: 5000,
      ingestionRate: '64Mi',
      ingestionBurst: '96Mi',
      streams: 100_000,
    },
  },
  images: {
    loki: {
      repository: 'docker.io/grafana/loki',
      tag: '3.7.6',
      user: 10001,
      group: 10001,
      entrypoint: '/usr/bin/loki',
      shell: false,
      dockerfile: 'https://github.com/grafana/loki/blob/v3.7.6/cmd/loki/Dockerfile',
    },
  },
  facts: {
    // Also without a Grafana of the stack.
    [logs]: {
      without: withoutLogs,
      holds: (_, connections) => connectionsFor(connections, 'logql').length > 0,
    },
    [logRules]: { without: withoutLogRules, holds: () => true },
    'configured:log-bucket': {
      without: 'Loki has no bucket',
      holds: ({ options }) => options.bucket !== undefined,
    },
  },
  // With a bucket, the volume has only what is not in the bucket yet.
  copies: ({ options: { bucket: given }, size: { volume } }) =>
    given
      ? []
      : [
          {
            workload: 'loki',
            replicas: 1,
            path: dataFolder,
            volume,
            image: 'loki',
            // The index and the chunks to which it refers are written at different times.
            stopped: true,
            without: ['lost+found'],
            loss: 'nothing: log agents send their lines again when Loki is back',
          },
        ],
  parties: ({ options: { bucket: given }, environment: { cluster } }) =>
    given ? [bucketParty(given, cluster)] : [],
  judge: ({ options, size }) => [
    ...volumeFaults(size, options.bucket !== undefined),
    ...burstFaults(size),
    ...labelFaults(options.labels),
    ...streamRetentionFaults(options.config),
  ],
  declare: ({ options, size, environment: { stack, namespaces } }) =>
    declare({
      size,
      claimTemplate: options.claimTemplate,
      retention: size.retention,
      labels: options.labels,
      limits: options.limits,
      bucket: options.bucket,
      native: options.config,
      readmeSections: bucketSections(options.bucket, {
        namespace: namespaces.stack ?? stack,
        name: objectName(stack, 'loki'),
      }),
    }),
});

const burstFaults = ({
  ingestionRate,
  ingestionBurst,
}: {
  readonly ingestionRate: string;
  readonly ingestionBurst: string;
}): FoundFault<ConfigFault>[] =>
  quantityValue(ingestionBurst) < quantityValue(ingestionRate)
    ? [
        {
          fault: 'invalid-value',
          place: { path: 'ingestionBurst' },
          value: ingestionBurst,
          remedy: `Set it to at least ingestionRate, ${ingestionRate}.`,
        },
      ]
    : [];

const labelFaults = (labels: readonly string[]): FoundFault<ConfigFault>[] =>
  labels.flatMap((value, index): FoundFault<ConfigFault>[] =>
    isUnbounded(value)
      ? [{ fault: 'unbounded-label', place: { path: `labels[${index}]` }, value }]
      : [],
  );
