import type * as client from '@kubernetes/client-node';
import type { KubernetesObject } from '../model/manifest.js';
import { type ClusterConnection, connectionTo, Unreachable } from './connection.js';
import type { Missing, Reading } from './reading.js';
import { listPath, type Resource, resources } from './resource.js';

const pageSize = 500;

/** Lists the resources in the cluster of a context of the kubeconfig, with the official client. */
export const readCluster = async (
  library: Pick<typeof client, 'KubeConfig'>,
  context: string | undefined,
  progress: (resource: Resource) => void,
): Promise<Reading> => {
  const connection = connectionTo(library, context);
  const objects: KubernetesObject[] = [];
  const missing: Missing[] = [];
  for (const resource of resources) {
    progress(resource);
    const { kind, apiVersion, optional } = resource;
    const answer = await list(connection, listPath(resource));
    if (Array.isArray(answer)) objects.push(...answer.map((one) => ({ ...one, kind, apiVersion })));
    else if (answer !== 404) missing.push({ kind, reason: `not allowed (${answer})` });
    else if (!optional) missing.push({ kind, reason: `the cluster has no API ${apiVersion}` });
  }
  const { context: name } = connection;
  return { source: `context ${name}`, name, objects, missing };
};

/** All objects at a path, page by page, or the status of a refusal. */
const list = async (
  { send, server }: ClusterConnection,
  path: string,
): Promise<KubernetesObject[] | number> => {
  const items: KubernetesObject[] = [];
  let next = '';
  do {
    const query = next && `&continue=${encodeURIComponent(next)}`;
    const { status, body } = await send({ path: `${path}?limit=${pageSize}${query}` });
    if (status === 401) {
      throw new Unreachable(`${server} rejects the credentials of the context (401).`);
    }
    if (status === 403 || status === 404) return status;
    if (status !== 200) throw new Unreachable(`${server}${path}: status ${status}.`);
    const page = JSON.parse(body);
    items.push(...page.items);
    next = page.metadata?.continue ?? '';
  } while (next);
  return items;
};
