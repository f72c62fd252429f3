import { listOf, textsOf, type Untyped } from '../untyped.js';
import type { Reference } from './reference.js';

/** Every reference of a pod; claim templates also count as volumes of the pod. */
export const podReferences = (
  pod: Untyped,
  namespace: string,
  path: string,
  claimTemplates: readonly Untyped[],
): Reference[] => {
  const volumes = textsOf([
    ...listOf(pod.volumes).map(({ name }) => name),
    ...claimTemplates.map(({ metadata }) => metadata?.name),
  ]);
  return [
    ...to(pod.serviceAccountName, 'ServiceAccount', `${path}.serviceAccountName`, namespace),
    ...to(pod.priorityClassName, 'PriorityClass', `${path}.priorityClassName`),
    ...listOf(pod.imagePullSecrets).flatMap(({ name }, index) =>
      to(name, 'Secret', `${path}.imagePullSecrets[${index}].name`, namespace),
    ),
    ...listOf(pod.volumes).flatMap((volume, index) =>
      volumeReferences(volume, namespace, `${path}.volumes[${index}]`),
    ),
    ...containersOf(pod, path).flatMap((one) => [
      ...environmentReferences(one.container, namespace, one.path),
      ...volumeUses(one.container, one.path, volumes),
      ...portUses(one.container, one.path),
    ]),
  ];
};

/** The containers of a pod, including init containers, with their paths. */
export const containersOf = (pod: Untyped, path: string): { container: Untyped; path: string }[] =>
  ['initContainers', 'containers'].flatMap((list) =>
    listOf(pod?.[list]).map((container, index) => ({
      container,
      path: `${path}.${list}[${index}]`,
    })),
  );

const to = (name: Untyped, kind: string, path: string, namespace?: string): Reference[] =>
  name ? [{ path, kind, name, ...(namespace !== undefined && { namespace }) }] : [];

const volumeReferences = (volume: Untyped, namespace: string, path: string): Reference[] => {
  const { configMap, secret, persistentVolumeClaim: claim, projected } = volume;
  return [
    ...files(configMap, 'ConfigMap', configMap?.name, namespace, `${path}.configMap`),
    ...files(secret, 'Secret', secret?.secretName, namespace, `${path}.secret`),
    ...to(
      claim?.claimName,
      'PersistentVolumeClaim',
      `${path}.persistentVolumeClaim.claimName`,
      namespace,
    ),
    ...listOf(projected?.sources).flatMap((source, index) => {
      const at = `${path}.projected.sources[${index}]`;
      const { configMap: map, secret: one } = source;
      return [
        ...files(map, 'ConfigMap', map?.name, namespace, `${at}.configMap`),
        ...files(one, 'Secret', one?.name, namespace, `${at}.secret`),
      ];
    }),
  ];
};

/** References to an object that is mounted as files, and to its selected keys. */
const files = (
  source: Untyped,
  kind: string,
  name: Untyped,
  namespace: string,
  path: string,
): Reference[] =>
  !source || source.optional
    ? []
    : [
        { path, kind, namespace, name },
        ...listOf(source.items).map(({ key }, index) => ({
          path: `${path}.items[${index}].key`,
          kind,
          namespace,
          name,
          key,
        })),
      ];

const environmentReferences = (
  container: Untyped,
  namespace: string,
  path: string,
): Reference[] => {
  const object = (source: Untyped, kind: string, at: string): Reference[] => {
    if (!source || source.optional) return [];
    const reference = { path: at, kind, namespace, name: source.name };
    return source.key === undefined ? [reference] : [reference, { ...reference, key: source.key }];
  };
  return [
    ...listOf(container.env).flatMap(({ valueFrom }, index) => {
      const at = `${path}.env[${index}].valueFrom`;
      return [
        ...object(valueFrom?.configMapKeyRef, 'ConfigMap', `${at}.configMapKeyRef`),
        ...object(valueFrom?.secretKeyRef, 'Secret', `${at}.secretKeyRef`),
      ];
    }),
    ...listOf(container.envFrom).flatMap(({ configMapRef, secretRef }, index) => {
      const at = `${path}.envFrom[${index}]`;
      return [
        ...object(configMapRef, 'ConfigMap', `${at}.configMapRef`),
        ...object(secretRef, 'Secret', `${at}.secretRef`),
      ];
    }),
  ];
};

/** References to the volumes of the pod that a container mounts. */
const volumeUses = (container: Untyped, path: string, among: readonly string[]): Reference[] =>
  ['volumeMounts', 'volumeDevices'].flatMap((list) =>
    listOf(container[list]).map(({ name }, index) => ({
      path: `${path}.${list}[${index}].name`,
      kind: 'volume',
      name,
      among,
    })),
  );

const handlers = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => [name]),
  ...['postStart', 'preStop'].map((name) => ['lifecycle', name]),
];

/** References of probes and hooks to named ports of the container. */
const portUses = (container: Untyped, path: string): Reference[] => {
  const among = textsOf(listOf(container.ports).map(({ name }) => name));
  return handlers.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].flatMap((action) => {
      const steps = [...handler, action, 'port'];
      const name = steps.reduce<Untyped>((value, step) => value?.[step], container);
      return typeof name === 'string'
        ? [{ path: [path, ...steps].join('.'), kind: 'port', name, among }]
        : [];
    }),
  );
};
