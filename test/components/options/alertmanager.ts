import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '60m',
  memory: '200Mi',
  memoryLimit: '600Mi',
  volume: '8Gi',
  claimTemplate: '5Gi',
  priorityClass: 'alerting',
  replicas: 3,
  awsRole: { kind: 'pod-identity' },
} satisfies WholeOptions<'alertmanager'>;
