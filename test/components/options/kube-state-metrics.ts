import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '100m',
  memory: '512Mi',
  memoryLimit: '1Gi',
  priorityClass: 'observability',
  resources: ['ingresses', 'services'],
  labels: { pods: ['team'], ingresses: ['app.kubernetes.io/name'] },
  annotations: { namespaces: ['example.com/owner'] },
} satisfies WholeOptions<'kubeStateMetrics'>;
