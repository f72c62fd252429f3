import { type Component, health, metrics, offer, required, workload } from '../../../src/index.js';

const image = { reference: 'registry.example.com/tracer:1.0.0', user: 65532, group: 65532 };
const resources = { cpu: '50m', memory: '64Mi', memoryLimit: '128Mi' };

/** Two workloads; the first has a sidecar that opens its connections. */
export const tracer: Component = {
  name: 'tracer',
  workloads: {
    'tracer-writer': { kind: 'own', namespace: 'stack' },
    'tracer-reader': { kind: 'own', namespace: 'stack' },
  },
  endpoints: {
    otlp: {
      port: 4317,
      scheme: 'grpc',
      workload: 'tracer-writer',
      offers: [offer('traces', { variant: 'grpc' })],
    },
    writing: {
      port: 8082,
      workload: 'tracer-writer',
      offers: [health('/live')],
    },
    segments: {
      port: 7000,
      scheme: 'tcp',
      workload: 'tracer-writer',
      offers: [offer('x-segments')],
    },
    sidecar: {
      port: 8081,
      workload: 'tracer-writer',
      offers: [metrics('/metrics', { job: 'tracer-writer' }), health('/live')],
    },
    query: {
      port: 16686,
      workload: 'tracer-reader',
      offers: [
        offer('datasource', { variant: 'jaeger' }),
        metrics('/metrics', { job: 'tracer-reader' }),
        health('/'),
      ],
    },
  },
  consumes: [
    required('kubernetes-api', {
      workload: 'tracer-writer',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    }),
    required('dns', { workload: 'tracer-reader' }),
    required('x-segments', { workload: 'tracer-reader' }),
  ],
  render: (scope, wiring) => {
    const segments = wiring.outgoing.find(({ capability }) => capability === 'x-segments');
    workload(scope, wiring, 'tracer-writer', {
      kind: 'StatefulSet',
      replicas: 2,
      volume: '10Gi',
      volumePath: '/segments',
      containers: [
        { name: 'writer', image, endpoints: ['otlp', 'writing', 'segments'], resources },
        { name: 'enricher', image, endpoints: ['sidecar'], resources, connects: true },
      ],
    });
    workload(scope, wiring, 'tracer-reader', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'reader',
          image,
          args: [`--segments=${segments?.url}`],
          endpoints: ['query'],
          resources,
        },
      ],
    });
  },
};
