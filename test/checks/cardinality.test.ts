import { describe, expect, test } from 'vitest';
import { estimateJobs } from '../../src/checks/cardinality/estimate.js';
import cardinality from '../../src/checks/cardinality.js';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';

const input = (options: Partial<EnvironmentOptions>, scale = { nodes: 10, pods: 300 }) =>
  inputOf(build({ ...minimal, ...options, cluster: { ...minimal.cluster, ...scale } }));

const seriesOf = (job: string, ...parameters: Parameters<typeof input>): number =>
  estimateJobs(input(...parameters)).find((one) => one.job === job)!.series;

describe('the series of a job', () => {
  const all = { prometheus: { keep: { 'kube-state-metrics': 'all', cadvisor: 'all' } } } as const;

  test('grow with the nodes where each node tells', () => {
    const few = seriesOf('node-exporter', {}, { nodes: 10, pods: 300 });
    expect(seriesOf('node-exporter', {}, { nodes: 20, pods: 300 })).toBe(2 * few);
  });

  test('grow with the pods where pods are told of', () => {
    const few = seriesOf('kube-state-metrics', all, { nodes: 10, pods: 300 });
    const many = seriesOf('kube-state-metrics', all, { nodes: 10, pods: 600 });
    expect(many / few).toBeGreaterThan(1.9);
    expect(seriesOf('cadvisor', all, { nodes: 10, pods: 600 })).toBeGreaterThan(
      1.9 * seriesOf('cadvisor', all),
    );
  });

  test('are those that are kept', () => {
    expect(seriesOf('kubelet', {})).toBeLessThan(
      seriesOf('kubelet', { prometheus: { keep: { kubelet: 'all' } } }),
    );
  });

  test('in Prometheus’s own words are as many as each target may tell, of a name twice', () => {
    const target = (change: object) => ({
      prometheus: {
        scrapeConfigs: [
          {
            config: {
              job_name: 'switches',
              static_configs: [{ targets: ['10.1.2.3:9100', '10.1.2.4:9100'] }],
              ...change,
            },
          },
        ],
      },
    });
    const ofEach = 5;
    expect(seriesOf('switches', target({}))).toBe(2 * (5000 + ofEach));
    expect(seriesOf('switches', target({ sample_limit: 100 }))).toBe(2 * (100 + ofEach));
    const byName = { names: ['switches.example.com'], type: 'A', port: 9100 };
    expect(
      seriesOf('switches', target({ static_configs: undefined, dns_sd_configs: [byName] })),
    ).toBe(2 * (5000 + ofEach));
  });

  test.each(['kubelet', 'kube-state-metrics'])('and those that are dropped, of %s', (job) => {
    const of = (...parameters: Parameters<typeof input>) =>
      estimateJobs(input(...parameters)).find((one) => one.job === job)!;
    const [used, everything] = [of({}), of({ prometheus: { keep: { [job]: 'all' } } })];
    expect(used.dropped).toBeGreaterThan(0);
    expect(everything.dropped).toBe(0);
    expect(used.series + used.dropped).toBe(everything.series);
  });
});

test('a Prometheus that has what its series need passes', () => {
  expect(cardinality.run(input({}))).toEqual([]);
});

test('a memory request below what the series need is an error with the arithmetic', () => {
  const keep = { apiserver: 'all', kubelet: 'all' } as const;
  const found = cardinality.run(
    input({ prometheus: { memory: '256Mi', volume: '1Ti', keep } }, { nodes: 100, pods: 3000 }),
  );
  expect(found).toMatchObject([
    {
      severity: 'error',
      place: {
        object: 'StatefulSet crowsnest/crowsnest-prometheus',
        path: 'spec.template.spec.containers[0].resources.requests.memory',
      },
      message: expect.stringMatching(/ for \d+ series of 100 nodes and 3000 pods, \d+Ki each\.$/),
      value: '256Mi',
    },
  ]);
});

test('a volume that is full before the retention ends is an error with the arithmetic', () => {
  const found = cardinality.run(input({ prometheus: { volume: '1Gi', retention: '60d' } }));
  expect(found).toMatchObject([
    {
      severity: 'error',
      place: { path: 'prometheus.yml: storage.tsdb.retention' },
      message: expect.stringMatching(
        /^To keep samples for 60 days takes about [\d.]+Gi: \d+ samples/,
      ),
      value: '819Mi of 1Gi',
    },
  ]);
});
