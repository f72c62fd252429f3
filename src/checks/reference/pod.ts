import { type Loose, listOf, textsOf } from './lenient.js';
import type { Reference } from './reference.js';

/** Every reference that a pod makes; its claim templates are volumes of it as well. */
export const podReferences = (
  pod: Loose,
  namespace: string,
  path: string,
  claimTemplates: readonly Loose[],
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

/** The containers of a pod, those that run first included, each with its path. */
export const containersOf = (pod: Loose, path: string): { container: Loose; path: string }[] =>
  ['initContainers', 'containers'].flatMap((list) =>
    listOf(pod?.[list]).map((container, index) => ({
      container,
      path: `${path}.${list}[${index}]`,
    })),
  );

const to = (name: Loose, kind: string, path: string, namespace?: string): Reference[] =>
  name ? [{ path, kind, name, ...(namespace !== undefined && { namespace }) }] : [];

const volumeReferences = (volume: Loose, namespace: string, path: string): Reference[] => {
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

/** An object mounted as files: itself, and the keys that are picked out of it. */
const files = (
  source: Loose,
  kind: string,
  name: Loose,
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

const environmentReferences = (container: Loose, namespace: string, path: string): Reference[] => {
  const object = (source: Loose, kind: string, at: string): Reference[] => {
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

/** The volumes that a container mounts, each one of its pod's. */
const volumeUses = (container: Loose, path: string, among: readonly string[]): Reference[] =>
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

/** The ports that probes name, each one of the same container's. */
const portUses = (container: Loose, path: string): Reference[] => {
  const among = textsOf(listOf(container.ports).map(({ name }) => name));
  return handlers.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].flatMap((action) => {
      const steps = [...handler, action, 'port'];
      const name = steps.reduce<Loose>((value, step) => value?.[step], container);
      return typeof name === 'string'
        ? [{ path: [path, ...steps].join('.'), kind: 'port', name, among }]
        : [];
    }),
  );
};
