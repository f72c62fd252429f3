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
    /** Its pods. @default - in kube-system, with the label `k8s-app: kube-dns` */
    readonly pods?: PodSelection;
    /** The port of its pods, which its Service maps from 53. @default 53 */
    readonly port?: number;
    /** @default - the metrics of its pods are not known */
    readonly metricsPort?: number;
    /** Pods of a DNS cache on each node, by their label `k8s-app`. @default - none */
    readonly cachePods?: string;
    /** Addresses of a DNS cache on the node. @default - none */
    readonly localAddresses?: readonly string[];
  }>;
  /** How the serving certificate of the kubelet can be verified. */
  readonly kubelet: Fact<ServerVerification | Unreachable>;
  /** Port of the API servers, to which the Service `kubernetes` maps its port 443. */
  readonly apiServerPort: Fact<number>;
  /** Whether scheduler, controller-manager, etcd and kube-proxy are pods that can be scraped. */
  readonly controlPlane: Fact<'pods' | 'hidden'>;
  /** Parts of the control plane that differ from kubeadm's pods. @default - none */
  readonly controlPlaneParts?: Fact<{
    /** False if etcd does not run in pods. */
    readonly etcd?: false;
    readonly kubeProxy?: Readonly<Record<string, string>>;
  }>;
  /** Kinds of nodes on which pods cannot read the host; empty if there are none. */
  readonly noNodeAgentsOn: Fact<readonly string[]>;
  /**
   * The label of nodes that run no node agents, beside others that do: agents are not scheduled there, and their kubelet
   * is not scraped. @default - none
   */
  readonly unreachableNodes?: Fact<{ readonly label: string; readonly value: string }>;
  /** Why no node can run node agents. @default - nodes can run them */
  readonly withoutNodeAgents?: Fact<string>;
  /** Socket of containerd. @default - the nodes have another container runtime */
  readonly containerdSocket?: Fact<string>;
  /** Ports of every node that other processes of the platform use. @default - unknown */
  readonly takenPorts?: Fact<readonly { readonly port: number; readonly by: string }[]>;
  /** Whether its network plugin supports only numbers of ports in policies. @default false */
  readonly numericPolicyPorts?: Fact<true>;
  /**
   * Security context constraints with which the service accounts of a namespace must be allowed to run: the users of
   * the images are outside the range of the namespace. @default - none
   */
  readonly securityConstraints?: Fact<{ readonly stack: string; readonly nodeAgents: string }>;
  /** The default storage class. @default - none */
  readonly storageClass?: Fact<{
    readonly name: string;
    readonly expandable: boolean;
    /** Whether a volume belongs to one node, so that its pod cannot move. @default false */
    readonly nodeLocal?: boolean;
  }>;
}

