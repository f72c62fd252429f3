import type { KubernetesObject, Manifest } from '../../model/manifest.js';
import { code, table } from './markdown.js';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** Permissions of each ServiceAccount in the Kubernetes API, from the published bindings. */
export const rights = (manifests: readonly Manifest[]): string[] => {
  const objects = manifests.map(({ object }) => object);
  return [
    '## Permissions in the Kubernetes API',
    'ServiceAccounts with a RoleBinding or ClusterRoleBinding. All others have no permissions, and their pods mount no token.',
    table(
      ['ServiceAccount', 'where', 'may', 'what'],
      objects
        .filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
        .flatMap((binding) => rowsOf(binding, objects))
        .sort((a, b) => (a.join() < b.join() ? -1 : 1)),
    ),
  ];
};

const rowsOf = (binding: KubernetesObject, objects: readonly KubernetesObject[]): string[][] => {
  const { namespace } = binding.metadata;
  const { roleRef, subjects = [] } = binding;
  const role = objects.find(
    ({ kind, metadata }) =>
      kind === roleRef.kind &&
      metadata.name === roleRef.name &&
      (kind === 'ClusterRole' || metadata.namespace === namespace),
  );
  const where = namespace === undefined ? 'the whole cluster' : `namespace ${code(namespace)}`;
  const rules: readonly Rule[] | undefined = role?.rules;
  return subjects.flatMap((subject: { readonly name: string; readonly namespace?: string }) => {
    const who = code([subject.namespace, subject.name].filter(Boolean).join('/'));
    return rules
      ? rules.map(({ verbs, ...rule }) => [who, where, verbs.join(', '), whatOf(rule)])
      : [
          [
            who,
            where,
            `what ${roleRef.kind} ${code(roleRef.name)} allows`,
            'not part of the stack',
          ],
        ];
  });
};

/** Resources with their API group, as in `kubectl get`, and URLs. */
const whatOf = ({
  apiGroups = [],
  resources = [],
  nonResourceURLs = [],
}: Omit<Rule, 'verbs'>): string =>
  [
    ...apiGroups.flatMap((group) =>
      resources.map((resource) => code(group === '' ? resource : `${resource}.${group}`)),
    ),
    ...nonResourceURLs.map((url) => `URL ${code(url)}`),
  ].join(', ');
