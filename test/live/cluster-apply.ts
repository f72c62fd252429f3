import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';
import type { KubectlRun } from './cluster-kubectl.js';
import { folderOf, prerequisites } from './cluster-prerequisites.js';

/** How kubectl may apply: it computes the change itself, or leaves that to the API server. */
export const modes = { 'client-side': [], 'server-side': ['--server-side'] } as const;

/** Applies a folder as the generated README says, checked strictly. */
export const apply = (
  cluster: Cluster,
  folder: string,
  flags: readonly string[] = modes['server-side'],
): Promise<KubectlRun> => cluster.kubectl(['apply', '--validate=strict', ...flags, '-f', folder]);

/** Makes what an environment needs beforehand: first its own namespaces, which hold the Secrets. */
export const prepare = async (
  cluster: Cluster,
  environment: string,
  flags: readonly string[] = modes['server-side'],
): Promise<void> => {
  const namespaces = join(folderOf(environment), '00-namespaces.yaml');
  for (const [args, input] of [
    [['apply', ...flags, '-f', namespaces]],
    [['create', '-f', '-'], JSON.stringify(list(prerequisites(environment)))],
  ] as const) {
    const { failed, stderr } = await cluster.kubectl(args, input);
    if (failed) throw new Error(stderr);
  }
};

/** Makes what an environment needs, and applies it; a refusal is an error. */
export const deploy = async (
  cluster: Cluster,
  environment: string,
  flags: readonly string[] = modes['server-side'],
): Promise<void> => {
  await prepare(cluster, environment, flags);
  const { failed, stderr } = await apply(cluster, folderOf(environment), flags);
  if (failed) throw new Error(stderr);
};

const list = (items: readonly KubernetesObject[]) => ({ apiVersion: 'v1', kind: 'List', items });
