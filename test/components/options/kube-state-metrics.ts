import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '100m',
  memory: '512Mi',
  memoryLimit: '1Gi',
  priorityClass: 'observability',
} satisfies WholeOptions<'kubeStateMetrics'>;
