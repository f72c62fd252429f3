import type { KubernetesObject } from '../../../model/manifest.js';
import { podTemplateIn } from '../../../model/pod-template.js';
import { listOf, recordOf, type Untyped } from '../untyped.js';
import { podReferences } from './pod.js';
import { type Reference, selectorText } from './reference.js';

/** Every reference of an object, except references to files of its containers. */
export const referencesOf = (object: KubernetesObject): Reference[] => {
  const { namespace } = object.metadata;
  const all: Reference[] = [
    ...(namespace ? [{ path: 'metadata.namespace', kind: 'Namespace', name: namespace }] : []),
    ...byKind(object, namespace ?? ''),
  ];
  return all.filter(({ kind, name, key = '' }) =>
    [kind, name, key].every((text) => typeof text === 'string'),
  );
};

const byKind = (object: KubernetesObject, namespace: string): Reference[] => {
  const spec = recordOf(object.spec);
  switch (object.kind) {
    case 'StatefulSet':
    case 'Deployment':
    case 'DaemonSet': {
      const templates = listOf(spec.volumeClaimTemplates);
      return [
        ...podsReference(spec.selector?.matchLabels, namespace),
        ...podReferences(recordOf(spec.template?.spec), namespace, 'spec.template.spec', templates),
        ...serviceReference(spec.serviceName, namespace),
        ...templates.flatMap((template, index) =>
          claimReferences(template, index, object, namespace),
        ),
      ];
    }
    case 'CronJob':
      return podReferences(
        recordOf(podTemplateIn(object)?.spec),
        namespace,
        'spec.jobTemplate.spec.template.spec',
        [],
      );
    case 'Service':
      return serviceReferences(spec, namespace);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindingReferences(object, namespace);
    case 'Ingress':
      return ingressReferences(spec, namespace, isCertified(object));
    case 'HTTPRoute':
      return routeReferences(spec, namespace);
    case 'PodDisruptionBudget':
      return budgetReference(spec.selector, namespace);
    case 'PersistentVolumeClaim':
      return storageClass(spec, 'spec');
    default:
      return [];
  }
};

const podsReference = (labels: Untyped, namespace: string): Reference[] => {
  const name = selectorText(labels);
  return name === '' ? [] : [{ path: 'spec.selector', kind: 'Pod', namespace, name }];
};

// A budget that selects nothing, or everything, protects no workload.
const budgetReference = (selector: Untyped, namespace: string): Reference[] =>
  listOf(selector?.matchExpressions).length > 0
    ? podsReference(selector.matchLabels, namespace)
    : [
        {
          path: 'spec.selector',
          kind: 'Pod',
          namespace,
          name: selectorText(selector?.matchLabels),
        },
      ];

const serviceReference = (name: Untyped, namespace: string): Reference[] =>
  name ? [{ path: 'spec.serviceName', kind: 'Service', namespace, name }] : [];

/** References to the claim of each replica, with the name that the StatefulSet uses. */
const claimReferences = (
  template: Untyped,
  index: number,
  { metadata, spec }: KubernetesObject,
  namespace: string,
): Reference[] => {
  const path = `spec.volumeClaimTemplates[${index}]`;
  return [
    ...storageClass(template.spec, `${path}.spec`),
    ...Array.from({ length: Number(spec.replicas ?? 1) || 0 }, (_, ordinal) => ({
      path,
      kind: 'PersistentVolumeClaim',
      namespace,
      name: `${template.metadata?.name}-${metadata.name}-${ordinal}`,
    })),
  ];
};

const storageClass = (spec: Untyped, path: string): Reference[] =>
  spec?.storageClassName
    ? [{ path: `${path}.storageClassName`, kind: 'StorageClass', name: spec.storageClassName }]
    : [];

/** References of a Service to its pods and their named ports. */
const serviceReferences = (spec: Untyped, namespace: string): Reference[] =>
  podsReference(spec.selector, namespace).flatMap((pods) => [
    pods,
    ...listOf(spec.ports).flatMap(({ targetPort }, index) =>
      typeof targetPort === 'string'
        ? [{ ...pods, path: `spec.ports[${index}].targetPort`, key: targetPort }]
        : [],
    ),
  ]);

const bindingReferences = (object: KubernetesObject, namespace: string): Reference[] => {
  const { kind, name } = recordOf(object.roleRef);
  return [
    { path: 'roleRef', kind, name, ...(kind === 'Role' && { namespace }) },
    ...listOf(object.subjects).flatMap((subject, index) =>
      subject.kind === 'ServiceAccount'
        ? [
            {
              path: `subjects[${index}]`,
              kind: subject.kind,
              namespace: subject.namespace ?? '',
              name: subject.name,
            },
          ]
        : [],
    ),
  ];
};

// https://cert-manager.io/docs/usage/ingress/#supported-annotations
const issuing = [
  'cert-manager.io/issuer',
  'cert-manager.io/cluster-issuer',
  'kubernetes.io/tls-acme',
];

/** Whether cert-manager creates the Secrets of an Ingress. */
const isCertified = ({ metadata }: KubernetesObject): boolean => {
  const annotations = recordOf(metadata.annotations);
  return issuing.some((key) => annotations[key] !== undefined && annotations[key] !== 'false');
};

const ingressReferences = (spec: Untyped, namespace: string, certified: boolean): Reference[] => [
  ...(spec.ingressClassName
    ? [{ path: 'spec.ingressClassName', kind: 'IngressClass', name: spec.ingressClassName }]
    : []),
  ...(certified ? [] : listOf(spec.tls)).map(({ secretName }, index) => ({
    path: `spec.tls[${index}].secretName`,
    kind: 'Secret',
    namespace,
    name: secretName,
  })),
  ...backendReference(spec.defaultBackend, namespace, 'spec.defaultBackend'),
  ...listOf(spec.rules).flatMap(({ http }, rule) =>
    listOf(http?.paths).flatMap(({ backend }, index) =>
      backendReference(backend, namespace, `spec.rules[${rule}].http.paths[${index}].backend`),
    ),
  ),
];

const backendReference = (backend: Untyped, namespace: string, path: string): Reference[] => {
  const { name, port } = recordOf(backend?.service);
  const reference = { path: `${path}.service`, kind: 'Service', namespace, name };
  return [reference, { ...reference, key: `${port?.name ?? port?.number}` }];
};

const gatewayGroup = 'gateway.networking.k8s.io';

/** References of a route to its Gateways, its Services and their ports. */
const routeReferences = (spec: Untyped, namespace: string): Reference[] => [
  ...listOf(spec.parentRefs).flatMap((parent, index) =>
    (parent.group ?? gatewayGroup) === gatewayGroup && (parent.kind ?? 'Gateway') === 'Gateway'
      ? [
          {
            path: `spec.parentRefs[${index}]`,
            kind: 'Gateway',
            namespace: parent.namespace ?? namespace,
            name: parent.name,
          },
        ]
      : [],
  ),
  ...listOf(spec.rules).flatMap(({ backendRefs }, rule) =>
    listOf(backendRefs).flatMap((backend, index) => {
      if ((backend.group ?? '') !== '' || (backend.kind ?? 'Service') !== 'Service') return [];
      const reference = {
        path: `spec.rules[${rule}].backendRefs[${index}]`,
        kind: 'Service',
        namespace: backend.namespace ?? namespace,
        name: backend.name,
      };
      return [reference, { ...reference, key: `${backend.port ?? ''}` }];
    }),
  ),
];
