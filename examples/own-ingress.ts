import type { EnvironmentOptions } from '../src/index.js';

/** Grafana, and Prometheus and Alertmanager behind a login, through ingress-nginx with cert-manager. */
export default {
  stage: 'staging',
  cluster: {
    name: 'own-ingress',
    platform: 'kubeadm',
    nodeCidrs: ['10.50.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.50.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      ingressClass: 'nginx',
      host: 'grafana.example.com',
      // cert-manager creates this Secret.
      tlsSecret: 'grafana-tls',
      annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: {
        namespace: 'ingress-nginx',
        labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
      },
      probe: { service: 'ingress-nginx-controller' },
    },
    behindAuthProxy: {
      proxy: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
      prometheus: 'https://prometheus.example.com/',
      alertmanager: 'https://alertmanager.example.com/',
      route: {
        kind: 'ingress',
        ingressClass: 'nginx',
        tlsSecret: 'ops-tls',
        annotations: {
          'cert-manager.io/cluster-issuer': 'letsencrypt',
          'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/oauth2/auth',
          'nginx.ingress.kubernetes.io/auth-signin': 'https://login.example.com/oauth2/start',
        },
        authentication: 'ingress-nginx asks oauth2-proxy at login.example.com',
      },
    },
  },
} satisfies EnvironmentOptions;
