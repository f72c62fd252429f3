import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';
import { installGatewayApi } from './cluster-gateway.js';
import type { KubectlRun } from './cluster-kubectl.js';
import { folderOf, prerequisites } from './cluster-prerequisites.js';

/** How kubectl applies objects: it computes the change itself, or the API server does. */
export const modes = { 'client-side': [], 'server-side': ['--server-side'] } as const;

/** Applies a folder as the generated README describes, with strict validation. */
export const apply = (
  cluster: Cluster,
  folder: string,
  flags: readonly string[] = modes['server-side'],
): Promise<KubectlRun> => cluster.kubectl(['apply', '--validate=strict', ...flags, '-f', folder]);

/** Creates the prerequisites of an environment: first its own namespaces, for the Secrets. */
export const prepare = async (
  cluster: Cluster,
  environment: string,
  flags: readonly string[] = modes['server-side'],
): Promise<void> => {
  const namespaces = join(folderOf(environment), '00-namespaces.yaml');
  const beforehand = prerequisites(environment);
  if (beforehand.some(({ kind }) => kind === 'Gateway')) await installGatewayApi(cluster);
  for (const [args, input] of [
    [['apply', ...flags, '-f', namespaces]],
    [['create', '-f', '-'], JSON.stringify(list(beforehand))],
  ] as const) {
    const { failed, stderr } = await cluster.kubectl(args, input);
    if (failed) throw new Error(stderr);
  }
};

/** Creates the prerequisites of an environment, and applies it; a rejected object is an error. */
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
