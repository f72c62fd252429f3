import type { EnvironmentOptions } from '../src/index.js';

/** A cluster of GKE Autopilot, with Grafana behind a Google Cloud load balancer. */
export default {
  stage: 'staging',
  cluster: {
    name: 'gke-europe-west1',
    platform: 'gke-autopilot',
    // The primary range of the subnet.
    nodeCidrs: ['10.132.0.0/20'],
    apiServer: {
      serviceAddress: '34.118.224.1',
      // The private endpoint of the control plane.
      endpointCidrs: ['172.16.0.2/32'],
    },
    nodes: 5,
  },
  size: 'small',
  alerting: {
    receivers: [
      {
        kind: 'slack',
        name: 'team',
        url: { secret: 'alertmanager', key: 'slack' },
        channel: '#alerts',
      },
    ],
    defaultReceiver: 'team',
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      // GKE reads the class only from this annotation.
      annotations: {
        'kubernetes.io/ingress.class': 'gce',
        'networking.gke.io/managed-certificates': 'grafana',
      },
      serviceAnnotations: {
        'cloud.google.com/neg': '{"ingress": true}',
      },
      tlsSecret: { heldBy: 'load-balancer' },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: { kind: 'google-load-balancer' },
      probe: { kind: 'host' },
    },
  },
} satisfies EnvironmentOptions;
