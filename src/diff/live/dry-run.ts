import { type KubernetesObject, titleOf } from '../../model/manifest.js';
import { podTemplatePath } from '../../model/pod-template.js';
import type { Change } from '../change.js';
import { record, records } from '../untyped.js';
import { type FindResource, objectPath } from './path.js';
import { pruned } from './pruned.js';
import { NotAllowed, type Send } from './request.js';

/** An object in the cluster, and as an apply would make it. */
export interface DryRun {
  readonly before?: KubernetesObject;
  readonly after?: KubernetesObject;
  /** Why the API server would reject it. */
  readonly rejected?: Change;
}

/** Applies an object on the server, with a dry run: nothing is stored. */
export const dryRun = async (
  object: KubernetesObject,
  send: Send,
  find: FindResource,
): Promise<DryRun> => {
  const resource = await find(object.apiVersion, object.kind);
  if (!resource)
    return { after: object, rejected: rejection(object, 'The cluster has no such API.') };
  const path = objectPath(object, resource);
  const live = await send({ path });
  if (live.status !== 200 && live.status !== 404) throw notAllowed(path, live);
  const before = live.status === 200 ? (live.body as KubernetesObject) : undefined;
  const manager = before && managerOf(before);
  const query = `dryRun=All&force=true&fieldManager=${encodeURIComponent(manager ?? 'crowsnest')}`;
  const applied = await send({ method: 'PATCH', path: `${path}?${query}`, body: object });
  const message = `${record(applied.body).message}`;
  if (
    applied.status === 401 ||
    (applied.status === 403 && /\bcannot (patch|create)\b/.test(message))
  ) {
    throw notAllowed(path, applied);
  }
  const own = before && { before: withoutServerFields(before) };
  // Without its namespace, which a dry run does not create either, an object cannot be tried.
  if (applied.status === 404 && !before) return { after: object };
  if (applied.status > 299) {
    return { ...own, after: own?.before ?? object, rejected: rejection(object, message) };
  }
  if (!own) return { after: object };
  const last = manager === undefined ? lastApplied(live.body) : undefined;
  const after = last ? pruned(applied.body, last, object) : applied.body;
  return { ...own, after: withoutServerFields(after as KubernetesObject) };
};

const notAllowed = (path: string, { status, body }: Awaited<ReturnType<Send>>): NotAllowed =>
  new NotAllowed(`${path}: ${record(body).message ?? `status ${status}`}`);

const rejection = (object: KubernetesObject, message: string): Change => ({
  section: podTemplatePath(object.kind) ? 'workloads' : 'objects',
  kind: 'changed',
  subject: titleOf(object),
  effect: 'is rejected',
  details: [{ what: message }],
});

/**
 * Who applied the object on the server last: what it applied and does not apply any more is removed.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers
 */
const managerOf = ({ metadata }: KubernetesObject): string | undefined =>
  records(record(metadata).managedFields)
    .filter(({ operation, subresource }) => operation === 'Apply' && !subresource)
    .toSorted((a, b) => (`${a.time}` < `${b.time}` ? 1 : -1))
    .map(({ manager }) => `${manager}`)[0];

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** What kubectl applied on the client last. */
const lastApplied = ({ metadata }: KubernetesObject): unknown => {
  try {
    return JSON.parse(metadata.annotations?.[annotation] ?? '');
  } catch {
    return undefined;
  }
};

/** Without what only the API server sets. */
export const withoutServerFields = (object: KubernetesObject): KubernetesObject => {
  const { status, ...rest } = object;
  const { managedFields, resourceVersion, uid, generation, creationTimestamp, ...metadata } =
    rest.metadata as Record<string, unknown>;
  const { [annotation]: _, ...annotations } = record(metadata.annotations);
  delete metadata.annotations;
  const kept = Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata;
  return { ...rest, metadata: kept } as KubernetesObject;
};
