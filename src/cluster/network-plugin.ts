import type { PlatformName } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import type { Found } from './found.js';
import { argumentsOf, hasApi, isRead, objectsOf, podWith, type Reading } from './reading.js';

/** The network plugin of a cluster. */
export interface NetworkPlugin extends Found<string> {
  /** Whether it enforces network policies; undefined if that is not known. */
  readonly enforces?: boolean;
  /** The option `cluster.networkPlugin`. */
  readonly option: 'kubernetes' | 'cilium';
}

interface PluginRule {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly enforces: boolean | ((pod: KubernetesObject) => boolean);
  readonly source: string;
}

const plugins: readonly PluginRule[] = [
  {
    name: 'Cilium',
    labels: { 'k8s-app': 'cilium' },
    enforces: true,
    source: 'https://docs.cilium.io/en/stable/network/kubernetes/policy/',
  },
  {
    name: 'Calico',
    labels: { 'k8s-app': 'calico-node' },
    enforces: true,
    source: 'https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/',
  },
  {
    name: 'Canal',
    labels: { 'k8s-app': 'canal' },
    enforces: true,
    source: 'https://docs.rke2.io/networking/basic_network_options',
  },
  {
    name: 'Antrea',
    labels: { app: 'antrea', component: 'antrea-agent' },
    enforces: true,
    source: 'https://antrea.io/docs/main/docs/antrea-network-policy/',
  },
  {
    name: 'OVN-Kubernetes',
    labels: { app: 'ovnkube-node' },
    enforces: true,
    source: 'https://ovn-kubernetes.io/features/network-security-controls/network-policy/',
  },
  {
    name: 'kindnet',
    labels: { app: 'kindnet' },
    enforces: true,
    source: 'https://github.com/kubernetes-sigs/kind/releases/tag/v0.24.0',
  },
  {
    name: 'kube-router',
    labels: { 'k8s-app': 'kube-router' },
    enforces: (pod) => !argumentsOf(pod).includes('--run-firewall=false'),
    source: 'https://www.kube-router.io/docs/user-guide/',
  },
  {
    name: 'Azure network policy manager',
    labels: { 'k8s-app': 'azure-npm' },
    enforces: true,
    source: 'https://learn.microsoft.com/azure/aks/use-network-policies',
  },
  {
    name: 'Amazon VPC CNI',
    labels: { 'k8s-app': 'aws-node' },
    enforces: (pod) => argumentsOf(pod).includes('--enable-network-policy=true'),
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  },
  {
    name: 'flannel',
    labels: { app: 'flannel' },
    enforces: false,
    source: 'https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md',
  },
  {
    name: 'flannel',
    labels: { 'k8s-app': 'flannel' },
    enforces: false,
    source:
      'https://github.com/siderolabs/talos/tree/main/internal/app/machined/pkg/controllers/k8s',
  },
];

/** The network plugin, by the labels of its pods. */
export const networkPlugin = (reading: Reading, platform: PlatformName): NetworkPlugin => {
  // https://docs.k3s.io/networking/networking-services#network-policy-controller
  const inK3s =
    platform === 'k3s'
      ? {
          value: 'flannel and kube-router, in the process of k3s',
          from: 'the platform; unless k3s has the flag --disable-network-policy',
          enforces: true,
        }
      : undefined;
  for (const { name, labels, enforces } of plugins) {
    const pod = podWith(reading, labels);
    if (!pod) continue;
    return {
      value: name,
      from: `pods ${Object.entries(labels)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')}`,
      enforces: typeof enforces === 'function' ? enforces(pod) : enforces,
      option: name === 'Cilium' && hasPolicies(reading, platform) ? 'cilium' : 'kubernetes',
    };
  }
  const from = isRead(reading, 'Pod') ? 'no pods of a known plugin' : 'no Pods were read';
  const unknown = { value: 'unknown', from };
  return { ...(inK3s ?? unknown), option: 'kubernetes' };
};

/**
 * GKE's Dataplane V2 has the pods, but not policies of Cilium's kind.
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2
 */
const hasPolicies = (reading: Reading, platform: PlatformName): boolean =>
  !platform.startsWith('gke') &&
  (hasApi(reading, 'cilium.io') || objectsOf(reading, 'APIService').length === 0);
