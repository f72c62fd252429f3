import { type KubernetesObject, type Manifest, titleOf } from '../../../model/manifest.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { LeastPrivilegeFault } from './faults.js';

/** A role with a binding, and the service accounts in the binding. */
export interface Grant {
  readonly role: Manifest;
  readonly binding: Manifest;
  /** Undefined for the whole cluster. */
  readonly namespace?: string;
  readonly accounts: readonly string[];
}

/** `namespace/name` of the service account of pods. */
export const accountOf = ({ namespace, spec }: PodTemplate): string =>
  `${namespace}/${spec.serviceAccountName ?? 'default'}`;

export const isRole = ({ kind }: KubernetesObject): boolean =>
  kind === 'Role' || kind === 'ClusterRole';

export const isBinding = ({ kind }: KubernetesObject): boolean =>
  kind === 'RoleBinding' || kind === 'ClusterRoleBinding';

/** The role of the stack that a binding refers to. */
export const roleOf = (
  { object }: Manifest,
  manifests: readonly Manifest[],
): Manifest | undefined => {
  const { kind, name } = recordOf(object.roleRef);
  return manifests.find(
    ({ object: role }) =>
      isRole(role) &&
      role.kind === kind &&
      role.metadata.name === name &&
      (kind === 'ClusterRole' || role.metadata.namespace === object.metadata.namespace),
  );
};

/** All roles that bindings give to service accounts. */
export const grantsIn = (manifests: readonly Manifest[]): Grant[] =>
  manifests.flatMap((binding) => {
    if (!isBinding(binding.object)) return [];
    const role = roleOf(binding, manifests);
    if (!role) return [];
    const { namespace } = binding.object.metadata;
    const accounts = listOf(binding.object.subjects).flatMap((subject) =>
      subject.kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : [],
    );
    const scope = binding.object.kind === 'RoleBinding' && namespace ? { namespace } : {};
    return [{ role, binding, accounts, ...scope }];
  });

/** Faults of a role: it is not bound, it aggregates rules, or its scope is wider than its bindings need. */
export const roleFaults = (manifest: Manifest, grants: readonly Grant[]): LeastPrivilegeFault[] => {
  const { object } = manifest;
  const bound = grants.filter(({ role }) => role === manifest);
  const found: LeastPrivilegeFault[] = [];
  if (bound.length === 0) {
    found.push({
      path: 'metadata.name',
      fault: 'unbound-role',
      value: object.metadata.name,
    });
  } else if (object.kind === 'ClusterRole' && bound.every(({ namespace }) => namespace)) {
    found.push({
      path: 'kind',
      fault: 'namespaced-cluster-role',
      value: bound.map(({ binding }) => titleOf(binding.object)).join(', '),
    });
  }
  if (object.aggregationRule) {
    found.push({
      path: 'aggregationRule',
      fault: 'aggregated-role',
    });
  }
  for (const key of Object.keys(recordOf(object.metadata.labels))) {
    if (!key.includes('.authorization.k8s.io/aggregate-to-')) continue;
    found.push({
      path: `metadata.labels['${key}']`,
      fault: 'aggregates-to-role',
    });
  }
  return found;
};
