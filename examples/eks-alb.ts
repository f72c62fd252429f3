import { type EnvironmentOptions, required } from '../src/index.js';

/** A cluster of Amazon EKS, with Grafana behind an Application Load Balancer. */
export default {
  stage: 'production',
  cluster: {
    name: 'eks-eu-west-1',
    platform: 'eks',
    // The subnets of the nodes.
    nodeCidrs: ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18'],
    apiServer: {
      serviceAddress: '172.20.0.1',
      // The subnets of the cluster: EKS changes the addresses of the API servers in them.
      endpointCidrs: ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18'],
    },
    storageClass: { name: 'gp3', expandable: true },
    nodes: 20,
  },
  size: 'medium',
  grafana: { credentials: { secret: 'grafana-credentials' } },
  runbooks: 'https://git.example.com/platform/crowsnest/src/branch/main/alerts',
  alerting: {
    receivers: [
      {
        kind: 'pagerduty',
        name: 'on-call',
        routingKey: { secret: 'alertmanager', key: 'pagerduty' },
      },
      {
        kind: 'slack',
        name: 'team',
        url: { secret: 'alertmanager', key: 'slack' },
        channel: '#alerts',
      },
    ],
    defaultReceiver: 'team',
    routes: [{ matchers: ['severity="critical"'], receiver: 'on-call' }],
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      ingressClass: 'alb',
      host: 'grafana.example.com',
      tlsSecret: { heldBy: 'load-balancer' },
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internal',
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/healthcheck-path': '/api/health',
        'alb.ingress.kubernetes.io/certificate-arn':
          'arn:aws:acm:eu-west-1:111122223333:certificate/example',
      },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      // The subnets of the load balancer.
      controller: {
        kind: 'addresses',
        cidrs: ['10.0.192.0/20', '10.0.208.0/20', '10.0.224.0/20'],
      },
      // An internal load balancer has private addresses.
      probe: {
        kind: 'host',
        at: { kind: 'addresses', cidrs: ['10.0.192.0/20', '10.0.208.0/20', '10.0.224.0/20'] },
      },
    },
  },
  parties: [
    {
      name: 'checkout',
      workloads: { checkout: { kind: 'pods', namespace: 'shop', labels: { app: 'checkout' } } },
      endpoints: {},
      consumes: [required('traces', { variant: 'grpc' })],
    },
  ],
} satisfies EnvironmentOptions;
