import { expect, test } from 'vitest';
import volumes from '../../src/checks/volumes.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';

const stack = build(minimal);
const title = 'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0';
const { object: claim, construct } = manifestOf(stack, title);

/** What is found in a claim that is published in one way and shipped in another. */
const run = (
  published: (claim: Spoilt) => unknown,
  fresh: (claim: Spoilt) => unknown,
  expandableVolumes = false,
) => {
  const before = structuredClone(claim);
  published(before);
  const input = changed(stack, title, fresh);
  return volumes.run({ ...input, expandableVolumes, published: [before] });
};

const resize = (size: unknown) => (object: Spoilt) =>
  (object.spec.resources.requests.storage = size);
const reclass = (name?: string) => (object: Spoilt) => (object.spec.storageClassName = name);
const asIs = () => undefined;

const at = (path: string) => ({ object: title, construct, path });

test('a volume that stays as it is passes', () => {
  expect(run(asIs, asIs)).toEqual([]);
  expect(run(resize('10240Mi'), asIs)).toEqual([]);
});

test('a volume that is not published yet passes', () => {
  expect(volumes.run(inputOf(stack))).toEqual([]);
  const elsewhere = run(({ metadata }) => (metadata.namespace = 'elsewhere'), resize('1Gi'));
  expect(elsewhere.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a claim that is published and ships no more is left behind in the cluster, which is said', () => {
  const manifests = stack.manifests.filter(({ object }) => object !== claim);
  expect(volumes.run(inputOf(stack, { manifests, published: [claim] }))).toEqual([
    {
      severity: 'warning',
      place: { object: titleOf(claim) },
      message: 'The volume is published, and no longer part of the environment.',
      why: 'It stays in the cluster with its data, and whatever took its place starts empty.',
      remedy: 'Delete the claim by hand when nobody needs its data any more.',
    },
  ]);
});

test('no volume shrinks, on whatever class', () => {
  for (const expandable of [true, false]) {
    expect(run(resize('10.5Gi'), asIs, expandable)).toEqual([
      {
        severity: 'error',
        place: at('spec.resources.requests.storage'),
        message: 'The volume is published with 10.5Gi, and no volume can shrink.',
        value: '10Gi',
        remedy: 'Set prometheus.volume to 10.5Gi or more.',
      },
    ]);
  }
});

test('a volume grows on a class that can expand it', () => {
  expect(run(asIs, resize('20Gi'), true)).toEqual([]);
});

test('a volume grows on no other class', () => {
  expect(run(asIs, resize('20Gi'))).toEqual([
    {
      severity: 'error',
      place: at('spec.resources.requests.storage'),
      message: 'The volume is published with 10Gi, and its storage class cannot expand it.',
      value: '20Gi',
      remedy:
        'Set prometheus.volume back to 10Gi, or declare a class that can: cluster: { storageClass: { name, expandable: true } }.',
    },
  ]);
});

test('a volume keeps its class', () => {
  const remedy = 'Set it back; a move to another class needs a new claim and a copy of the data.';
  expect(run(asIs, reclass('fast'))).toEqual([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      message: 'The volume is published with the class standard, which cannot change.',
      value: 'fast',
      remedy,
    },
  ]);
  expect(run(reclass(), asIs)).toEqual([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      message: 'The volume is published with no class, which cannot change.',
      value: 'standard',
      remedy,
    },
  ]);
  expect(run(asIs, reclass())).toEqual([
    {
      severity: 'error',
      place: at('spec.storageClassName'),
      message: 'The volume is published with the class standard, which cannot change.',
      remedy,
    },
  ]);
});

test('a size in any notation counts, and what is none is left to the schema check', () => {
  for (const size of ['ten', null, undefined, {}]) {
    expect(run(asIs, resize(size))).toEqual([]);
    expect(run(resize(size), asIs)).toEqual([]);
  }
  for (const size of [5 * 2 ** 30, '5e9', '0.01Ei']) {
    expect(run(asIs, resize(size))).toHaveLength(1);
  }
});

test('a claim and its namespace are left alone when a pipeline prunes', () => {
  const without = (key: string) =>
    changed(stack, title, ({ metadata }: Spoilt) => delete metadata.annotations[key]);
  for (const key of ['argocd.argoproj.io/sync-options', 'kustomize.toolkit.fluxcd.io/prune']) {
    expect(volumes.run(without(key))).toMatchObject([
      { place: { object: title, path: `metadata.annotations['${key}']` } },
    ]);
  }
  const namespace = changed(stack, 'Namespace crowsnest', ({ metadata }: Spoilt) => {
    metadata.annotations['argocd.argoproj.io/sync-options'] = 'Prune=false';
  });
  expect(volumes.run(namespace)).toMatchObject([{ value: 'Prune=false' }]);
});
