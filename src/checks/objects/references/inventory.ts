import { podNameLabel, replicaNames } from '../../../model/identity.js';
import type { Manifest } from '../../../model/manifest.js';
import { podCount, podTemplateIn } from '../../../model/pod-template.js';
import type { Prerequisite } from '../../../model/prerequisite.js';
import { type Reference, selectorText } from '../../support/reference/reference.js';
import { listOf, recordOf, textsOf } from '../../support/untyped.js';

/** A possible target of a reference. */
export interface Entry {
  readonly kind: string;
  readonly namespace?: string;
  /** For pods, all their labels. */
  readonly name: string;
  /** Keys of a ConfigMap or Secret, ports of a Service or of pods. */
  readonly keys: readonly string[];
  /** The data of a ConfigMap. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Inventory {
  find(reference: Reference): Entry | undefined;
  /** Names of objects of this kind in the namespace. */
  names(reference: Reference): string[];
}

// Kubernetes creates these.
const alwaysThere: Readonly<Record<string, RegExp>> = {
  Namespace: /^(default|kube-system|kube-public|kube-node-lease)$/,
  ServiceAccount: /^default$/,
  ClusterRole: /^(cluster-admin|admin|edit|view|system:.+)$/,
  PriorityClass: /^system-(cluster|node)-critical$/,
  ConfigMap: /^kube-root-ca\.crt$/,
};

/** All shipped objects, their pods, and the declared prerequisites. */
export const inventoryOf = (
  manifests: readonly Manifest[],
  prerequisites: readonly Prerequisite[],
): Inventory => {
  const entries: Entry[] = [
    ...manifests.flatMap(({ object }) => [
      {
        kind: object.kind,
        namespace: object.metadata.namespace,
        name: object.metadata.name,
        keys: keysOf(object),
        data: recordOf(object.data),
      },
      ...podEntry(object),
    ]),
    ...prerequisites.map(({ kind, namespace, name, keys = {} }) => ({
      kind,
      namespace,
      name,
      keys: Object.keys(keys),
    })),
  ];
  const byKind = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.namespace}`;
    byKind.set(key, [...(byKind.get(key) ?? []), entry]);
  }
  const sameKind = ({ kind, namespace }: Reference) => byKind.get(`${kind} ${namespace}`) ?? [];
  return {
    find: (reference) => {
      const [first, ...others] = sameKind(reference).filter((entry) => means(reference, entry));
      if (first) return { ...first, keys: [first, ...others].flatMap(({ keys }) => keys) };
      return alwaysThere[reference.kind]?.test(reference.name)
        ? { ...reference, keys: reference.kind === 'ConfigMap' ? ['ca.crt'] : [] }
        : undefined;
    },
    names: (reference) => sameKind(reference).map(({ name }) => name),
  };
};

const means = (reference: Reference, entry: Entry): boolean =>
  reference.kind === 'Pod'
    ? reference.name.split(',').every((label) => entry.name.split(',').includes(label))
    : reference.name === entry.name;

/** The pods of a workload, with their labels and named ports. */
const podEntry = (object: Manifest['object']): Entry[] => {
  const { metadata } = object;
  const { metadata: labelled, spec: pod } = recordOf(podTemplateIn(object));
  if (!pod) return [];
  const ports = listOf(pod.containers).flatMap(({ ports: list }) => listOf(list));
  // Each pod of a StatefulSet has its name in a label.
  const replicas =
    object.kind === 'StatefulSet' ? replicaNames(metadata, podCount(object) ?? 0) : [];
  return [{}, ...replicas.map((name) => ({ [podNameLabel]: name }))].map((own) => ({
    kind: 'Pod',
    namespace: metadata.namespace,
    name: selectorText({ ...recordOf(labelled?.labels), ...own }),
    keys: textsOf(ports.map(({ name }) => name)),
  }));
};

const keysOf = (object: Manifest['object']): string[] => {
  switch (object.kind) {
    case 'ConfigMap':
      return Object.keys({ ...recordOf(object.data), ...recordOf(object.binaryData) });
    case 'Secret':
      return Object.keys({ ...recordOf(object.data), ...recordOf(object.stringData) });
    case 'Service':
      return textsOf(listOf(object.spec?.ports).flatMap(({ name, port }) => [name, `${port}`]));
    default:
      return [];
  }
};
