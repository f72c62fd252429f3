import { type EnvironmentOptions, required } from '../src/index.js';

/** A cluster with about fifty nodes, with Grafana behind a Gateway. */
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
    // This needs settings of kubeadm's control plane: the generated README lists them.
    controlPlane: 'exposed',
    storageClass: { name: 'fast', expandable: true },
    nodes: 50,
  },
  size: 'medium',
  prometheus: { retention: '30d', volume: '200Gi' },
  grafana: { credentials: { secret: 'grafana-credentials' } },
  jaeger: { priorityClass: 'observability-traces' },
  // The kubelet exposes the same metrics and more, without a pod: choose 'kubelet' unless you need
  // what cAdvisor provides. It measures at its own interval, at least every 30 seconds, and has the
  // metrics that the kubelet leaves to the container runtime. It costs a pod on every node, which
  // runs as root and mounts the node's files and the runtime's socket: an attacker in that process
  // controls every container of the node.
  containerMetrics: 'cadvisor',
  priorityClass: 'observability',
  runbooks: 'https://git.example.com/platform/observability/alerts',
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
    routes: [
      { matchers: ['severity="critical"'], receiver: 'on-call', continue: true },
      // If on-call does not answer, the channel still shows critical alerts.
      { matchers: ['severity="critical"'], receiver: 'platform-channel' },
    ],
    deadMansSwitch: { url: { secret: 'alertmanager', key: 'dead-mans-switch' } },
  },
  exposure: {
    grafana: {
      kind: 'gateway',
      host: 'grafana.example.com',
      gateway: { namespace: 'envoy-gateway-system', name: 'public', listener: 'https' },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      // The Service of Envoy's pods, with the name that its EnvoyProxy object sets
      // (envoyService.name). Envoy's pods listen on 10443 for port 443 of the Gateway.
      probe: { service: 'envoy-public', podPort: 10443 },
      controller: {
        namespace: 'envoy-gateway-system',
        labels: {
          'app.kubernetes.io/name': 'envoy',
          'gateway.envoyproxy.io/owning-gateway-name': 'public',
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
  // An application that sends spans: only its pods may reach Jaeger.
  parties: [
    {
      name: 'shop-spans',
      workloads: { 'shop-spans': { kind: 'pods', namespace: 'shop', labels: { app: 'checkout' } } },
      endpoints: {},
      consumes: [required('traces', { variant: 'grpc' })],
    },
  ],
} satisfies EnvironmentOptions;
