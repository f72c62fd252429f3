import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { rbac } from '../../src/kubernetes/rbac.js';
import type { Access } from '../../src/model/access.js';
import { drawn } from './chart.js';
import { wiringOf } from './setting.js';

const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };

const roles = (access?: Access) =>
  drawn((scope) => rbac(scope, wiringOf({ cart: { access } }).workloads.cart!));

const titles = (access?: Access): string[] =>
  roles(access).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);

test('a workload without rights has no role', () => {
  expect(roles()).toEqual([]);
});

test('a namespace has a Role and its binding', () => {
  expect(titles({ cluster: [], namespaces: { shop: [pods], bank: [pods] } })).toEqual([
    'Role shop/nest-cart',
    'RoleBinding shop/nest-cart',
    'Role bank/nest-cart',
    'RoleBinding bank/nest-cart',
  ]);
});

test('rights in the whole cluster have a ClusterRole and its binding', () => {
  expect(titles({ cluster: [pods], namespaces: {} })).toEqual([
    'ClusterRole undefined/nest-cart',
    'ClusterRoleBinding undefined/nest-cart',
  ]);
});

test('the rules are not changed, and are bound to the service account of the pods', () => {
  const metrics = { nonResourceURLs: ['/metrics'], verbs: ['get'] };
  const [role, binding] = roles({ cluster: [pods, metrics], namespaces: {} });
  expect(role?.rules).toEqual([pods, metrics]);
  expect(stringify(binding)).toMatchInlineSnapshot(`
    "apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      labels:
        app.kubernetes.io/component: cart
        app.kubernetes.io/instance: nest
        app.kubernetes.io/managed-by: crowsnest
        app.kubernetes.io/name: cart
        app.kubernetes.io/part-of: crowsnest
      name: nest-cart
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: nest-cart
    subjects:
      - kind: ServiceAccount
        name: nest-cart
        namespace: watch
    "
  `);
});
