import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { WholeOptions } from '../options.js';

// Native configuration has many fields: `loki-native.test.ts` has more of them.
type Options = Omit<WholeOptions<'loki'>, 'config'> &
  Required<Pick<NonNullable<EnvironmentOptions['loki']>, 'config'>>;

export default {
  enabled: true,
  cpu: '1',
  memory: '1Gi',
  memoryLimit: '3Gi',
  volume: '200Gi',
  claimTemplate: '20Gi',
  priorityClass: 'logs',
  retention: '14d',
  linesPerSecond: 1000,
  ingestionRate: '8Mi',
  ingestionBurst: '16Mi',
  streams: 10_000,
  labels: ['k8s.namespace.name', 'service.name'],
  limits: {
    streamRate: '5Mi',
    lineSize: '128Ki',
    labels: 10,
    metadataSize: '48Ki',
    metadataFields: 64,
    age: '2d',
    queryLines: 10_000,
    querySeries: 1000,
    queryTimeout: '2m',
  },
  config: { querier: { max_concurrent: 8 }, limits_config: { discover_log_levels: false } },
} satisfies Options;
