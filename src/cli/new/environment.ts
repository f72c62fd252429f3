import type { Library } from './library.js';

/** The text of an environment with little more than what is required, for a cluster of kind. */
export const newEnvironment = (
  name: string,
  { index }: Library,
): string => `import type { EnvironmentOptions } from '${index}';

// EDIT: these are the values of a cluster of kind. crowsnest init reads those of your cluster.
export default {
  // development, staging or production: synth requires more in production.
  stage: 'development',
  cluster: {
    name: '${name}',
    platform: 'kind',
    // The addresses of the nodes, to which the network policies allow connections:
    // kubectl get nodes -o wide; docker network inspect kind
    nodeCidrs: ['172.18.0.0/16'],
    apiServer: {
      // kubectl get service kubernetes
      serviceAddress: '10.96.0.1',
      // kubectl get endpointslices kubernetes
      endpointCidrs: ['172.18.0.0/16'],
    },
    // For the estimate of series and memory.
    nodes: 1,
    pods: 110,
  },
  // small, medium or large: resources and volumes of all components.
  size: 'small',
  // Without receivers, alerts notify nobody:
  // alerting: {
  //   receivers: [
  //     {
  //       kind: 'slack',
  //       name: 'team',
  //       url: { secret: 'alertmanager-slack', key: 'url' },
  //       channel: '#alerts',
  //     },
  //   ],
  //   defaultReceiver: 'team',
  // },
} satisfies EnvironmentOptions;
`;