/** Pods by their namespace and labels. */
export interface PodSelection {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A server that pods cannot reach. */
export interface Unreachable {
  readonly kind: 'unreachable';
  /** Listed in the generated README. */
  readonly reason: string;
}

const kubernetes = 'https://github.com/kubernetes/kubernetes/blob/v1.36.3';
const kind = 'https://github.com/kubernetes-sigs/kind/blob/v0.33.0';
const eks = 'https://docs.aws.amazon.com/eks/latest/userguide';
const gke = 'https://docs.cloud.google.com/kubernetes-engine/docs';
const aks = 'https://learn.microsoft.com/azure/aks';

const openshift = 'https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html';
const podSecurity = 'https://kubernetes.io/docs/concepts/security/pod-security-admission/';

const selfSigned = (reason: string): ServerVerification => ({ kind: 'unverified', reason });
const byClusterCa: ServerVerification = { kind: 'cluster-ca' };
const usualSocket = '/run/containerd/containerd.sock';
const coredns = { name: 'coredns', metricsPort: 9153 } as const;

const gkeFacts = {
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
} as const satisfies Platform;

const eksFacts = {
  dns: { value: coredns, source: `${eks}/managing-coredns.html` },
  kubelet: {
    value: byClusterCa,
    source:
      'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
  },
  controlPlane: { value: 'hidden', source: `${eks}/view-raw-metrics.html` },
  noNodeAgentsOn: { value: ['Fargate'], source: `${eks}/fargate.html` },
  // The network plugin of EKS, a DaemonSet itself, has the same affinity.
  unreachableNodes: {
    value: { label: 'eks.amazonaws.com/compute-type', value: 'fargate' },
    source: 'https://github.com/aws/amazon-vpc-cni-k8s/blob/master/config/master/aws-k8s-cni.yaml',
  },
  containerdSocket: {
    value: usualSocket,
    source:
      'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/containerd/config.go',
  },
  apiServerPort: { value: 443, source: `${eks}/network-reqs.html` },
} as const satisfies Platform;

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
  eks: eksFacts,
  'eks-fargate': {
    ...eksFacts,
    kubelet: {
      value: {
        kind: 'unreachable',
        reason: 'the network of Fargate lets no pod reach the kubelet of a node',
      },
      source: 'https://aws-otel.github.io/docs/getting-started/container-insights/eks-fargate',
    },
    noNodeAgentsOn: { value: [], source: `${eks}/fargate.html` },
    withoutNodeAgents: {
      value: 'Fargate runs no DaemonSets, and no pods with host paths or the host network',
      source: `${eks}/fargate.html`,
    },
  },
  gke: gkeFacts,
  'gke-autopilot': {
    ...gkeFacts,
    noNodeAgentsOn: { value: [], source: `${gke}/concepts/autopilot-security` },
    withoutNodeAgents: {
      value:
        'Autopilot rejects pods with the host network, the host PID namespace and most host paths',
      source: `${gke}/concepts/autopilot-security`,
    },
  },
  minikube: {
    dns: {
      value: coredns,
      source:
        'https://github.com/kubernetes/minikube/blob/master/pkg/minikube/bootstrapper/bsutil/ktmpl/v1beta4.go',
    },
    kubelet: {
      value: selfSigned('minikube leaves the kubelet with a self-signed certificate'),
      source:
        'https://github.com/kubernetes/minikube/blob/master/pkg/minikube/bootstrapper/bsutil/ktmpl/v1beta4.go',
    },
    controlPlane: {
      value: 'pods',
      source: `${kubernetes}/cmd/kubeadm/app/phases/controlplane/manifests.go`,
    },
    noNodeAgentsOn: { value: [], source: podSecurity },
    apiServerPort: {
      value: 8443,
      source:
        'https://github.com/kubernetes/minikube/blob/master/pkg/minikube/constants/constants.go',
    },
    storageClass: {
      value: { name: 'standard', expandable: false, nodeLocal: true },
      source: 'https://minikube.sigs.k8s.io/docs/handbook/persistent_volumes/',
    },
  },
  rke2: {
    dns: {
      value: coredns,
      source: 'https://github.com/rancher/rke2-charts/tree/main/charts/rke2-coredns',
    },
    kubelet: {
      value: selfSigned('RKE2 does not document which certificate authority signs it'),
      source: 'https://docs.rke2.io/reference/server_config',
    },
    controlPlane: {
      value: 'pods',
      source: 'https://github.com/rancher/rke2/blob/master/pkg/executor/staticpod/staticpod.go',
    },
    controlPlaneParts: {
      value: { kubeProxy: { component: 'kube-proxy' } },
      source: 'https://github.com/rancher/rke2/blob/master/pkg/executor/staticpod/staticpod.go',
    },
    noNodeAgentsOn: { value: [], source: 'https://docs.rke2.io/security/pod_security_standards' },
    containerdSocket: {
      value: '/run/k3s/containerd/containerd.sock',
      source: 'https://docs.rke2.io/reference/cli_tools',
    },
    apiServerPort: { value: 6443, source: 'https://docs.rke2.io/install/requirements' },
  },
  talos: {
    dns: {
      value: coredns,
      source:
        'https://github.com/siderolabs/talos/blob/main/internal/app/machined/pkg/controllers/k8s/internal/k8stemplates/coredns.go',
    },
    kubelet: {
      value: selfSigned('Talos leaves the kubelet with a self-signed certificate by default'),
      source: 'https://talos.dev/v1.7/kubernetes-guides/configuration/deploy-metrics-server',
    },
    controlPlane: {
      value: 'pods',
      source:
        'https://github.com/siderolabs/talos/blob/main/internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go',
    },
    controlPlaneParts: {
      // The pods are those of the API server, the controller-manager and the scheduler.
      value: { etcd: false },
      source:
        'https://github.com/siderolabs/talos/blob/main/internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go',
    },
    // Its default, baseline, does not apply to namespaces with labels of their own.
    noNodeAgentsOn: {
      value: [],
      source: 'https://www.talos.dev/v1.11/kubernetes-guides/configuration/pod-security/',
    },
    containerdSocket: {
      value: usualSocket,
      source: 'https://github.com/siderolabs/talos/blob/main/pkg/machinery/constants/constants.go',
    },
    apiServerPort: {
      value: 6443,
      source: 'https://github.com/siderolabs/talos/blob/main/pkg/machinery/constants/constants.go',
    },
  },
  openshift: {
    dns: {
      value: {
        name: 'coredns',
        pods: {
          namespace: 'openshift-dns',
          labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
        },
        port: 5353,
      },
      source:
        'https://github.com/openshift/cluster-dns-operator/blob/master/assets/dns/daemonset.yaml',
    },
    kubelet: {
      value: selfSigned(
        "OpenShift's certificate authority of the kubelets is not that of service accounts",
      ),
      source:
        'https://github.com/openshift/cluster-monitoring-operator/blob/main/assets/prometheus-k8s/kubelet-serving-ca-bundle.yaml',
    },
    controlPlane: {
      value: 'hidden',
      source: `${openshift}/monitoring/about-openshift-container-platform-monitoring`,
    },
    noNodeAgentsOn: {
      value: [],
      source: `${openshift}/authentication_and_authorization/managing-pod-security-policies`,
    },
    apiServerPort: {
      value: 6443,
      source: `${openshift}/installing_on_any_platform/installing-platform-agnostic`,
    },
    takenPorts: {
      value: [{ port: 9100, by: "the node-exporter of OpenShift's own monitoring" }],
      source:
        'https://github.com/openshift/cluster-monitoring-operator/blob/main/assets/node-exporter/daemonset.yaml',
    },
    // OVN-Kubernetes.
    numericPolicyPorts: {
      value: true,
      source: 'https://github.com/ovn-kubernetes/ovn-kubernetes/pull/1225',
    },
    securityConstraints: {
      value: { stack: 'nonroot-v2', nodeAgents: 'privileged' },
      source: `${openshift}/authentication_and_authorization/managing-pod-security-policies`,
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
export const platformOf = (name: PlatformName): Platform =>
  name === 'generic' ? unknown : platforms[name];

/** A platform with known properties, or `generic`, of which the environment states each property. */
export type PlatformName = keyof typeof platforms | 'generic';

const stated = 'https://github.com/kubernetes/kubernetes';

/** Properties that the environment of a `generic` cluster replaces, or that are safe for every cluster. */
const unknown: Platform = {
  dns: { value: { name: 'coredns' }, source: stated },
  kubelet: { value: byClusterCa, source: stated },
  apiServerPort: { value: 6443, source: stated },
  controlPlane: { value: 'hidden', source: stated },
  noNodeAgentsOn: { value: [], source: stated },
};
