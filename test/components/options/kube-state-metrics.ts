import { certificates } from '../custom-resources.js';
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
  customResources: [certificates],
} satisfies WholeOptions<'kubeStateMetrics'>;
