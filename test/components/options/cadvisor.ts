import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '60m',
  memory: '160Mi',
  memoryLimit: '512Mi',
  priorityClass: 'observability',
  runtime: { kind: 'containerd', socket: '/run/k3s/containerd/containerd.sock' },
} satisfies WholeOptions<'cadvisor'>;
