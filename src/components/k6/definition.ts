import { defineComponent } from '../definition.js';
import { loadTestFact, replicaFact, replicaSources } from './fact.js';
import { k6 as declare } from './k6.js';

export const k6 = defineComponent({
  name: 'k6',
  options: {},
  // For each run, at least: one with many virtual users has more memory.
  sizes: {
    small: { cpu: '250m', memory: '128Mi', memoryLimit: '512Mi' },
    medium: { cpu: '1', memory: '512Mi', memoryLimit: '2Gi' },
    large: { cpu: '2', memory: '1Gi', memoryLimit: '4Gi' },
  },
  images: {
    k6: {
      repository: 'docker.io/grafana/k6',
      tag: '2.2.0',
      user: 12345,
      group: 12345,
      entrypoint: '/usr/bin/k6',
      shell: true,
      dockerfile: 'https://github.com/grafana/k6/blob/v2.2.0/Dockerfile',
    },
  },
  facts: {
    [loadTestFact]: {
      without: ({ environment: { loadTests = [] } }) =>
        loadTests.length > 0
          ? 'nothing receives the results of load tests'
          : 'no application has a load test',
      holds: (_, connections) => connections.some(({ capability }) => capability === 'results'),
    },
    [replicaFact]: {
      without: 'no single replica of Prometheus has the results of load tests',
      holds: (_, connections) => replicaSources(connections).length > 0,
    },
  },
  isWanted: ({ environment: { loadTests = [] } }) => loadTests.length > 0,
  declare: ({ environment: { loadTests = [] }, size: resources }) =>
    declare({ tests: loadTests, resources }),
});
