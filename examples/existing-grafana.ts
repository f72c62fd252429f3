import { dashboards, type EnvironmentOptions, optional, required } from '../src/index.js';

/** Without a Grafana of its own: dashboards for the Grafana of kube-prometheus-stack. */
export default {
  stage: 'staging',
  cluster: {
    name: 'existing-grafana',
    platform: 'kubeadm',
    nodeCidrs: ['10.60.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.60.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  grafana: { enabled: false },
  // Until the node-exporter of kube-prometheus-stack is removed.
  nodeExporter: { port: 9110 },
  parties: [
    {
      name: 'our-grafana',
      workloads: {
        grafana: {
          kind: 'pods',
          namespace: 'monitoring',
          labels: { 'app.kubernetes.io/name': 'grafana' },
        },
      },
      endpoints: {
        web: {
          port: 443,
          scheme: 'https',
          host: 'grafana.example.com',
          // Its sidecar looks for ConfigMaps in this namespace.
          offers: [dashboards({ configMaps: { namespace: 'monitoring' } })],
        },
      },
      consumes: [required('promql'), optional('datasource')],
    },
  ],
} satisfies EnvironmentOptions;
