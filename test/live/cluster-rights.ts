import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';

/** A ServiceAccount. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** The ServiceAccounts of an environment. */
export const accountsOf = (objects: readonly KubernetesObject[]): Account[] =>
  objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata: { namespace = '', name } }) => ({ namespace, name }));

const userOf = ({ namespace, name }: Account): string =>
  `system:serviceaccount:${namespace}:${name}`;

const groupsOf = ({ namespace }: Account): string[] => [
  'system:serviceaccounts',
  `system:serviceaccounts:${namespace}`,
  'system:authenticated',
];

/** The rights of an account in a namespace, according to its roles. */
export const declaredRights = (
  objects: readonly KubernetesObject[],
  account: Account,
  namespace: string,
): string[] =>
  objects
    .filter(
      ({ kind, metadata, subjects }) =>
        (kind === 'ClusterRoleBinding' ||
          (kind === 'RoleBinding' && metadata.namespace === namespace)) &&
        subjects.some(
          (subject: Account) =>
            subject.name === account.name && subject.namespace === account.namespace,
        ),
    )
    .flatMap(({ metadata, roleRef }) =>
      objects.filter(
        (role) =>
          role.kind === roleRef.kind &&
          role.metadata.name === roleRef.name &&
          (role.kind === 'ClusterRole' || role.metadata.namespace === metadata.namespace),
      ),
    )
    .flatMap(({ rules }) => rightsOf(rules))
    .sort();

/**
 * The rights of an account in a namespace, according to the API server, without those of every
 * account.
 */
export const grantedRights = async (
  cluster: Cluster,
  account: Account,
  namespace: string,
): Promise<string[]> => {
  const everyone = await reviewRights(cluster, { namespace: 'default', name: 'any' }, namespace);
  const own = await reviewRights(cluster, account, namespace);
  return own.filter((right) => !everyone.includes(right)).sort();
};

const reviewRights = async (cluster: Cluster, account: Account, namespace: string) => {
  const { status, body } = await cluster.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: { spec: { namespace } },
    as: { user: userOf(account), groups: groupsOf(account) },
  });
  if (status !== 201 || body.status.incomplete) throw new Error(JSON.stringify(body));
  return rightsOf([...body.status.resourceRules, ...body.status.nonResourceRules]);
};

/** The answers of the API server to `kubectl auth can-i`, by right. */
export const mayI = async (
  cluster: Cluster,
  account: Account,
  namespace: string,
  rights: readonly string[],
): Promise<Record<string, boolean>> => {
  const answers: Record<string, boolean> = {};
  for (const right of rights) {
    const { status, body } = await cluster.request({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { spec: attributesOf(right, namespace) },
      as: { user: userOf(account), groups: groupsOf(account) },
    });
    if (status !== 201) throw new Error(`${right}: ${status} ${body.message}`);
    answers[right] = body.status.allowed;
  }
  return answers;
};

/** Parses a right such as `get nodes/metrics`, `list jobs.batch` or `get /metrics`. */
const attributesOf = (right: string, namespace: string): object => {
  const [verb = '', what = ''] = right.split(' ');
  if (what.startsWith('/')) return { nonResourceAttributes: { verb, path: what } };
  const [, resource = '', subresource, group] =
    /^([^/.]+)(?:\/([^.]+))?(?:\.(.+))?$/.exec(what) ?? [];
  return { resourceAttributes: { verb, namespace, resource, subresource, group } };
};

const rightsOf = (rules: readonly Rule[]): string[] => [
  ...new Set(
    rules.flatMap(
      ({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }) =>
        verbs.flatMap((verb) => [
          ...nonResourceURLs.map((url) => `${verb} ${url}`),
          ...resources.flatMap((resource) =>
            apiGroups.flatMap((group) => {
              const what = `${verb} ${group ? `${resource}.${group}` : resource}`;
              return resourceNames.length > 0
                ? resourceNames.map((name) => `${what}/${name}`)
                : what;
            }),
          ),
        ]),
    ),
  ),
];
