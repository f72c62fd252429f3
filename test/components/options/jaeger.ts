import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '2',
  memory: '5Gi',
  memoryLimit: '14Gi',
  volume: '300Gi',
  claimTemplate: '300Gi',
  priorityClass: 'traces',
  retention: '240h',
  sampling: { default: 0.05, services: { checkout: 1 } },
} satisfies WholeOptions<'jaeger'>;
