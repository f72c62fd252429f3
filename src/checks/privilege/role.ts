import { type KubernetesObject, type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';

/** A role that is bound to workloads. */
export interface Grant {
  readonly role: Manifest;
  readonly binding: Manifest;
  /** Undefined for the whole cluster. */
  readonly namespace?: string;
  readonly accounts: readonly string[];
}

/** `namespace/name` of the service account under which pods run. */
export const accountOf = ({ namespace, spec }: PodTemplate): string =>
  `${namespace}/${spec.serviceAccountName ?? 'default'}`;

export const isRole = ({ kind }: KubernetesObject): boolean =>
  kind === 'Role' || kind === 'ClusterRole';

export const isBinding = ({ kind }: KubernetesObject): boolean =>
  kind === 'RoleBinding' || kind === 'ClusterRoleBinding';

/** The role of ours that a binding is for. */
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

/** What roles let which service accounts. */
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

/** Whether a role is one that nobody uses, that others add to, or wider than its binding. */
export const roleFaults = (manifest: Manifest, grants: readonly Grant[]): Fault[] => {
  const { object } = manifest;
  const bound = grants.filter(({ role }) => role === manifest);
  const found: Fault[] = [];
  if (bound.length === 0) {
    found.push({
      path: 'metadata.name',
      message: 'No binding gives the role to anybody.',
      value: object.metadata.name,
      remedy: 'Bind it, or remove it.',
    });
  } else if (object.kind === 'ClusterRole' && bound.every(({ namespace }) => namespace)) {
    found.push({
      path: 'kind',
      message: 'The ClusterRole is only ever bound in single namespaces.',
      value: bound.map(({ binding }) => titleOf(binding.object)).join(', '),
      why: 'Whoever binds it to the cluster gives all of it.',
      remedy: 'Make it a Role of that namespace.',
    });
  }
  if (object.aggregationRule) {
    found.push({
      path: 'aggregationRule',
      message: 'The role gets its rules from whatever roles bear a label.',
      remedy: 'Write its rules down.',
    });
  }
  for (const key of Object.keys(recordOf(object.metadata.labels))) {
    if (!key.includes('.authorization.k8s.io/aggregate-to-')) continue;
    found.push({
      path: `metadata.labels['${key}']`,
      message: 'The rules are added to a role of others.',
      why: 'Whoever has that role gets these rights too.',
      remedy: 'Remove the label.',
    });
  }
  return found;
};
