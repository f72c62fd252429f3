import type { Location } from '../../model/location.js';
import type { Manifest } from '../../model/manifest.js';
import { selects } from '../network/selector.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { containersOf } from '../reference/pod.js';

type Loosened = Readonly<Record<string, Loose>>;

/** A container of pods, with where it stands in the object. */
export interface PlacedContainer {
  readonly container: Loosened;
  readonly path: string;
  /** Whether it ends before the others start. */
  readonly initial: boolean;
}

/** The pods that an object makes. */
export interface PodTemplate {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** Where `spec` stands in the object. */
  readonly path: string;
  readonly metadata: Loosened;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Loosened;
  readonly containers: readonly PlacedContainer[];
  /** Pods at a time; undefined where their number is that of the nodes, or not known. */
  readonly replicas?: number;
}

const steps: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** The templates of all pods that ship. */
export const templatesIn = (manifests: readonly Manifest[]): PodTemplate[] =>
  manifests.flatMap((manifest) => {
    const { object } = manifest;
    const way = steps[object.kind];
    if (!way) return [];
    const template = recordOf(way.reduce<Loose>((value, step) => value?.[step], object));
    const path = [...way, 'spec'].join('.');
    const metadata = recordOf(template.metadata);
    return [
      {
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
      },
    ];
  });

const replicasOf = ({ kind, spec }: Manifest['object']): { replicas?: number } => {
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind)) return {};
  const replicas = spec?.replicas ?? 1;
  return typeof replicas === 'number' ? { replicas } : {};
};

/** Whether pods are where an end of a connection is declared to be. */
export const isAt = ({ namespace, labels }: PodTemplate, location: Location): boolean =>
  location.kind === 'pods' &&
  location.namespace === namespace &&
  selects({ matchLabels: location.labels }, labels);

/** The names of the namespaces that ship. */
export const namespacesIn = (manifests: readonly Manifest[]): Set<string> =>
  new Set(
    manifests.flatMap(({ object }) => (object.kind === 'Namespace' ? object.metadata.name : [])),
  );

/** The volumes of a pod, each with where it stands. */
export const volumesOf = ({ spec, path }: PodTemplate): { volume: Loosened; path: string }[] =>
  listOf(spec.volumes).map((volume, index) => ({
    volume: recordOf(volume),
    path: `${path}.volumes[${index}]`,
  }));
