import type { EnvironmentOptions } from '../src/index.js';

/** Samples are kept for two days here, and written to a Mimir in the same cluster. */
export default {
  stage: 'staging',
  cluster: {
    name: 'remote-write',
    platform: 'kubeadm',
    nodeCidrs: ['10.70.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.70.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  alerting: {
    receivers: [{ kind: 'webhook', name: 'team', url: { secret: 'alertmanager', key: 'webhook' } }],
    defaultReceiver: 'team',
  },
  prometheus: {
    retention: '2d',
    externalLabels: { region: 'eu-west-1' },
    remoteWrite: [
      {
        name: 'mimir',
        // The port of the Service is that of the pods: policies apply to pods.
        url: 'http://mimir-distributor.mimir.svc:8080/api/v1/push',
        headers: { 'X-Scope-OrgID': 'platform' },
        at: {
          kind: 'pods',
          namespace: 'mimir',
          labels: {
            'app.kubernetes.io/name': 'mimir',
            'app.kubernetes.io/component': 'distributor',
          },
        },
        // Series of test namespaces stay here.
        write_relabel_configs: [{ source_labels: ['namespace'], regex: 'test-.*', action: 'drop' }],
      },
    ],
  },
} satisfies EnvironmentOptions;
