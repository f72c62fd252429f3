/** How to make a control plane component of kubeadm listen on the address of its node. */
interface Listening {
  readonly name: string;
  /** Flag, or field of the configuration file. */
  readonly setting: string;
  readonly port: number;
  /** Which clients can read the metrics on that port. */
  readonly answers: 'clients with a token for /metrics' | 'everyone who reaches the node';
}

/**
 * The settings that `controlPlane: 'exposed'` requires.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/
 * https://etcd.io/docs/v3.6/op-guide/configuration/#metrics
 */
export const listening: readonly Listening[] = [
  {
    name: 'kube-scheduler',
    setting: '--bind-address=0.0.0.0',
    port: 10259,
    answers: 'clients with a token for /metrics',
  },
  {
    name: 'kube-controller-manager',
    setting: '--bind-address=0.0.0.0',
    port: 10257,
    answers: 'clients with a token for /metrics',
  },
  {
    name: 'etcd',
    setting: '--listen-metrics-urls=http://0.0.0.0:2381',
    port: 2381,
    answers: 'everyone who reaches the node',
  },
  {
    name: 'kube-proxy',
    setting: 'metricsBindAddress: 0.0.0.0:10249',
    port: 10249,
    answers: 'everyone who reaches the node',
  },
];

/** The settings as kubeadm configuration, for `kubeadm init --config` or its ConfigMaps. */
export const kubeadmConfiguration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
controllerManager:
  extraArgs:
    - { name: bind-address, value: 0.0.0.0 }
scheduler:
  extraArgs:
    - { name: bind-address, value: 0.0.0.0 }
etcd:
  local:
    extraArgs:
      - { name: listen-metrics-urls, value: 'http://0.0.0.0:2381' }
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
metricsBindAddress: 0.0.0.0:10249`;
