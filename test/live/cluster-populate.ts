import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from './cluster.js';
import { podOf, runPod, workloadsOf } from './cluster-pods.js';

/** The addresses of the pods of the stack, by component. */
const addresses: Readonly<Record<string, string>> = {
  prometheus: '10.244.0.1',
  alertmanager: '10.244.0.2',
  grafana: '10.244.0.3',
  jaeger: '10.244.0.4',
  'kube-state-metrics': '10.244.0.5',
  'blackbox-exporter': '10.244.0.6',
  cadvisor: '10.244.0.7',
  'node-exporter': '192.0.2.11',
};

const make = async (cluster: Cluster, object: KubernetesObject): Promise<void> => {
  const { failed, stderr } = await cluster.kubectl(['create', '-f', '-'], JSON.stringify(object));
  if (failed) throw new Error(stderr);
};

/**
 * Creates a node, the running pods of the stack on it, and pods with the same labels in another
 * namespace.
 */
export const populate = async (
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  elsewhere: string,
): Promise<void> => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker' } };
  const status = { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] };
  await make(cluster, node);
  await cluster.request({ method: 'PATCH', path: '/api/v1/nodes/worker/status', body: { status } });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount' };
  await make(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere } });
  for (const namespace of [elsewhere, 'kube-system']) {
    await make(cluster, { ...account, metadata: { name: 'default', namespace } });
  }
  const foreign = (namespace: string, name: string, labels: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name, image: 'example.com/image', ports: [{ containerPort: 9090 }] }] },
  });
  await runPod(cluster, foreign('kube-system', 'dns', { 'k8s-app': 'kube-dns' }), '10.244.0.53');
  for (const workload of workloadsOf(objects)) {
    const pod = podOf(workload);
    const component = pod.metadata.labels?.['app.kubernetes.io/component'] ?? '';
    await runPod(cluster, pod, addresses[component] ?? '');
    const decoy = foreign(elsewhere, pod.metadata.name, { ...pod.metadata.labels });
    await runPod(cluster, decoy, '10.244.9.9');
  }
};
