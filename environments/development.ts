import type { EnvironmentOptions } from '../src/index.js';

/** A kind cluster on a laptop, with one node: alerts notify nobody, and nothing is exposed. */
export default {
  stage: 'development',
  cluster: {
    name: 'development',
    platform: 'kind',
    // docker network inspect kind
    nodeCidrs: ['172.18.0.0/16'],
    apiServer: {
      serviceAddress: '10.96.0.1',
      endpointCidrs: ['172.18.0.0/16'],
    },
    nodes: 1,
    pods: 110,
  },
  size: 'small',
  // A laptop has less to reserve than a cluster.
  prometheus: { memory: '512Mi' },
} satisfies EnvironmentOptions;
