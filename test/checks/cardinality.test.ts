import { describe, expect, test } from 'vitest';
import cardinality from '../../src/checks/capacity/cardinality.js';
import { estimateJobs } from '../../src/checks/support/load/estimate.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf } from './input.js';

const usual = { nodes: 10, pods: 300, cores: 4 };
const input = (options: Partial<EnvironmentOptions>, scale: Partial<typeof usual> = usual) =>
  inputOf(build({ ...minimal, ...options, cluster: { ...minimal.cluster, ...scale } }));

const seriesOf = (job: string, ...parameters: Parameters<typeof input>): number =>
  estimateJobs(input(...parameters)).find((one) => one.job === job)!.series;

describe('the series of a job', () => {
  const all = { prometheus: { keep: { 'kube-state-metrics': 'all', cadvisor: 'all' } } } as const;

  test('increase with the nodes, for a job with one target on each node', () => {
    const few = seriesOf('node-exporter', {}, { nodes: 10, pods: 300 });
    expect(seriesOf('node-exporter', {}, { nodes: 20, pods: 300 })).toBe(2 * few);
  });

  test('increase with the cores of the nodes only for jobs that expose each core', () => {
    const of = (job: string, cores: number) =>
      seriesOf(job, { cluster: { ...minimal.cluster, controlPlane: 'exposed' } }, { cores });
    const ofEachCore = (of('node-exporter', 64) - of('node-exporter', 4)) / 60 / 10;
    // Eight CPU modes, two guest modes, seven network metrics, three scheduler metrics and those of
    // the hardware.
    expect(ofEachCore).toBeGreaterThan(20);
    expect(ofEachCore).toBeLessThan(40);
    expect(of('node-exporter', 64)).toBeGreaterThan(3 * of('node-exporter', 4));
    expect(of('kubelet', 64)).toBe(of('kubelet', 4));
  });

  test('use the number of cores of the size by default', () => {
    const cores = (size: 'small' | 'large') => input({ size }, {}).scale.cores;
    expect([cores('small'), cores('large')]).toEqual([4, 16]);
  });

  test('increase with the pods, for jobs about pods', () => {
    const few = seriesOf('kube-state-metrics', all, { nodes: 10, pods: 300 });
    const many = seriesOf('kube-state-metrics', all, { nodes: 10, pods: 600 });
    expect(many / few).toBeGreaterThan(1.9);
    expect(seriesOf('cadvisor', all, { nodes: 10, pods: 600 })).toBeGreaterThan(
      1.9 * seriesOf('cadvisor', all),
    );
  });

  test('include only stored series', () => {
    expect(seriesOf('kubelet', {})).toBeLessThan(
      seriesOf('kubelet', { prometheus: { keep: { kubelet: 'all' } } }),
    );
  });

  test('are the sample limit of each target for native jobs, and a DNS name counts as two targets', () => {
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
    const ofEach = 8;
    expect(seriesOf('switches', target({}))).toBe(2 * (5000 + ofEach));
    expect(seriesOf('switches', target({ sample_limit: 100 }))).toBe(2 * (100 + ofEach));
    const byName = { names: ['switches.example.com'], type: 'A', port: 9100 };
    expect(
      seriesOf('switches', target({ static_configs: undefined, dns_sd_configs: [byName] })),
    ).toBe(2 * (5000 + ofEach));
  });

  test('include no dropped series if the server exposes only the stored metrics', () => {
    const job = 'kube-state-metrics';
    const of = (options: Partial<EnvironmentOptions>) =>
      estimateJobs(input(options)).find((one) => one.job === job)!;
    const [used, everything] = [of({}), of({ prometheus: { keep: { [job]: 'all' } } })];
    expect(used.dropped).toBe(0);
    expect(everything.dropped).toBe(0);
    expect(used.series).toBeLessThan(everything.series);
  });

  test.each(['kubelet', 'apiserver'])('are counted separately if they are dropped: %s', (job) => {
    const of = (...parameters: Parameters<typeof input>) =>
      estimateJobs(input(...parameters)).find((one) => one.job === job)!;
    const [used, everything] = [of({}), of({ prometheus: { keep: { [job]: 'all' } } })];
    expect(used.dropped).toBeGreaterThan(0);
    expect(everything.dropped).toBe(0);
    expect(used.series + used.dropped).toBe(everything.series);
  });
});

test('a Prometheus with enough memory and disk has no findings', () => {
  expect(cardinality.run(input({}))).toEqual([]);
});

test('a memory request below the expected need is an error with the calculation', () => {
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
      fault: 'not-enough-memory',
      value: '256Mi',
    },
  ]);
});

test('a volume that is full before the retention ends is an error with the calculation', () => {
  const found = cardinality.run(input({ prometheus: { volume: '1Gi', retention: '60d' } }));
  expect(found).toMatchObject([
    {
      severity: 'error',
      place: { path: 'prometheus.yml: storage.tsdb.retention' },
      fault: 'not-enough-disk',
      value: '819Mi of 1Gi',
    },
  ]);
});

describe('retention by size', () => {
  const limited = (retention: string) =>
    cardinality
      .run(
        changed(build(minimal), 'ConfigMap crowsnest/crowsnest-prometheus-config', ({ data }) => {
          const text = data['prometheus.yml'].replace(/\n( +)size: \d+MB/, `\n$1${retention}`);
          if (text === data['prometheus.yml']) throw new Error('There is no retention by size.');
          data['prometheus.yml'] = text;
        }),
      )
      .map(({ fault, place }) => [fault, `${place.path}`.split('.').at(-1)]);

  test.each(['size: 99999999MB', 'size: 10GB', 'size: 10PB'])('is below the volume: %s', (size) => {
    expect(limited(size)).toEqual([['retention-above-volume', 'size']]);
  });

  test('in percent is below that of the disk', () => {
    expect(limited('percentage: 99')).toEqual([['retention-above-volume', 'percentage']]);
  });

  test.each(['size: 9GB', 'percentage: 80', ''])('can be %j', (retention) => {
    expect(limited(retention)).toEqual([]);
  });
});
