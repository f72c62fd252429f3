import { describe, expect, test } from 'vitest';
import type { Environment, EnvironmentOptions } from '../../src/config/environment.js';
import { runtimeOf, settingOf, sizingOf, storageClassOf } from '../../src/config/setting.js';
import { type Resources, type Sizing, sizings } from '../../src/config/sizing.js';
import { validate } from '../../src/config/validate.js';
import { quantityValue } from '../../src/model/quantity.js';
import { minimal } from '../environment.js';

const environmentOf = (change: Partial<EnvironmentOptions> = {}): Environment => {
  const { environment, findings } = validate({ ...minimal, ...change }, 'test', 'test.ts');
  expect(findings).toEqual([]);
  return environment!;
};

describe('the sizes of an environment', () => {
  test.each(['small', 'medium', 'large'] as const)('are those of its preset: %s', (size) => {
    expect(sizingOf(environmentOf({ size }))).toEqual(sizings[size]);
  });

  test('are its own where it gives them, one by one', () => {
    const { prometheus, grafana, ...rest } = sizingOf(
      environmentOf({
        size: 'medium',
        prometheus: { cpu: '750m', replicas: 2, retention: '30d', scrapeInterval: '1m' },
        grafana: { memoryLimit: '3Gi' },
      }),
    );
    expect(prometheus).toEqual({
      ...sizings.medium.prometheus,
      cpu: '750m',
      replicas: 2,
      retention: '30d',
    });
    expect(grafana).toEqual({ ...sizings.medium.grafana, memoryLimit: '3Gi' });
    const { prometheus: _, grafana: __, ...others } = sizings.medium;
    expect(rest).toEqual(others);
  });

  test('can be given for everything that has a size', () => {
    const prometheus = {
      cpu: '7',
      memory: '7Gi',
      memoryLimit: '8Gi',
      volume: '77Gi',
      replicas: 2,
      retention: '77d',
    };
    const grafana = { cpu: '6', memory: '6Gi', memoryLimit: '7Gi', volume: '66Gi' };
    const alertmanager = {
      cpu: '5',
      memory: '5Gi',
      memoryLimit: '6Gi',
      volume: '55Gi',
      replicas: 3,
    } as const;
    const jaeger = {
      cpu: '4',
      memory: '4Gi',
      memoryLimit: '5Gi',
      volume: '44Gi',
      retention: '44h',
    };
    const kubeStateMetrics = { cpu: '3', memory: '3Gi', memoryLimit: '4Gi' };
    const blackboxExporter = { cpu: '2', memory: '2Gi', memoryLimit: '3Gi' };
    const cadvisor = { cpu: '1', memory: '1Gi', memoryLimit: '2Gi' };
    const nodeExporter = { cpu: '8', memory: '8Gi', memoryLimit: '9Gi' };
    const all = {
      prometheus,
      grafana,
      alertmanager,
      jaeger,
      kubeStateMetrics,
      blackboxExporter,
      cadvisor,
      nodeExporter,
    };
    const { kubeRbacProxy } = sizings.small;
    expect(sizingOf(environmentOf(all))).toEqual({ ...all, kubeRbacProxy });
  });

  test('fall back on the preset where an option is set to undefined', () => {
    const sizing = sizingOf(environmentOf({ prometheus: { volume: undefined } }));
    expect(sizing.prometheus.volume).toBe(sizings.small.prometheus.volume);
  });
});

type Amounts = Resources & { readonly volume?: string; readonly replicas?: number };

describe('a preset', () => {
  const containers = Object.entries(sizings).flatMap(([size, sizing]) =>
    Object.entries(sizing).map(([name, one]) => ({ title: `${size} ${name}`, one })),
  );

  test.each(containers)('has no limit below its request: $title', ({ one }) => {
    expect(quantityValue(one.memory)).toBeLessThanOrEqual(quantityValue(one.memoryLimit));
  });

  test('is nowhere smaller than the one before it', () => {
    const amounts = Object.values<Sizing>(sizings).map((sizing) =>
      Object.values(sizing as unknown as Record<string, Amounts>).flatMap(
        ({ cpu, memory, memoryLimit, volume = '0', replicas = 1 }) => [
          ...[cpu, memory, memoryLimit, volume].map(quantityValue),
          replicas,
        ],
      ),
    );
    const [small = [], medium = [], large = []] = amounts;
    for (const [index, value] of medium.entries()) {
      expect(value).toBeGreaterThanOrEqual(small[index]!);
      expect(large[index]).toBeGreaterThanOrEqual(value);
    }
  });
});

describe('the storage class', () => {
  test('is the one that the platform has by default', () => {
    expect(storageClassOf(environmentOf())).toEqual({ name: 'standard', expandable: false });
  });

  test('is that of the environment where it names one', () => {
    const cluster = { ...minimal.cluster, storageClass: { name: 'fast', expandable: true } };
    expect(storageClassOf(environmentOf({ cluster }))).toEqual({ name: 'fast', expandable: true });
    expect(settingOf(environmentOf({ cluster })).storageClass).toBe('fast');
  });
});

describe('the container runtime', () => {
  const runtime = (platform: 'kind' | 'k3s', cadvisor?: EnvironmentOptions['cadvisor']) =>
    runtimeOf(environmentOf({ cluster: { ...minimal.cluster, platform }, cadvisor }));

  test('is containerd at the socket of the platform', () => {
    expect(runtime('kind')).toEqual({
      kind: 'containerd',
      socket: '/run/containerd/containerd.sock',
    });
    expect(runtime('k3s')).toMatchObject({ socket: '/run/k3s/containerd/containerd.sock' });
  });

  test('is that of the environment where it names one', () => {
    const socket = '/run/other/containerd.sock';
    expect(runtime('k3s', { runtime: { kind: 'containerd', socket } })).toMatchObject({ socket });
    expect(runtime('k3s', { runtime: { kind: 'docker' } })).toEqual({ kind: 'docker' });
  });
});

describe('the setting that components see', () => {
  test('has images by name, through the mirror of the environment', () => {
    const reference = (imageMirror?: string) =>
      settingOf(environmentOf({ imageMirror })).image('grafana').reference;
    expect(reference()).toMatch(/^docker\.io\/grafana\/grafana:\d/);
    expect(reference('registry.example.com:5000/mirror')).toMatch(
      /^registry\.example\.com:5000\/mirror\/grafana\/grafana:\d/,
    );
  });

  test('throws on an image that does not exist', () => {
    expect(() => settingOf(environmentOf()).image('grafna')).toThrow(
      "There is no image 'grafna' in config/images.ts.",
    );
  });

  test('has the names and the scheduling of the environment', () => {
    const options = {
      stack: 'mine',
      namespaces: { stack: 'one', nodeAgents: 'two' },
      pullSecrets: ['registry'],
      priorityClass: 'observability',
      nodeSelector: { pool: 'a' },
      tolerations: [{ operator: 'Exists' as const }],
    };
    expect(settingOf(environmentOf(options))).toMatchObject({
      names: { stack: 'mine', namespaces: { stack: 'one', nodeAgents: 'two' } },
      cluster: 'test',
      scrapeInterval: '30s',
      pullSecrets: ['registry'],
      priorityClass: 'observability',
      nodeSelector: { pool: 'a' },
      tolerations: [{ operator: 'Exists' }],
    });
  });
});
