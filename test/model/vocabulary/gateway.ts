import { metrics, type Party } from '../../../src/index.js';

/** An HTTPS target on the host network, which requires a token and has three metrics paths. */
export const gateway: Party = {
  name: 'gateway',
  workloads: {
    gateway: {
      kind: 'pods',
      namespace: 'edge',
      labels: { app: 'gateway' },
      hostNetwork: true,
    },
  },
  endpoints: {
    admin: {
      port: 10443,
      scheme: 'https',
      authentication: {
        kind: 'token',
        audience: 'gateway',
        grants: [{ nonResourceURLs: ['/stats', '/stats/*'], verbs: ['get'] }],
      },
      verification: { kind: 'unverified', reason: 'the gateway signs its certificate itself' },
      offers: [
        metrics('/stats', { job: 'gateway' }),
        metrics('/stats/routes', { job: 'gateway-routes', interval: '1m' }),
        metrics('/stats/clients', { job: 'gateway-clients', sampleLimit: 1000 }),
      ],
    },
  },
  consumes: [],
};
