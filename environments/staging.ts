import type { EnvironmentOptions } from '../src/index.js';

/** Small, with a receiver, a volume that can grow, cAdvisor, and Grafana behind an Ingress. */
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
  prometheus: { volume: '50Gi', memoryLimit: '3Gi' },
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
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.staging.example.com',
      ingressClass: 'traefik',
      tlsSecret: 'grafana-tls',
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      // Warns before the certificate expires.
      probe: { service: 'traefik', podPort: 8443 },
      controller: { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    },
  },
} satisfies EnvironmentOptions;
