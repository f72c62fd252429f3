import { expect, test } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { podSets, totalsOf } from '../../src/output/total.js';

const manifest = (kind: string, name: string, spec: object): Manifest => ({
  object: { apiVersion: 'v1', kind, metadata: { name }, spec },
  construct: name,
  chart: name,
  patched: false,
});

const container = (image: string, cpu: string, memory: string, limit: string) => ({
  image,
  resources: { requests: { cpu, memory }, limits: { memory: limit } },
});

const workload = (kind: string, replicas: number | undefined, containers: object[], more = {}) =>
  manifest(kind, kind.toLowerCase(), {
    ...(replicas !== undefined && { replicas }),
    template: { spec: { containers, ...more } },
  });

const manifests = [
  workload('StatefulSet', 2, [container('b:1', '500m', '1Gi', '2Gi')], {
    initContainers: [{ image: 'init:1' }, { image: 'b:1' }],
  }),
  workload('DaemonSet', undefined, [
    container('a:1', '10m', '32Mi', '64Mi'),
    container('proxy:1', '5m', '16Mi', '32Mi'),
  ]),
  workload('Deployment', undefined, [container('c:1', '1', '0.5Gi', '1Gi')]),
  workload('Deployment', 3, [{ image: 'bare:1' }]),
  manifest('PersistentVolumeClaim', 'data-0', { resources: { requests: { storage: '10Gi' } } }),
  manifest('PersistentVolumeClaim', 'data-1', { resources: { requests: { storage: '500M' } } }),
  manifest('ConfigMap', 'config', {}),
];

test.each([1, 50])(
  'requests and limits are added up over replicas, those of node agents over %i nodes',
  (nodes) => {
    const { cpu, memory, memoryLimit } = totalsOf(manifests, nodes);
    expect(cpu).toBeCloseTo(2 * 0.5 + nodes * 0.015 + 1);
    expect(memory).toBe(2 * 2 ** 30 + nodes * 48 * 2 ** 20 + 2 ** 29);
    expect(memoryLimit).toBe(4 * 2 ** 30 + nodes * 96 * 2 ** 20 + 2 ** 30);
  },
);

test('the images of all containers are listed once, sorted', () => {
  expect(totalsOf(manifests, 1).images).toEqual([
    'a:1',
    'b:1',
    'bare:1',
    'c:1',
    'init:1',
    'proxy:1',
  ]);
});

test('objects and claims are counted, and claims have their sizes', () => {
  expect(totalsOf(manifests, 1)).toMatchObject({
    objects: 7,
    claims: [
      { name: 'data-0', bytes: 10 * 2 ** 30 },
      { name: 'data-1', bytes: 500e6 },
    ],
  });
});

test('only workloads are sets of pods', () => {
  expect(podSets(manifests).map(({ object, replicas }) => [object.kind, replicas])).toEqual([
    ['StatefulSet', 2],
    ['DaemonSet', 1],
    ['Deployment', 1],
    ['Deployment', 3],
  ]);
});

test('every notation of a quantity in Kubernetes is supported', () => {
  const memory = (quantity: string | number) =>
    totalsOf([workload('Deployment', 1, [container('a', '1', `${quantity}`, '0')])], 1).memory;
  expect(['1e3', '1E3', '1500m', '.5k', '2.', '+1Ki', '1Ei', '3E', 7].map(memory)).toEqual([
    1000,
    1000,
    1.5,
    500,
    2,
    1024,
    2 ** 60,
    3e18,
    7,
  ]);
});
