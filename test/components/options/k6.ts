import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '3',
  memory: '1Gi',
  memoryLimit: '8Gi',
  priorityClass: 'observability',
} satisfies WholeOptions<'k6'>;
