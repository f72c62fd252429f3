/** A port of nodes, and the process that listens there. */
export interface NodePort {
  readonly port: number;
  readonly by: string;
}

/**
 * TCP ports of every node, by the defaults of the kubelet and kube-proxy.
 * https://kubernetes.io/docs/reference/networking/ports-and-protocols/
 * https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ (healthzPort)
 * https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ (metricsBindAddress)
 */
export const nodePorts: readonly NodePort[] = [
  { port: 10250, by: 'the kubelet' },
  { port: 10248, by: 'the health page of the kubelet' },
  { port: 10249, by: 'the metrics page of kube-proxy' },
  { port: 10256, by: 'the health page of kube-proxy' },
];

/** TCP ports of the nodes of the control plane. */
export const controlPlanePorts: readonly NodePort[] = [
  { port: 6443, by: 'the API server' },
  { port: 2379, by: 'etcd' },
  { port: 2380, by: 'etcd' },
  { port: 2381, by: 'the metrics page of etcd' },
  { port: 10257, by: 'the controller manager' },
  { port: 10259, by: 'the scheduler' },
];
