import {
  type Component,
  health,
  metrics,
  offer,
  optional,
  required,
  workload,
} from '../../../src/index.js';

/** A second provider of `promql`, in addition to Prometheus. */
export const archive: Component = {
  name: 'archive',
  endpoints: {
    query: {
      port: 9095,
      offers: [offer('promql', { path: '/prometheus' }), metrics(), health('/ready')],
    },
  },
  consumes: [required('dns'), optional('alerts')],
  render: (scope, wiring) =>
    workload(scope, wiring, 'archive', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'archive',
          image: { reference: 'registry.example.com/archive:1.0.0', user: 65532, group: 65532 },
          endpoints: ['query'],
          resources: { cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' },
        },
      ],
    }),
};
