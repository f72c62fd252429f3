import type { KubernetesObject } from '../../model/manifest.js';
import { type Loose, listOf, recordOf } from './lenient.js';
import { podReferences } from './pod.js';

/** One object's mention of another, or of a part of itself. */
export interface Reference {
  /** Where it stands in the object. */
  readonly path: string;
  readonly kind: string;
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
  /** Of pods: labels that they all bear, as `selectorText` writes them. */
  readonly name: string;
  /** A key of a ConfigMap or Secret, a port of a Service or of pods. */
  readonly key?: string;
  /** Names to choose from, where a part of the object itself is meant, such as a volume. */
  readonly among?: readonly string[];
  /** Where the name is read, if not in the object. */
  readonly why?: string;
}

/** Every reference that an object makes, but to the files of its containers. */
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

/** Labels in the notation of `kubectl --selector`, sorted. */
export const selectorText = (labels: unknown): string =>
  Object.entries(recordOf(labels))
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');

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
    case 'Service':
      return serviceReferences(spec, namespace);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindingReferences(object, namespace);
    case 'Ingress':
      return ingressReferences(spec, namespace);
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

const podsReference = (labels: Loose, namespace: string): Reference[] => {
  const name = selectorText(labels);
  return name === '' ? [] : [{ path: 'spec.selector', kind: 'Pod', namespace, name }];
};

// One that selects nothing, or everything, protects none of the workloads.
const budgetReference = (selector: Loose, namespace: string): Reference[] =>
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

const serviceReference = (name: Loose, namespace: string): Reference[] =>
  name ? [{ path: 'spec.serviceName', kind: 'Service', namespace, name }] : [];

/** Of each replica, the claim by the name that a StatefulSet will look for. */
const claimReferences = (
  template: Loose,
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

const storageClass = (spec: Loose, path: string): Reference[] =>
  spec?.storageClassName
    ? [{ path: `${path}.storageClassName`, kind: 'StorageClass', name: spec.storageClassName }]
    : [];

/** A Service's pods, and of them the ports that it names. */
const serviceReferences = (spec: Loose, namespace: string): Reference[] =>
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

const ingressReferences = (spec: Loose, namespace: string): Reference[] => [
  ...(spec.ingressClassName
    ? [{ path: 'spec.ingressClassName', kind: 'IngressClass', name: spec.ingressClassName }]
    : []),
  ...listOf(spec.tls).map(({ secretName }, index) => ({
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

const backendReference = (backend: Loose, namespace: string, path: string): Reference[] => {
  const { name, port } = recordOf(backend?.service);
  const reference = { path: `${path}.service`, kind: 'Service', namespace, name };
  return [reference, { ...reference, key: `${port?.name ?? port?.number}` }];
};

const gatewayGroup = 'gateway.networking.k8s.io';

/** The Gateways that a route hangs from, and the Services with their ports to which it leads. */
const routeReferences = (spec: Loose, namespace: string): Reference[] => [
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
