import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PolicyRule } from '../model/access.js';
import type { WorkloadWiring } from '../model/wiring.js';
import { api } from './api.js';

/** The roles of a workload with their bindings; none if it has no permissions. */
export const rbac = (scope: Construct, { identity, access }: WorkloadWiring): void => {
  if (!access) return;
  const { name, namespace, labels } = identity;
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  if (access.cluster.length > 0) {
    const metadata = { name, labels: { ...labels } };
    new api.KubeClusterRole(scope, `${name}-cluster-role`, {
      metadata,
      rules: access.cluster.map(rule),
    });
    new api.KubeClusterRoleBinding(scope, `${name}-cluster-role-binding`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects,
    });
  }
  for (const [where, rules] of Object.entries(access.namespaces)) {
    const metadata = { name, namespace: where, labels: { ...labels } };
    new api.KubeRole(scope, `${name}-role-${where}`, { metadata, rules: rules.map(rule) });
    new api.KubeRoleBinding(scope, `${name}-role-binding-${where}`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects,
    });
  }
};

const rule = (policy: PolicyRule): k8s.PolicyRule =>
  'nonResourceURLs' in policy
    ? { nonResourceUrLs: [...policy.nonResourceURLs], verbs: [...policy.verbs] }
    : {
        apiGroups: [...policy.apiGroups],
        resources: [...policy.resources],
        verbs: [...policy.verbs],
      };
