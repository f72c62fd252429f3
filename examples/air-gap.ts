import type { EnvironmentOptions } from '../src/index.js';

/** A cluster without access to the internet: images from a mirror, mail through a server of one's own. */
export default {
  stage: 'staging',
  cluster: {
    name: 'air-gap',
    platform: 'rke2',
    nodeCidrs: ['10.40.0.0/22'],
    apiServer: {
      serviceAddress: '10.43.0.1',
      endpointCidrs: ['10.40.0.10/32', '10.40.0.11/32', '10.40.0.12/32'],
    },
    storageClass: { name: 'longhorn', expandable: true },
    nodes: 8,
  },
  size: 'small',
  // registry.example.com/mirror/prometheus/prometheus:v… and so on.
  imageMirror: 'registry.example.com/mirror',
  pullSecrets: ['registry'],
  alerting: {
    receivers: [
      {
        kind: 'email',
        name: 'operators',
        to: 'operators@example.com',
        from: 'alerts@example.com',
        smtp: { host: 'mail.example.com', port: 587 },
      },
    ],
    defaultReceiver: 'operators',
    // Without a place, the policies allow only public addresses.
    servers: [{ host: 'mail.example.com', at: { kind: 'addresses', cidrs: ['10.40.8.25/32'] } }],
  },
} satisfies EnvironmentOptions;
