import type { EnvironmentOptions } from '../src/index.js';

/** A cluster of about fifty nodes, with Grafana behind an ingress controller. */
export default {
  stage: 'production',
  cluster: {
    name: 'production',
    platform: 'kubeadm',
    nodeCidrs: ['10.20.0.0/22'],
    apiServer: {
      serviceAddress: '10.96.0.1',
      endpointCidrs: ['10.20.0.10/32', '10.20.0.11/32', '10.20.0.12/32'],
    },
    storageClass: { name: 'fast', expandable: true },
  },
  size: 'medium',
  prometheus: { retention: '30d', volume: '200Gi' },
  grafana: { credentials: { secret: 'grafana-credentials' } },
  containerMetrics: 'cadvisor',
  priorityClass: 'observability',
  alerting: {
    receivers: [
      {
        kind: 'pagerduty',
        name: 'on-call',
        routingKey: { secret: 'alertmanager', key: 'pagerduty' },
      },
      {
        kind: 'slack',
        name: 'platform-channel',
        url: { secret: 'alertmanager', key: 'slack' },
        channel: '#platform-alerts',
      },
    ],
    defaultReceiver: 'platform-channel',
    routes: [{ matchers: ['severity="critical"'], receiver: 'on-call' }],
    deadMansSwitch: { url: { secret: 'alertmanager', key: 'dead-mans-switch' } },
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      ingressClass: 'nginx',
      tlsSecret: 'grafana-tls',
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: {
        namespace: 'ingress-nginx',
        labels: {
          'app.kubernetes.io/name': 'ingress-nginx',
          'app.kubernetes.io/component': 'controller',
        },
      },
    },
    behindAuthProxy: {
      proxy: { namespace: 'auth', labels: { 'app.kubernetes.io/name': 'oauth2-proxy' } },
      prometheus: 'https://prometheus.example.com/',
      alertmanager: 'https://alertmanager.example.com/',
      jaeger: 'https://jaeger.example.com/',
    },
  },
} satisfies EnvironmentOptions;
