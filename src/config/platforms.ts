import type { ServerVerification } from '../model/endpoint.js';

/** A fact about a platform, with its source. */
export interface Fact<T> {
  readonly value: T;
  readonly source: string;
}

/** Properties of one platform. */
export interface Platform {
  readonly dns: Fact<{
    /** Name of its party and its scrape job. */
    readonly name: 'coredns' | 'kube-dns';
    /** @default - the metrics of its pods are not known */
    readonly metricsPort?: number;
    /** Pods of a DNS cache on each node, by their label `k8s-app`. @default - none */
    readonly cachePods?: string;
    /** Addresses of a DNS cache on the node. @default - none */
    readonly localAddresses?: readonly string[];
  }>;
  /** How the serving certificate of the kubelet can be verified. */
  readonly kubelet: Fact<ServerVerification>;
  /** Port of the API servers. */
  readonly apiServerPort: Fact<443 | 6443>;
  /** Whether scheduler, controller-manager, etcd and kube-proxy are pods that can be scraped. */
  readonly controlPlane: Fact<'pods' | 'hidden'>;
  /** Kinds of nodes on which pods cannot read the host; empty if there are none. */
  readonly noNodeAgentsOn: Fact<readonly string[]>;
  /** Socket of the container runtime. */
  readonly containerdSocket: Fact<string>;
  /** The default storage class. @default - none */
  readonly storageClass?: Fact<{
    readonly name: string;
    readonly expandable: boolean;
    /** Whether a volume belongs to one node, so that its pod cannot move. @default false */
    readonly nodeLocal?: boolean;
  }>;
}

const kubernetes = 'https://github.com/kubernetes/kubernetes/blob/v1.36.3';
const kind = 'https://github.com/kubernetes-sigs/kind/blob/v0.33.0';
const eks = 'https://docs.aws.amazon.com/eks/latest/userguide';
const gke = 'https://docs.cloud.google.com/kubernetes-engine/docs';
const aks = 'https://learn.microsoft.com/azure/aks';

const selfSigned = (reason: string): ServerVerification => ({ kind: 'unverified', reason });
const byClusterCa: ServerVerification = { kind: 'cluster-ca' };
const usualSocket = '/run/containerd/containerd.sock';
const coredns = { name: 'coredns', metricsPort: 9153 } as const;

/** The properties of each platform; a fact without its own documentation states what it is based on. */
export const platforms = {
  kubeadm: {
    dns: { value: coredns, source: `${kubernetes}/cmd/kubeadm/app/phases/addons/dns/manifests.go` },
    kubelet: {
      value: selfSigned('kubeadm leaves the kubelet with a self-signed certificate'),
      source:
        'https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs',
    },
    controlPlane: {
      value: 'pods',
      source: `${kubernetes}/cmd/kubeadm/app/phases/controlplane/manifests.go`,
    },
    noNodeAgentsOn: {
      value: [],
      source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    },
    containerdSocket: {
      value: usualSocket,
      source: 'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
    },
    apiServerPort: {
      value: 6443,
      source: `${kubernetes}/cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go`,
    },
  },
  kind: {
    dns: { value: coredns, source: `${kind}/pkg/cluster/internal/kubeadm/config.go` },
    kubelet: {
      value: selfSigned('kind leaves the kubelet with a self-signed certificate'),
      source: `${kind}/pkg/cluster/internal/kubeadm/config.go`,
    },
    controlPlane: { value: 'pods', source: `${kind}/pkg/cluster/internal/kubeadm/config.go` },
    noNodeAgentsOn: {
      value: [],
      source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    },
    containerdSocket: {
      value: usualSocket,
      source: `${kind}/pkg/cluster/internal/kubeadm/config.go`,
    },
    apiServerPort: { value: 6443, source: `${kind}/pkg/apis/config/v1alpha4/default.go` },
    storageClass: {
      value: { name: 'standard', expandable: false, nodeLocal: true },
      source: `${kind}/pkg/build/nodeimage/const_storage.go`,
    },
  },
  k3s: {
    dns: {
      value: coredns,
      source: 'https://github.com/k3s-io/k3s/blob/master/manifests/coredns.yaml',
    },
    kubelet: { value: byClusterCa, source: 'https://docs.k3s.io/cli/certificate' },
    controlPlane: { value: 'hidden', source: 'https://docs.k3s.io/reference/metrics' },
    noNodeAgentsOn: {
      value: [],
      source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    },
    containerdSocket: {
      value: '/run/k3s/containerd/containerd.sock',
      source: 'https://docs.k3s.io/advanced',
    },
    apiServerPort: {
      value: 6443,
      source: 'https://github.com/k3s-io/k3s/blob/master/pkg/daemons/control/server.go',
    },
    storageClass: {
      value: { name: 'local-path', expandable: false, nodeLocal: true },
      source: 'https://github.com/k3s-io/k3s/blob/master/manifests/local-storage.yaml',
    },
  },
  eks: {
    dns: { value: coredns, source: `${eks}/managing-coredns.html` },
    kubelet: {
      value: byClusterCa,
      source:
        'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
    },
    controlPlane: { value: 'hidden', source: `${eks}/view-raw-metrics.html` },
    noNodeAgentsOn: { value: ['Fargate'], source: `${eks}/fargate.html` },
    containerdSocket: {
      value: usualSocket,
      source:
        'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/containerd/config.go',
    },
    apiServerPort: { value: 443, source: `${eks}/network-reqs.html` },
  },
  gke: {
    dns: {
      value: {
        name: 'kube-dns',
        cachePods: 'node-local-dns',
        // The node-local cache, and Cloud DNS at the address of the metadata server.
        localAddresses: ['169.254.20.10', '169.254.169.254'],
      },
      source: `${gke}/concepts/service-discovery`,
    },
    kubelet: {
      value: selfSigned('GKE documents no certificate authority for the serving certificate'),
      source: `${gke}/concepts/cluster-trust`,
    },
    controlPlane: { value: 'hidden', source: `${gke}/how-to/control-plane-metrics` },
    noNodeAgentsOn: { value: ['Autopilot'], source: `${gke}/concepts/autopilot-security` },
    containerdSocket: { value: usualSocket, source: `${gke}/concepts/using-containerd` },
    apiServerPort: { value: 443, source: `${gke}/learn/learn-gke-net-architecture` },
    storageClass: {
      value: { name: 'standard-rwo', expandable: true },
      source: `${gke}/concepts/storage-overview`,
    },
  },
  aks: {
    dns: {
      value: { ...coredns, localAddresses: ['169.254.10.10', '169.254.10.11'] },
      source: `${aks}/localdns-custom`,
    },
    kubelet: {
      value: byClusterCa,
      source: `${aks}/certificate-rotation#kubelet-serving-certificate-rotation`,
    },
    controlPlane: { value: 'hidden', source: `${aks}/control-plane-metrics-monitor` },
    noNodeAgentsOn: {
      value: ['Automatic', 'virtual nodes'],
      source: `${aks}/deployment-safeguards`,
    },
    containerdSocket: {
      value: usualSocket,
      source:
        'https://github.com/Azure/AgentBaker/blob/master/parts/linux/cloud-init/artifacts/kubelet.service',
    },
    apiServerPort: { value: 443, source: `${aks}/api-server-vnet-integration` },
    storageClass: {
      value: { name: 'default', expandable: true },
      source: `${aks}/concepts-storage`,
    },
  },
} as const satisfies Record<string, Platform>;

/** The properties of a platform; optional ones have an optional type. */
export const platformOf = (name: keyof typeof platforms): Platform => platforms[name];
