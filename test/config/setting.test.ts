import { describe, expect, test } from 'vitest';
import { runtimeOf } from '../../src/components/cadvisor/definition.js';
import { platformOf } from '../../src/config/platforms.js';
import type { Resources } from '../../src/config/size.js';
import type { Environment, EnvironmentOptions } from '../../src/environment/environment.js';
import { settingOf, storageClassOf } from '../../src/environment/setting.js';
import { type Sizing, sizingOf, sizings } from '../../src/environment/sizing.js';
import { validate } from '../../src/environment/validate.js';
import { quantityValue } from '../../src/model/quantity.js';
import { minimal } from '../environment.js';

const environmentOf = (change: Partial<EnvironmentOptions> = {}): Environment => {
  const { environment, findings } = validate({ ...minimal, ...change }, 'test', 'test.ts');
  expect(findings).toEqual([]);
  return environment!;
};

describe('the sizes of an environment', () => {
  test.each(['small', 'medium', 'large'] as const)('come from its preset: %s', (size) => {
    expect(sizingOf(environmentOf({ size }))).toEqual(sizings[size]);
  });

  test('can be overridden one by one', () => {
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

  test('can be set for everything with a size', () => {
    const own: Readonly<Record<string, string | number>> = {
      cpu: '7',
      memory: '7Gi',
      memoryLimit: '8Gi',
      volume: '77Gi',
      replicas: 1,
      retention: '77h',
      queue: '7Gi',
      linesPerSecond: 77,
      ingestionRate: '7Mi',
      ingestionBurst: '8Mi',
      streams: 777,
    };
    const all = Object.fromEntries(
      Object.entries(sizings.large).map(([component, preset]) => [
        component,
        Object.fromEntries(
          Object.keys(preset).flatMap((key) => (key in own ? [[key, own[key]]] : [])),
        ),
      ]),
    );
    const { proxy } = sizings.large.nodeExporter;
    expect(sizingOf(environmentOf({ size: 'large', ...all }))).toEqual({
      ...all,
      nodeExporter: { ...all.nodeExporter, proxy },
    });
  });

  test.each(['prometheus', 'alertmanager'] as const)(
    'request for %s all memory up to the limit by default',
    (component) => {
      const memoryOf = (own: { memory?: string; memoryLimit?: string }) =>
        sizingOf(environmentOf({ [component]: own }))[component].memory;
      for (const sizing of Object.values(sizings))
        expect(sizing[component].memory).toBe(sizing[component].memoryLimit);
      expect(memoryOf({ memoryLimit: '9Gi' })).toBe('9Gi');
      expect(memoryOf({ memory: '1Gi', memoryLimit: '9Gi' })).toBe('1Gi');
    },
  );

  test('come from the preset if an option is undefined', () => {
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

  test('is not smaller than the previous one in any value', () => {
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
  test('is the default of the platform', () => {
    expect(storageClassOf(environmentOf())).toMatchObject({ name: 'standard', expandable: false });
  });

  test('can be set in the environment', () => {
    const cluster = { ...minimal.cluster, storageClass: { name: 'fast', expandable: true } };
    expect(storageClassOf(environmentOf({ cluster }))).toEqual({ name: 'fast', expandable: true });
    expect(settingOf(environmentOf({ cluster })).storageClass).toBe('fast');
  });
});

describe('the container runtime', () => {
  const runtime = (platform: 'kind' | 'k3s', cadvisor?: EnvironmentOptions['cadvisor']) =>
    runtimeOf(environmentOf({ cadvisor }).cadvisor.runtime, platformOf(platform));

  test('is containerd with the socket of the platform by default', () => {
    expect(runtime('kind')).toEqual({
      kind: 'containerd',
      socket: '/run/containerd/containerd.sock',
    });
    expect(runtime('k3s')).toMatchObject({ socket: '/run/k3s/containerd/containerd.sock' });
  });

  test('can be set in the environment', () => {
    const socket = '/run/other/containerd.sock';
    expect(runtime('k3s', { runtime: { kind: 'containerd', socket } })).toMatchObject({ socket });
    expect(runtime('k3s', { runtime: { kind: 'docker' } })).toEqual({ kind: 'docker' });
  });
});

describe('the setting of components', () => {
  test('has images by name, with the mirror of the environment', () => {
    const reference = (imageMirror?: string) =>
      settingOf(environmentOf({ imageMirror })).image('grafana').reference;
    expect(reference()).toMatch(/^docker\.io\/grafana\/grafana:\d/);
    expect(reference('registry.example.com:5000/mirror')).toMatch(
      /^registry\.example\.com:5000\/mirror\/grafana\/grafana:\d/,
    );
  });

  test('throws on an unknown image', () => {
    expect(() => settingOf(environmentOf()).image('grafna')).toThrow(
      "No component defines the image 'grafna'.",
    );
  });

  test('has the priority class of each component, or that of the environment', () => {
    const { priorityClass } = settingOf(
      environmentOf({
        priorityClass: 'observability',
        jaeger: { priorityClass: 'low' },
        kubeStateMetrics: { priorityClass: 'high' },
      }),
    );
    expect(['jaeger', 'kube-state-metrics', 'grafana'].map(priorityClass)).toEqual([
      'low',
      'high',
      'observability',
    ]);
    expect(settingOf(environmentOf()).priorityClass('jaeger')).toBeUndefined();
  });

  test('has versions only for shipped components', () => {
    const { version } = settingOf(environmentOf({ imageMirror: 'registry.example.com:5000/v2' }));
    expect(['kube-state-metrics', 'cart'].map(version)).toEqual([
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
      undefined,
    ]);
  });

  test.each([
    ['the configured number of nodes', 'gke', { nodes: 3 }, 3],
    ['one node by default', 'gke', {}, 1],
    ['one node with local volumes', 'k3s', { nodes: 3 }, 1],
    [
      'one node with the class of local volumes',
      'kind',
      { nodes: 3, storageClass: { name: 'standard', expandable: false } },
      1,
    ],
    [
      'the configured number of nodes with other volumes',
      'k3s',
      { nodes: 3, storageClass: { name: 'fast', expandable: true } },
      3,
    ],
  ] as const)('keeps replicas apart on %s', (_, platform, own, apartOn) => {
    const cluster = { ...minimal.cluster, platform, ...own };
    expect(settingOf(environmentOf({ cluster })).apartOn).toBe(apartOn);
  });

  test('has the names and the scheduling of the environment', () => {
    const options = {
      stack: 'mine',
      namespaces: { stack: 'one', nodeAgents: 'two' },
      pullSecrets: ['registry'],
      nodeSelector: { pool: 'a' },
      tolerations: [{ operator: 'Exists' as const }],
      hostUsers: false,
    };
    expect(settingOf(environmentOf(options))).toMatchObject({
      names: { stack: 'mine', namespaces: { stack: 'one', nodeAgents: 'two' } },
      cluster: 'test',
      scrapeInterval: '30s',
      pullSecrets: ['registry'],
      nodeSelector: { pool: 'a' },
      tolerations: [{ operator: 'Exists' }],
      hostUsers: false,
    });
    expect(settingOf(environmentOf()).hostUsers).toBe(true);
  });
});
