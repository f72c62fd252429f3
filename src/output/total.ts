import type { KubernetesObject, Manifest } from '../model/manifest.js';
import { podAmount } from '../model/pod-amount.js';
import { podCount, podTemplateIn } from '../model/pod-template.js';
import { quantityValue } from '../model/quantity.js';

/** What an environment requires of its cluster. */
export interface Totals {
  readonly objects: number;
  /** Image references, sorted. */
  readonly images: readonly string[];
  /** In cores. */
  readonly cpu: number;
  /** In bytes. */
  readonly memory: number;
  /** In bytes. */
  readonly memoryLimit: number;
  readonly claims: readonly { readonly name: string; readonly bytes: number }[];
}

/** A workload with its pods. */
export interface PodSet {
  readonly object: KubernetesObject;
  /** 1 for a DaemonSet: its pods on a single node; 0 for a suspended CronJob. */
  readonly replicas: number;
  // biome-ignore lint/suspicious/noExplicitAny: a container as it ships
  readonly containers: readonly any[];
  // biome-ignore lint/suspicious/noExplicitAny: a container as it ships
  readonly initContainers: readonly any[];
}

/** The workloads in the manifests. */
export const podSets = (manifests: readonly Manifest[]): PodSet[] =>
  manifests.flatMap(({ object }) => {
    const spec = podTemplateIn(object)?.spec;
    if (!spec?.containers) return [];
    return [
      {
        object,
        replicas: podCount(object) ?? 1,
        containers: spec.containers,
        initContainers: spec.initContainers ?? [],
      },
    ];
  });

/** Sums the requests in the manifests for a number of nodes, each with its node agents. */
export const totalsOf = (manifests: readonly Manifest[], nodes: number): Totals => {
  const sets = podSets(manifests);
  const sum = (side: 'requests' | 'limits', resource: 'cpu' | 'memory'): number =>
    sets.reduce((total, set) => {
      const times = set.object.kind === 'DaemonSet' ? nodes : set.replicas;
      const { containers, initContainers } = set;
      return total + times * podAmount({ containers, initContainers }, side, resource);
    }, 0);
  const images = sets
    .flatMap((set) => [...set.containers, ...set.initContainers])
    .map(({ image }) => image);
  return {
    objects: manifests.length,
    images: [...new Set<string>(images)].sort(),
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    memoryLimit: sum('limits', 'memory'),
    claims: manifests
      .filter(({ object }) => object.kind === 'PersistentVolumeClaim')
      .map(({ object }) => ({
        name: object.metadata.name,
        bytes: quantityValue(object.spec.resources.requests.storage),
      })),
  };
};
