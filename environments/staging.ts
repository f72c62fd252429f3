import type { EnvironmentOptions } from '../src/index.js';

/** Small, but with all that production has: a receiver, a volume that can grow, cAdvisor. */
export default {
  stage: 'staging',
  cluster: {
    name: 'staging',
    platform: 'kubeadm',
    nodeCidrs: ['10.10.0.0/22'],
    apiServer: {
      serviceAddress: '10.96.0.1',
      endpointCidrs: ['10.10.0.10/32'],
    },
    storageClass: { name: 'fast', expandable: true },
  },
  size: 'small',
  prometheus: { volume: '50Gi', memory: '2Gi', memoryLimit: '3Gi' },
  containerMetrics: 'cadvisor',
  alerting: {
    receivers: [
      {
        kind: 'slack',
        name: 'staging-channel',
        url: { secret: 'alertmanager-slack', key: 'url' },
        channel: '#staging-alerts',
      },
    ],
    defaultReceiver: 'staging-channel',
  },
} satisfies EnvironmentOptions;
