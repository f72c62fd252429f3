import { expect, test } from 'vitest';
import immutable from '../../src/checks/objects/immutable.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';

const stack = build(minimal);
const published = stack.manifests.map(({ object }) => object);
const changedTo = (manifests: typeof stack.manifests) =>
  immutable.run(inputOf(stack, { manifests, published }));

test('an unchanged environment has no findings', () => {
  expect(changedTo(stack.manifests)).toEqual([]);
});

test('unpublished objects have no findings', () => {
  expect(immutable.run(inputOf(stack, { manifests: stack.manifests, published: [] }))).toEqual([]);
});

test.each([
  ['StatefulSet', 'serviceName', 'spec.serviceName'],
  ['StatefulSet', 'podManagementPolicy', 'spec.podManagementPolicy'],
  ['StatefulSet', 'volumeClaimTemplates', 'spec.volumeClaimTemplates'],
  ['StatefulSet', 'selector', 'spec.selector'],
  ['Deployment', 'selector', 'spec.selector'],
  ['DaemonSet', 'selector', 'spec.selector'],
])('of a %s the field %s must not change', (kind, field, path) => {
  const manifests = stack.manifests.map((one) =>
    one.object.kind === kind
      ? { ...one, object: { ...one.object, spec: { ...one.object.spec, [field]: 'other' } } }
      : one,
  );
  const found = changedTo(manifests);
  expect(found).toHaveLength(manifests.filter(({ object }) => object.kind === kind).length);
  for (const { severity, place, value } of found) {
    expect({ severity, path: place.path, value }).toEqual({
      severity: 'error',
      path,
      value: 'other',
    });
  }
});

test.each(['RoleBinding', 'ClusterRoleBinding'])('of a %s the role must not change', (kind) => {
  const manifests = stack.manifests.map((one) =>
    one.object.kind === kind ? { ...one, object: { ...one.object, roleRef: {} } } : one,
  );
  expect(changedTo(manifests).map(({ place }) => place.path)).toContain('roleRef');
});

test('replicas, images and arguments can change', () => {
  const manifests = stack.manifests.map((one) =>
    one.object.kind === 'StatefulSet'
      ? {
          ...one,
          object: { ...one.object, spec: { ...one.object.spec, replicas: 5, template: {} } },
        }
      : one,
  );
  expect(changedTo(manifests)).toEqual([]);
});

test('every size can follow every other size', () => {
  const sizes = (['small', 'medium', 'large'] as const).map((size) => build({ ...minimal, size }));
  for (const before of sizes) {
    for (const after of sizes) {
      const input = {
        manifests: after.manifests,
        published: before.manifests.map(({ object }) => object),
      };
      expect(immutable.run(inputOf(after, input))).toEqual([]);
    }
  }
});
