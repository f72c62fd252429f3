import type { EnvironmentOptions } from '../src/index.js';

/** A kind cluster on a laptop: nobody is told of alerts, and nothing is exposed. */
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
  },
  size: 'small',
} satisfies EnvironmentOptions;
