import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';
import type { Answer } from './cluster-request.js';

const workloadKinds = new Set(['StatefulSet', 'Deployment', 'DaemonSet']);

/** The workloads of an environment. */
export const workloadsOf = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => workloadKinds.has(kind));

/** The component of an object of the stack. */
export const componentOf = ({ metadata }: KubernetesObject): string =>
  metadata.labels?.['app.kubernetes.io/component'] ?? '';

/** The pod that the controller of a workload would create, with its claims as volumes. */
export const podOf = ({ metadata, spec }: KubernetesObject): KubernetesObject => {
  const { metadata: own, spec: pod } = spec.template;
  const claims: KubernetesObject[] = spec.volumeClaimTemplates ?? [];
  const volumes = claims.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${metadata.name}-0` },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...own, name: `${metadata.name}-0`, namespace: metadata.namespace },
    spec: { ...pod, volumes: [...(pod.volumes ?? []), ...volumes] },
  };
};

/** Creates a pod with strict validation; a dry run is also admitted or rejected. */
export const createPod = (
  cluster: Cluster,
  pod: KubernetesObject,
  { dryRun = false } = {},
): Promise<Answer> =>
  cluster.request({
    method: 'POST',
    path: `/api/v1/namespaces/${pod.metadata.namespace}/pods?fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`,
    body: pod,
  });

/** Creates a pod that counts as running with an address, like a kubelet reports it. */
export const runPod = async (
  cluster: Cluster,
  pod: KubernetesObject,
  podIP: string,
): Promise<void> => {
  const { namespace, name } = pod.metadata;
  const spec = { ...pod.spec, nodeName: 'worker' };
  const created = await createPod(cluster, { ...pod, spec });
  const reported = await cluster.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
    body: { status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] } },
  });
  for (const { status, body } of [created, reported]) {
    if (status >= 300) throw new Error(`${namespace}/${name}: ${status} ${body.message}`);
  }
};
