import { isDeepStrictEqual } from 'node:util';
import { podNameLabel, replicaNames } from '../../../model/identity.js';
import type { Location } from '../../../model/location.js';
import type { Manifest } from '../../../model/manifest.js';
import { memoize } from '../../../model/memoize.js';
import {
  podCount,
  podSpecPath,
  podTemplateIn,
  podTemplatePath,
} from '../../../model/pod-template.js';
import { containersOf } from '../reference/pod.js';
import { selects } from '../selector.js';
import { listOf, recordOf, type Untyped } from '../untyped.js';

type Loosened = Readonly<Record<string, Untyped>>;

/** A container of pods, and its path in the object. */
export interface PlacedContainer {
  readonly container: Loosened;
  readonly path: string;
  /** Whether it is an init container, which ends before the others start. */
  readonly initial: boolean;
}

/** The pods that an object creates. */
export interface PodTemplate {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** The path of `spec` in the object. */
  readonly path: string;
  readonly metadata: Loosened;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Loosened;
  readonly containers: readonly PlacedContainer[];
  /** The number of pods; undefined if it is the number of nodes, or unknown. */
  readonly replicas?: number;
}

/** The templates of all shipped pods. */
export const templatesIn = (manifests: readonly Manifest[]): PodTemplate[] =>
  manifests.flatMap((manifest) => templateOf(manifest) ?? []);

// All checks get the same object, so templates can be compared by identity.
const templateOf = memoize((manifest: Manifest): PodTemplate | undefined => {
  const { object } = manifest;
  if (!podTemplatePath(object.kind)) return undefined;
  const template = recordOf(podTemplateIn(object));
  const path = podSpecPath(object);
  const metadata = recordOf(template.metadata);
  return {
    manifest,
    namespace: `${object.metadata.namespace ?? ''}`,
    path,
    metadata,
    labels: recordOf(metadata.labels),
    spec: recordOf(template.spec),
    containers: containersOf(recordOf(template.spec), path).map((one) => ({
      container: recordOf(one.container),
      path: one.path,
      initial: one.path.includes('.init') && one.container.restartPolicy !== 'Always',
    })),
    ...replicasOf(object),
  };
});

const replicasOf = (object: Manifest['object']): { replicas?: number } => {
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(object.kind)) return {};
  const replicas = podCount(object);
  return replicas === undefined ? {} : { replicas };
};

/** Whether pods are at the declared location of an end of a connection. */
export const isAt = ({ namespace, labels }: PodTemplate, location: Location): boolean =>
  location.kind === 'pods' &&
  location.namespace === namespace &&
  selects({ matchLabels: location.labels }, labels);

/** Whether a Service selects pods of a template: all, or a replica of a StatefulSet by its name. */
export const isServed = (
  { spec }: Manifest['object'],
  { manifest: { object }, labels, replicas = 0 }: PodTemplate,
): boolean => {
  const { [podNameLabel]: pod, ...matchLabels } = recordOf(recordOf(spec).selector);
  return (
    selects({ matchLabels }, labels) &&
    (pod === undefined ||
      (object.kind === 'StatefulSet' && replicaNames(object.metadata, replicas).includes(`${pod}`)))
  );
};

/** Whether two objects are one workload: CronJobs whose pods have the same labels run the same in several ways. */
export const isSameWorkload = (one: PodTemplate, other: PodTemplate): boolean =>
  [one, other].every(({ manifest }) => manifest.object.kind === 'CronJob') &&
  one.namespace === other.namespace &&
  isDeepStrictEqual(one.labels, other.labels);

/** The names of the shipped namespaces. */
export const namespacesIn = (manifests: readonly Manifest[]): Set<string> =>
  new Set(
    manifests.flatMap(({ object }) => (object.kind === 'Namespace' ? object.metadata.name : [])),
  );

/** The volumes of a pod, with their paths in the object. */
export const volumesOf = ({ spec, path }: PodTemplate): { volume: Loosened; path: string }[] =>
  listOf(spec.volumes).map((volume, index) => ({
    volume: recordOf(volume),
    path: `${path}.volumes[${index}]`,
  }));

/** The workloads whose pods a selector selects. */
export const selectedBy = (selector: unknown, near: readonly PodTemplate[]): PodTemplate[] =>
  near.filter(({ labels }) => selects(selector, labels));
