import type { EnvironmentOptions } from '../src/index.js';

/** A k3s node at home: small, with Grafana behind the Traefik of k3s, and alerts by mail. */
export default {
  stage: 'staging',
  cluster: {
    name: 'home',
    platform: 'k3s',
    nodeCidrs: ['192.168.1.10/32'],
    apiServer: { serviceAddress: '10.43.0.1', endpointCidrs: ['192.168.1.10/32'] },
    nodes: 1,
    pods: 60,
  },
  size: 'small',
  prometheus: { memory: '512Mi', memoryLimit: '1Gi', retention: '30d' },
  jaeger: { enabled: false },
  alerting: {
    receivers: [
      {
        kind: 'email',
        name: 'me',
        to: 'me@example.com',
        from: 'home@example.com',
        smtp: {
          host: 'smtp.example.com',
          port: 587,
          username: 'home@example.com',
          password: { secret: 'alertmanager', key: 'smtp' },
        },
      },
    ],
    defaultReceiver: 'me',
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      ingressClass: 'traefik',
      host: 'grafana.home.example.com',
      tlsSecret: { heldBy: 'controller' },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: {
        namespace: 'kube-system',
        labels: { 'app.kubernetes.io/name': 'traefik' },
      },
      // The default certificate of Traefik is self-signed.
      probe: { service: 'traefik', podPort: 8443, verified: false },
    },
  },
} satisfies EnvironmentOptions;
