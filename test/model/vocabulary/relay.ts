import { type Component, health, metrics, offer, required, workload } from '../../../src/index.js';

/** A TCP and UDP mesh with one port number, whose peers are its own pods. */
export const relay: Component = {
  name: 'relay',
  endpoints: {
    'mesh-tcp': { port: 9094, scheme: 'tcp', offers: [offer('peers')] },
    'mesh-udp': { port: 9094, protocol: 'UDP', offers: [offer('peers')] },
    web: { port: 9093, offers: [metrics(), health('/-/healthy', { ready: '/-/ready' })] },
  },
  consumes: [required('dns'), required('peers')],
  render: (scope, wiring) =>
    workload(scope, wiring, 'relay', {
      kind: 'StatefulSet',
      replicas: 3,
      volume: '1Gi',
      volumePath: '/relay',
      containers: [
        {
          name: 'relay',
          image: { reference: 'registry.example.com/relay:1.0.0', user: 65532, group: 65532 },
          args: wiring.outgoing
            .filter(({ capability }) => capability === 'peers')
            .map(
              ({ endpoint }) => `--cluster.listen=${endpoint.protocol ?? 'TCP'}/${endpoint.port}`,
            ),
          endpoints: ['mesh-tcp', 'mesh-udp', 'web'],
          resources: { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' },
        },
      ],
    }),
};
