import type { EnvironmentOptions } from '../src/index.js';

/** An OpenShift cluster, beside its own monitoring, with Grafana behind its router. */
export default {
  stage: 'staging',
  cluster: {
    name: 'openshift',
    platform: 'openshift',
    nodeCidrs: ['10.30.0.0/22'],
    apiServer: {
      serviceAddress: '172.30.0.1',
      endpointCidrs: ['10.30.0.10/32', '10.30.0.11/32', '10.30.0.12/32'],
    },
    storageClass: { name: 'ocs-storagecluster-ceph-rbd', expandable: true },
    nodes: 6,
  },
  size: 'small',
  // The node-exporter of OpenShift has 9100.
  nodeExporter: { port: 9110 },
  alerting: {
    receivers: [{ kind: 'msteams', name: 'team', url: { secret: 'alertmanager', key: 'teams' } }],
    defaultReceiver: 'team',
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      ingressClass: 'openshift-default',
      host: 'grafana.apps.example.com',
      tlsSecret: 'grafana-tls',
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: {
        namespace: 'openshift-ingress',
        labels: {
          'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
        },
      },
      probe: { service: 'router-internal-default' },
    },
  },
} satisfies EnvironmentOptions;
