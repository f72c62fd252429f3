import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';
import type { ApiRequest } from './cluster-request.js';

/** A node: its name, and taints such as those of a control plane. */
export interface NodeOptions {
  readonly name: string;
  readonly taints?: readonly { readonly key: string; readonly effect: string }[];
}

const capacity = { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '200Gi' };
const ready = [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }];

/**
 * Creates nodes, and reports for them what kubelets and a storage driver would report: scheduled
 * pods run and are ready, deleted pods end, claims get volumes, and enlarged claims grow. No
 * process runs, and no image is pulled.
 */
export const startNodes = async (
  cluster: Cluster,
  nodes: readonly NodeOptions[],
): Promise<{ stop(): Promise<void> }> => {
  const ask = async (request: ApiRequest) => {
    const { status, body } = await cluster.request(request);
    // Changed or deleted in the meantime: the next round reads the current state.
    if (status >= 300 && ![404, 409].includes(status)) {
      throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  };
  for (const { name, taints = [] } of nodes) {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: labelsOf(name) } };
    await ask({ method: 'POST', path: '/api/v1/nodes', body: { ...node, spec: { taints } } });
    const status = { capacity, allocatable: capacity, conditions: ready };
    await ask({ method: 'PATCH', path: `/api/v1/nodes/${name}/status`, body: { status } });
  }

  const beat = async (name: string) => {
    const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
    const { code } = await ask({ method: 'PATCH', path: `${leases}/${name}`, body: { spec } });
    if (code !== 404) return;
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec };
    await ask({ method: 'POST', path: leases, body: lease });
  };

  let addresses = 0;
  const runPod = async ({ metadata, spec, status }: KubernetesObject) => {
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
    if ('deletionTimestamp' in metadata) {
      return ask({ method: 'DELETE', path: `${path}?gracePeriodSeconds=0` });
    }
    if (!spec.nodeName || status.phase !== 'Pending') return;
    addresses += 1;
    const podIP = `10.244.${addresses >> 8}.${addresses & 255}`;
    const conditions = ['Initialized', 'ContainersReady', 'Ready'].map((type) => ({
      ...{ type, status: 'True', lastTransitionTime: new Date().toISOString() },
    }));
    const running = { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions };
    return ask({ method: 'PATCH', path: `${path}/status`, body: { status: running } });
  };

  const serveClaim = async ({ metadata, spec, status }: KubernetesObject) => {
    const { name, namespace } = metadata;
    const volume = `volume-${namespace}-${name}`;
    const claim = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`;
    const wanted = { storage: spec.resources.requests.storage };
    if (status.phase === 'Pending') {
      const body = {
        ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: volume } },
        spec: {
          capacity: wanted,
          accessModes: spec.accessModes,
          storageClassName: spec.storageClassName ?? '',
          persistentVolumeReclaimPolicy: 'Delete',
          csi: { driver: 'example.com', volumeHandle: volume },
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name },
        },
      };
      await ask({ method: 'POST', path: '/api/v1/persistentvolumes', body });
    } else if (status.phase === 'Bound' && status.capacity.storage !== wanted.storage) {
      const grown = { spec: { capacity: wanted } };
      await ask({ method: 'PATCH', path: `/api/v1/persistentvolumes/${volume}`, body: grown });
      const body = { status: { capacity: wanted } };
      await ask({ method: 'PATCH', path: `${claim}/status`, body });
    }
  };

  let stopped = false;
  let failure: unknown;
  const items = async (path: string): Promise<KubernetesObject[]> => (await ask({ path })).items;
  const rounds = async () => {
    for (let round = 0; !stopped; round++) {
      if (round % 20 === 0) for (const { name } of nodes) await beat(name);
      for (const claim of await items('/api/v1/persistentvolumeclaims')) await serveClaim(claim);
      for (const pod of await items('/api/v1/pods')) await runPod(pod);
      await sleep(250);
    }
  };
  const ended = rounds().catch((error: unknown) => {
    failure = error;
    console.error(error);
  });
  return {
    stop: async () => {
      stopped = true;
      await ended;
      if (failure) throw failure;
    },
  };
};

const labelsOf = (name: string) => ({
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
  'topology.kubernetes.io/zone': name,
});
