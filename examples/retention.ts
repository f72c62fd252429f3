import type { EnvironmentOptions } from '../src/index.js';

/** Samples are kept for 60 days, spans for two weeks. */
export default {
  stage: 'staging',
  cluster: {
    name: 'retention',
    platform: 'kubeadm',
    nodeCidrs: ['10.90.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.90.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 10,
    pods: 300,
  },
  size: 'small',
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  prometheus: { retention: '60d', volume: '120Gi' },
  jaeger: { retention: '336h', volume: '40Gi' },
} satisfies EnvironmentOptions;
