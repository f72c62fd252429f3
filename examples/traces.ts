import { type EnvironmentOptions, metrics, optional, required } from '../src/index.js';

/** Two applications that send spans, one of which also has metrics. */
export default {
  stage: 'staging',
  cluster: {
    name: 'traces',
    platform: 'kubeadm',
    nodeCidrs: ['10.80.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.80.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  jaeger: { volume: '20Gi' },
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  parties: [
    {
      name: 'checkout',
      workloads: { checkout: { kind: 'pods', namespace: 'shop', labels: { app: 'checkout' } } },
      endpoints: { web: { port: 8080, offers: [metrics('/metrics')] } },
      // OTLP over gRPC, and the share of requests to trace.
      consumes: [required('traces', { variant: 'grpc' }), optional('sampling')],
    },
    {
      name: 'web',
      workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'web' } } },
      endpoints: {},
      // OTLP over HTTP.
      consumes: [required('traces', { variant: 'http' })],
    },
  ],
} satisfies EnvironmentOptions;
