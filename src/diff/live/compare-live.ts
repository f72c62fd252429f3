import { type KubernetesObject, titleOf } from '../../model/manifest.js';
import type { Change } from '../change.js';
import { compare } from '../compare.js';
import { snapshotOfObjects } from '../snapshot.js';
import { records } from '../untyped.js';
import { dryRun, withoutServerFields } from './dry-run.js';
import { type FindResource, listPath, resourceFinder } from './path.js';
import { forEach, type Send } from './request.js';

/** How a cluster differs from the manifests. */
export interface LiveComparison {
  readonly changes: readonly Change[];
  /** Whether the cluster has none of the objects. */
  readonly isNew: boolean;
  /** Kinds that may not be listed: of these, objects that no manifest has are not known. */
  readonly unlisted: readonly string[];
}

/**
 * What an apply of the manifests would change in a cluster, and which objects of the stack no manifest
 * has. Both sides come from the API server, so that its defaults are no difference.
 */
export const compareLive = async (
  objects: readonly KubernetesObject[],
  send: Send,
): Promise<LiveComparison> => {
  const find = resourceFinder(send);
  const runs = await forEach(objects, (object) => dryRun(object, send, find));
  const { items, unlisted } = await strays(objects, send, find);
  const before = [...runs.flatMap((run) => run.before ?? []), ...items];
  const after = runs.flatMap((run) => run.after ?? []);
  return {
    isNew: before.length === 0,
    changes: [
      ...runs.flatMap((run) => run.rejected ?? []),
      ...compare(snapshotOfObjects(before), snapshotOfObjects(after)),
    ],
    unlisted,
  };
};

/** Kinds of which a stack can have objects that the new manifests do not have; claims and namespaces are kept. */
const removable: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['cilium.io/v2', 'CiliumNetworkPolicy'],
];

const strays = async (objects: readonly KubernetesObject[], send: Send, find: FindResource) => {
  const selector = selectorOf(objects);
  if (selector === undefined) return { items: [], unlisted: [] };
  const known = new Set(objects.map(titleOf));
  const namespaces = [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const places = removable.flatMap(([apiVersion, kind]) =>
    namespaces.map((namespace) => ({ apiVersion, kind, namespace })),
  );
  const paths = await forEach(places, async ({ apiVersion, kind, namespace }) => {
    const resource = await find(apiVersion, kind);
    return resource && { apiVersion, kind, path: listPath(apiVersion, resource, namespace) };
  });
  const distinct = [...new Map(paths.flatMap((one) => (one ? [[one.path, one]] : []))).values()];
  const answers = await forEach(distinct, async ({ apiVersion, kind, path }) => {
    const { status, body } = await send({ path: `${path}?labelSelector=${selector}` });
    if (status !== 200) return { items: [], unlisted: [kind] };
    // Items of a list do not have their kind.
    const items = records(body.items).map((one) =>
      withoutServerFields({ ...one, apiVersion, kind }),
    );
    return { items: items.filter((one) => !known.has(titleOf(one))), unlisted: [] };
  });
  return {
    items: answers.flatMap((one) => one.items),
    unlisted: [...new Set(answers.flatMap((one) => one.unlisted))],
  };
};

/** Selects the objects of the same stack. */
const selectorOf = (objects: readonly KubernetesObject[]): string | undefined => {
  const labels = ['app.kubernetes.io/instance', 'app.kubernetes.io/managed-by'];
  const values = objects[0]?.metadata.labels ?? {};
  if (labels.some((label) => values[label] === undefined)) return undefined;
  return encodeURIComponent(labels.map((label) => `${label}=${values[label]}`).join(','));
};
