import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { WholeOptions } from '../options.js';

// Native configuration has many fields: `loki-native.test.ts` has more of them.
// Alternatives of the bucket are in `loki-bucket.test.ts`.
type Alternatives = 'config' | 'bucket';
type Options = Omit<WholeOptions<'loki'>, Alternatives> &
  Required<Pick<NonNullable<EnvironmentOptions['loki']>, Alternatives>>;

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
  bucket: {
    name: 'logs',
    endpoint: 'https://s3.example.com:8443',
    region: 'eu-central-1',
    pathStyle: false,
    authentication: {
      kind: 'keys',
      accessKeyId: { secret: 'log-bucket', key: 'id' },
      secretAccessKey: { secret: 'log-bucket', key: 'key' },
    },
    certificateAuthority: { configMap: 'bucket-ca', key: 'ca.crt' },
    at: { kind: 'addresses', cidrs: ['192.0.2.0/24'] },
    unverified: 'its certificate has another name',
  },
  config: { querier: { max_concurrent: 8 }, limits_config: { discover_log_levels: false } },
} satisfies Options;
