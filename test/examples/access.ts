import { parse } from 'yaml';
import { add, put } from './edit.js';
import { blackbox, container, jaeger, kubeStateMetrics, pod, prometheus } from './sample-object.js';
import { inObject, manifests, newObject, removed, type Settings } from './setting.js';

const shop = { namespace: 'crowsnest', name: 'shop' };

export const credentials: Settings = {
  'shipped-secret': newObject({ apiVersion: 'v1', metadata: shop }),
  'known-format': inObject(prometheus, container, { also: ['literal-credential'] }),
  'literal-credential': inObject(prometheus, container),
};

const role = 'Role crowsnest/crowsnest-prometheus';
const binding = 'RoleBinding crowsnest/crowsnest-prometheus';
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const mount = put(jaeger, `${container}.volumeMounts.+`, {
  name: 'token',
  mountPath: '/token',
  readOnly: true,
});

export const leastPrivilege: Settings = {
  'unused-account': newObject({
    apiVersion: 'v1',
    metadata: { namespace: 'crowsnest' },
    automountServiceAccountToken: false,
  }),
  'mounted-token': inObject(prometheus, pod),
  'permanent-token': inObject('ServiceAccount crowsnest/crowsnest-prometheus'),
  'default-account': inObject(jaeger, 'spec.template', { also: ['unused-account'] }),
  'shared-account': manifests(
    (example) => (all) =>
      [kubeStateMetrics, blackbox].reduce(
        (one, title) => put(title, pod, parse(example))(one),
        all,
      ),
    { also: ['missing-right', 'unused-account', 'unused-subject', 'useless-token'] },
  ),
  'useless-token': inObject(jaeger, `${pod}.volumes.+`, {
    together: [mount],
  }),
  'unknown-audience': inObject(jaeger, `${pod}.volumes.+.projected.sources.+`),
  'unused-rights': inObject(blackbox, pod, {
    together: [
      add({
        ...rbac,
        kind: 'RoleBinding',
        metadata: { namespace: 'crowsnest', name: 'shop' },
        roleRef: { kind: 'Role', name: 'crowsnest-prometheus' },
        subjects: [
          { kind: 'ServiceAccount', namespace: 'crowsnest', name: 'crowsnest-blackbox-exporter' },
        ],
      }),
    ],
  }),
  'foreign-role': inObject(binding, '', { also: ['missing-right', 'unbound-role'] }),
  'no-subject': inObject(binding, '', { also: ['missing-right'] }),
  'foreign-subject': inObject(binding),
  'unused-subject': inObject(binding),
  'excess-right': inObject(role),
  'missing-right': removed('crowsnest', { also: ['unbound-role'] }),
  'unbound-role': newObject({ ...rbac, metadata: { namespace: 'crowsnest' }, rules }),
  'namespaced-cluster-role': inObject(binding, '', {
    given: [add({ ...rbac, kind: 'ClusterRole', metadata: { name: 'shop' }, rules })],
    also: ['missing-right', 'unbound-role'],
  }),
  'aggregated-role': inObject('ClusterRole crowsnest-prometheus'),
  'aggregates-to-role': inObject('ClusterRole crowsnest-prometheus', 'metadata'),
  wildcard: inObject(role, 'rules.0', { lists: 'replace', also: ['missing-right'] }),
  'dangerous-right': inObject(role, 'rules.+'),
};
