import { isDeepStrictEqual } from 'node:util';
import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type KubernetesObject, titleOf } from '../model/manifest.js';
import { named } from './reference/lenient.js';

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

const check: Check = {
  summary: 'No field of a published object changes that Kubernetes does not let change.',
  run: ({ manifests, published }) => {
    const before = named(published.map((object) => ({ object })));
    return named(manifests).flatMap(({ object, construct }) => {
      const old = before.find((one) => titleOf(one.object) === titleOf(object))?.object;
      if (!old) return [];
      return (fixedFields[object.kind] ?? [])
        .filter((path) => !isDeepStrictEqual(valueAt(old, path), valueAt(object, path)))
        .map(
          (path): Omit<Finding, 'check'> => ({
            severity: 'error',
            place: { object: titleOf(object), construct, path },
            message: 'The field differs from what is published, and the API server refuses that.',
            value: valueAt(object, path),
            remedy: `Set it back to ${JSON.stringify(valueAt(old, path))}. To change it all the same, delete the object in the cluster and its document in the published file: its volumes stay.`,
          }),
        );
    });
  },
};

export default check;

const valueAt = (object: KubernetesObject, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      object,
    );
