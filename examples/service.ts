import { application, availability, type EnvironmentOptions, latency } from '../src/index.js';

/** The service in `examples/service/`, with its health pages, metrics, traces and objectives. */
export default {
  stage: 'staging',
  cluster: {
    name: 'service',
    platform: 'kubeadm',
    nodeCidrs: ['10.90.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.90.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  prometheus: { retention: '30d' },
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  // Its other traffic has policies of its own.
  otherNamespaces: { shop: { isolation: 'default-deny' } },
  applications: [
    application({
      name: 'orders',
      namespace: 'shop',
      labels: { app: 'orders' },
      metrics: { port: 9464 },
      traces: { configMap: true },
      health: { port: 8080, live: '/health/live', ready: '/health/ready' },
      objectives: [
        availability(99.9),
        latency(99, '300ms', { buckets: [0.01, 0.05, 0.1, 0.3, 1, 3] }),
      ],
    }),
  ],
} satisfies EnvironmentOptions;
