import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'unused-account': {
    what: 'No workload uses this service account.',
    why: 'Anyone who can start a pod can use it with all its rights.',
    example:
      'kind: ServiceAccount\nmetadata:\n  name: shop   # no pod has serviceAccountName: shop',
    fix: 'Set it as serviceAccountName of a workload, or remove it.',
  },
  'mounted-token': {
    what: 'Every container gets a token for the Kubernetes API.',
    why: 'Most programs do not need a token, but an attacker in the container can use it.',
    example: 'automountServiceAccountToken: true',
    fix: 'Set automountServiceAccountToken: false. A container that needs a token mounts a projected one.',
  },
  'permanent-token': {
    what: 'The service account has a token that does not expire.',
    why: 'A stolen token is valid until someone deletes it.',
    example: 'kind: ServiceAccount\nsecrets:\n  - name: shop-token',
    fix: 'Remove secrets: projected tokens expire.',
  },
  'default-account': {
    what: 'The pods use the default service account.',
    why: 'All pods of the namespace that name no account share its rights.',
    example: 'spec:\n  serviceAccountName: default',
    fix: 'Give the workload its own service account.',
  },
  'shared-account': {
    what: 'Two workloads use the same service account.',
    why: 'Each one gets rights that only the other needs.',
    example: '# in two Deployments\nserviceAccountName: shop',
    fix: 'Give each workload its own service account.',
  },
  'useless-token': {
    what: 'The pods mount a token for the Kubernetes API, but no role is bound to their account.',
    why: 'The API server rejects their requests, and the token can still be stolen.',
    example: 'projected:\n  sources:\n    - serviceAccountToken: { path: token }',
    fix: "Remove the token, or declare what the workload requests: consumes: [required('kubernetes-api', { rules })].",
  },
  'unknown-audience': {
    what: 'No declared connection needs a token for this audience.',
    why: 'A token for an audience is accepted wherever that audience is trusted.',
    example: 'serviceAccountToken:\n  path: token\n  audience: vault',
    fix: 'Use the audience that the endpoint declares, or remove the token.',
  },
  'unused-rights': {
    what: 'Roles are bound to the service account, but no container mounts its token.',
    why: 'The workload cannot use these rights, but anyone who creates a token of the account can.',
    example: 'automountServiceAccountToken: false   # and no projected token, with a RoleBinding',
    fix: 'Mount a projected token in the container that uses the API, or remove the bindings.',
  },
  'foreign-role': {
    what: 'The binding refers to a role that is not part of this stack.',
    why: 'Its rules are not written here, and can change at any time.',
    example: 'roleRef:\n  kind: ClusterRole\n  name: view',
    fix: 'Bind a Role of this stack that has only the rules that are needed.',
  },
  'no-subject': {
    what: 'The binding has no subject.',
    why: 'It gives the role to nobody, so the workload that needs it does not have it.',
    example: 'kind: RoleBinding\nsubjects: []',
    fix: 'Add the service account that needs the role, or remove the binding.',
  },
  'foreign-subject': {
    what: 'The subject of the binding is not a service account of the stack.',
    why: 'Who belongs to it is decided elsewhere.',
    example: 'subjects:\n  - kind: Group\n    name: system:authenticated',
    fix: 'Use the service account of a workload as the subject.',
  },
  'unused-subject': {
    what: 'The binding gives a role to a service account that no workload of the stack uses.',
    why: 'Anyone who can start a pod with this account gets the rights of the role.',
    example: 'subjects:\n  - kind: ServiceAccount\n    name: promtheus',
    fix: 'Use the service account of the workload that needs the role.',
  },
  'excess-right': {
    what: 'The rule allows more than the declared connections need.',
    why: 'An attacker in the workload can use every right that it has.',
    example:
      "rules:\n  - apiGroups: ['']\n    resources: [pods, configmaps]   # only pods are declared\n    verbs: [list]",
    fix: "Remove it, or declare it: consumes: [required('kubernetes-api', { rules })].",
  },
  'missing-right': {
    what: 'No role gives the service account the rights that its connections need.',
    why: 'The API server rejects the requests of the workload.',
    example:
      'kind: RoleBinding   # removed by a patch\nmetadata:\n  name: crowsnest-prometheus   # which discovers pods',
    fix: 'Roles are derived from the declarations: check whether a patch changed one.',
  },
  'unbound-role': {
    what: 'No binding refers to the role.',
    why: 'The role has no effect, and the workload that needs it does not have its rights.',
    example: 'kind: Role\nmetadata:\n  name: shop   # no RoleBinding has this roleRef',
    fix: 'Bind the role, or remove it.',
  },
  'namespaced-cluster-role': {
    what: 'The ClusterRole is only bound in single namespaces.',
    why: 'A ClusterRoleBinding to it would give its rights in all namespaces.',
    example: 'kind: RoleBinding\nroleRef:\n  kind: ClusterRole\n  name: shop',
    fix: 'Make it a Role of that namespace.',
  },
  'aggregated-role': {
    what: 'The role collects its rules from other roles by a label.',
    why: 'Any role with this label adds rights.',
    example:
      'kind: ClusterRole\naggregationRule:\n  clusterRoleSelectors: [{ matchLabels: { team: shop } }]',
    fix: 'Remove aggregationRule, and list the rules.',
  },
  'aggregates-to-role': {
    what: 'A label adds the rules of this role to another role.',
    why: 'Everyone who has that other role gets these rights too.',
    example: "labels:\n  rbac.authorization.k8s.io/aggregate-to-view: 'true'",
    fix: 'Remove the label.',
  },
  wildcard: {
    what: 'The rule has a wildcard.',
    why: 'It allows everything that exists and everything that is added to the cluster later.',
    example: "resources: ['*']",
    fix: 'List what is needed.',
  },
  'dangerous-right': {
    what: 'The rule allows access to credentials or to other pods.',
    why: 'The workload could take over other parts of the cluster.',
    example: "apiGroups: ['']\nresources: [secrets]\nverbs: [get]",
    fix: 'Remove it from the rule.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
export type LeastPrivilegeFault = ObjectFault<keyof typeof faults>;
