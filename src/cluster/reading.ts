import type { KubernetesObject } from '../model/manifest.js';

/** What was read of a cluster. */
export interface Reading {
  /** Where it was read: a context, or files. */
  readonly source: string;
  /** The name of the cluster, as far as it is known. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** Kinds that could not be read. */
  readonly missing: readonly Missing[];
}

/** A kind whose objects could not be read. */
export interface Missing {
  readonly kind: string;
  readonly reason: string;
}

/** Whether it is known which objects of a kind there are: without one, there is none. */
export const isRead = ({ missing }: Pick<Reading, 'missing'>, kind: string): boolean =>
  missing.every((one) => one.kind !== kind);

/** All objects of a kind, in the order of their names. */
export const objectsOf = (
  { objects }: Pick<Reading, 'objects'>,
  kind: string,
): KubernetesObject[] =>
  objects
    .filter((one) => one.kind === kind)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));

/** The object of a kind with this name. */
export const objectOf = (
  reading: Pick<Reading, 'objects'>,
  kind: string,
  namespace: string | undefined,
  name: string,
): KubernetesObject | undefined =>
  reading.objects.find(
    ({ kind: other, metadata }) =>
      other === kind && metadata.namespace === namespace && metadata.name === name,
  );

/** `namespace/name`, or the name alone. */
export const nameOf = ({ metadata }: KubernetesObject): string =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;

/** Whether an object has all these labels. */
export const hasLabels = (
  { metadata }: KubernetesObject,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value);

/** The first pod with these labels, in any namespace unless one is given. */
export const podWith = (
  reading: Pick<Reading, 'objects'>,
  labels: Readonly<Record<string, string>>,
  namespace?: string,
): KubernetesObject | undefined =>
  objectsOf(reading, 'Pod').find(
    (pod) => hasLabels(pod, labels) && (!namespace || pod.metadata.namespace === namespace),
  );

/** Whether the cluster has an API of this group. */
export const hasApi = (reading: Pick<Reading, 'objects'>, group: string): boolean =>
  objectsOf(reading, 'APIService').some(({ spec }) => spec?.group === group);

/** The command line of all containers of a pod. */
export const argumentsOf = ({ spec }: KubernetesObject): string[] =>
  (spec?.containers ?? []).flatMap(({ command = [], args = [] }: Record<string, string[]>) => [
    ...command,
    ...args,
  ]);
