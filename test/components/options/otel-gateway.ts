import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '1',
  memory: '1Gi',
  memoryLimit: '3Gi',
  volume: '20Gi',
  claimTemplate: '20Gi',
  priorityClass: 'traces',
  sampling: {
    errors: true,
    slow: '1500ms',
    always: [{ attribute: 'customer.tier', values: ['gold', 'platinum'] }],
    services: { checkout: 0.5, cart: 0.05 },
    rest: 0.01,
    wait: '20s',
  },
} satisfies WholeOptions<'otelGateway'>;
