import { expect, test } from 'vitest';
import volumes from '../../src/checks/capacity/volumes.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';

const stack = build(minimal);
const title = 'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0';
const { object: claim, construct } = manifestOf(stack, title);

/** The findings in a claim that differs from the published one. */
const run = (
  published: (claim: Mutable) => unknown,
  fresh: (claim: Mutable) => unknown,
  expandableVolumes = false,
) => {
  const before = structuredClone(claim);
  published(before);
  const input = changed(stack, title, fresh);
  return volumes.run({ ...input, expandableVolumes, published: [before] });
};

const resize = (size: unknown) => (object: Mutable) =>
  (object.spec.resources.requests.storage = size);
const reclass = (name?: string) => (object: Mutable) => (object.spec.storageClassName = name);
const asIs = () => undefined;

const at = (path: string) => ({ object: title, construct, path });

test('an unchanged volume has no findings', () => {
  expect(run(asIs, asIs)).toEqual([]);
  expect(run(resize('10240Mi'), asIs)).toEqual([]);
});

test('an unpublished volume has no findings', () => {
  expect(volumes.run(inputOf(stack))).toEqual([]);
  const elsewhere = run(({ metadata }) => (metadata.namespace = 'elsewhere'), resize('1Gi'));
  expect(elsewhere.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a published claim that no longer ships is a warning', () => {
  const manifests = stack.manifests.filter(({ object }) => object !== claim);
  expect(volumes.run(inputOf(stack, { manifests, published: [claim] }))).toMatchObject([
    {
      severity: 'warning',
      place: { object: titleOf(claim) },
      fault: 'removed',
    },
  ]);
});

test('a volume must not shrink, with any class', () => {
  for (const expandable of [true, false]) {
    expect(run(resize('10.5Gi'), asIs, expandable)).toMatchObject([
      {
        severity: 'error',
        place: at('spec.resources.requests.storage'),
        fault: 'shrunk',
        value: '10Gi',
      },
    ]);
  }
});

test('a volume can grow if its class can expand it', () => {
  expect(run(asIs, resize('20Gi'), true)).toEqual([]);
});

test('a volume must not grow with another class', () => {
  expect(run(asIs, resize('20Gi'))).toMatchObject([
    {
      severity: 'error',
      place: at('spec.resources.requests.storage'),
      fault: 'not-expandable',
      value: '20Gi',
    },
  ]);
});

test('a volume must keep its class', () => {
  expect(run(asIs, reclass('fast'))).toMatchObject([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      fault: 'class-changed',
      value: 'fast',
    },
  ]);
  expect(run(reclass(), asIs)).toMatchObject([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      fault: 'class-changed',
      value: 'standard',
    },
  ]);
  expect(run(asIs, reclass())).toMatchObject([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      fault: 'class-changed',
    },
  ]);
});

test('a size is compared in any notation, and an invalid one is left to the check schema', () => {
  for (const size of ['ten', null, undefined, {}]) {
    expect(run(asIs, resize(size))).toEqual([]);
    expect(run(resize(size), asIs)).toEqual([]);
  }
  for (const size of [5 * 2 ** 30, '5e9', '0.01Ei']) {
    expect(run(asIs, resize(size))).toHaveLength(1);
  }
});

test('pipelines must not prune claims and their namespaces', () => {
  const without = (key: string) =>
    changed(stack, title, ({ metadata }: Mutable) => delete metadata.annotations[key]);
  for (const key of ['argocd.argoproj.io/sync-options', 'kustomize.toolkit.fluxcd.io/prune']) {
    expect(volumes.run(without(key))).toMatchObject([
      { place: { object: title, path: `metadata.annotations['${key}']` } },
    ]);
  }
  const namespace = changed(stack, 'Namespace crowsnest', ({ metadata }: Mutable) => {
    metadata.annotations['argocd.argoproj.io/sync-options'] = 'Prune=false';
  });
  expect(volumes.run(namespace)).toMatchObject([{ value: 'Prune=false' }]);
});
