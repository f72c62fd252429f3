import { isDeepStrictEqual } from 'node:util';
import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { type KubernetesObject, titleOf } from '../../model/manifest.js';
import { named } from '../support/untyped.js';

// https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/apps/validation/validation.go
const fixedFields: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: [
    'spec.serviceName',
    'spec.selector',
    'spec.podManagementPolicy',
    'spec.volumeClaimTemplates',
  ],
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
};

const faults = {
  'fixed-field': {
    what: 'The field differs from the published object, and Kubernetes does not allow this change.',
    why: 'The API server rejects the object.',
    example: "prometheus: { claimTemplate: '100Gi' }   // the StatefulSet is published without it",
    fix: 'Restore the field.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary: 'No immutable field of a published object changes.',
  run: ({ manifests, published }) => {
    const before = new Map(
      named(published.map((object) => ({ object }))).map(({ object }) => [titleOf(object), object]),
    );
    return named(manifests).flatMap(({ object, construct }) => {
      const old = before.get(titleOf(object));
      if (!old) return [];
      return (fixedFields[object.kind] ?? [])
        .filter((path) => !isDeepStrictEqual(valueAt(old, path), valueAt(object, path)))
        .map(
          (path): Result => ({
            place: { object: titleOf(object), construct, path },
            fault: 'fixed-field',
            value: valueAt(object, path),
            remedy: `Set it back to ${JSON.stringify(valueAt(old, path))}. To change it all the same, delete the object in the cluster and its document in the published file: its volumes stay.`,
          }),
        );
    });
  },
});

export default check;

const valueAt = (object: KubernetesObject, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      object,
    );
