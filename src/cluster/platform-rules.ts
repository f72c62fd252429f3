import { type PlatformName, platforms } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import { hasApi, objectsOf, type Reading } from './reading.js';

/** How a platform is recognized. The first rule that matches decides. */
export interface PlatformRule {
  readonly platform: PlatformName;
  /** The name of a distribution that is not one of the platforms. */
  readonly distribution?: string;
  /** What is recognized, as it is reported. */
  readonly sign: string;
  readonly source: string;
  /** Whether any node has the sign. */
  readonly node?: (node: KubernetesObject) => boolean;
  /** Whether all nodes have the sign. */
  readonly everyNode?: (node: KubernetesObject) => boolean;
  readonly cluster?: (reading: Reading) => boolean;
}

const version = (part: string) => (node: KubernetesObject) =>
  `${node.status?.nodeInfo?.kubeletVersion ?? ''}`.includes(part);
const label = (name: string) => (node: KubernetesObject) => name in (node.metadata.labels ?? {});
const labelPrefix = (prefix: string) => (node: KubernetesObject) =>
  Object.keys(node.metadata.labels ?? {}).some((name) => name.startsWith(prefix));
const provider = (prefix: string) => (node: KubernetesObject) =>
  `${node.spec?.providerID ?? ''}`.startsWith(prefix);
const image = (prefix: string) => (node: KubernetesObject) =>
  `${node.status?.nodeInfo?.osImage ?? ''}`.startsWith(prefix);
const either =
  (...signs: readonly ((node: KubernetesObject) => boolean)[]) =>
  (node: KubernetesObject) =>
    signs.some((one) => one(node));

/**
 * Whether a node is a pod of Fargate: AWS documents the name of the pods' nodes and their taint.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
 */
export const isFargate = ({ metadata, spec }: KubernetesObject): boolean =>
  metadata.name.startsWith('fargate-') ||
  metadata.labels?.['eks.amazonaws.com/compute-type'] === 'fargate' ||
  (spec?.taints ?? []).some(
    ({ key, value }: { key: string; value?: string }) =>
      key === 'eks.amazonaws.com/compute-type' && value === 'fargate',
  );

/** https://github.com/GoogleContainerTools/kpt-config-sync/blob/main/pkg/util/autopilot.go */
export const isAutopilot = ({ metadata }: KubernetesObject): boolean =>
  metadata.name.startsWith('gk3-');

/** Whether a node stands for a service without machines, such as virtual nodes of AKS. */
export const isVirtual = ({ metadata }: KubernetesObject): boolean =>
  metadata.labels?.type === 'virtual-kubelet';

const kubeadmPods = (reading: Reading): boolean =>
  objectsOf(reading, 'Pod').some(({ metadata }) =>
    Object.keys(metadata.annotations ?? {}).some((name) =>
      name.startsWith('kubeadm.kubernetes.io/'),
    ),
  );

// Versions of EKS Anywhere have the suffix too.
const eks = either(
  labelPrefix('eks.amazonaws.com/'),
  (node) => version('-eks-')(node) && provider('aws:///')(node),
);
const gke = either(version('-gke.'), labelPrefix('cloud.google.com/gke-'));

/** From the most specific sign to the least: a kind node also has what kubeadm writes. */
export const platformRules: readonly PlatformRule[] = [
  {
    platform: 'openshift',
    sign: 'the API config.openshift.io or the node label node.openshift.io/os_id',
    source:
      'https://github.com/openshift/machine-config-operator/tree/main/templates/worker/01-worker-kubelet',
    cluster: (reading) => hasApi(reading, 'config.openshift.io'),
    node: label('node.openshift.io/os_id'),
  },
  {
    platform: 'kind',
    sign: 'providerID kind://…',
    source:
      'https://github.com/kubernetes-sigs/kind/blob/v0.33.0/pkg/cluster/internal/kubeadm/config.go',
    node: provider('kind://'),
  },
  {
    platform: 'minikube',
    sign: 'the node label minikube.k8s.io/version',
    source: 'https://minikube.sigs.k8s.io/docs/tutorials/multi_node/',
    node: label('minikube.k8s.io/version'),
  },
  {
    platform: 'rke2',
    sign: 'the version suffix +rke2',
    source: 'https://docs.rke2.io/release-notes/v1.35.X',
    node: version('+rke2'),
  },
  {
    platform: 'k3s',
    sign: 'the version suffix +k3s',
    source: 'https://docs.k3s.io/release-notes/v1.35.X',
    node: version('+k3s'),
  },
  {
    platform: 'talos',
    sign: 'the operating system Talos',
    source:
      'https://docs.siderolabs.com/talos/v1.11/getting-started/quickstart (kubectl get nodes -o wide)',
    node: image('Talos ('),
  },
  {
    platform: 'eks-fargate',
    sign: 'nodes of EKS that are all Fargate',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html',
    everyNode: (node) => eks(node) && isFargate(node),
  },
  {
    platform: 'eks',
    sign: 'a node label eks.amazonaws.com/…, or the version suffix -eks- and a providerID of AWS',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html',
    node: eks,
  },
  {
    platform: 'gke-autopilot',
    sign: 'nodes of GKE whose names all begin with gk3-',
    source:
      'https://github.com/GoogleContainerTools/kpt-config-sync/blob/main/pkg/util/autopilot.go',
    everyNode: (node) => gke(node) && isAutopilot(node),
  },
  {
    platform: 'gke',
    sign: 'the version suffix -gke. or a node label cloud.google.com/gke-…',
    source: 'https://docs.cloud.google.com/kubernetes-engine/versioning',
    node: gke,
  },
  {
    platform: 'aks',
    sign: 'the node label kubernetes.azure.com/cluster',
    source: 'https://learn.microsoft.com/azure/aks/use-labels',
    node: label('kubernetes.azure.com/cluster'),
  },
  {
    platform: 'generic',
    distribution: 'k0s',
    sign: 'the version suffix +k0s',
    source: 'https://docs.k0sproject.io/stable/releases/',
    node: version('+k0s'),
  },
  {
    platform: 'generic',
    distribution: 'MicroK8s',
    sign: 'the node label microk8s.io/cluster',
    source:
      'https://github.com/canonical/microk8s/blob/master/microk8s-resources/default-args/kubelet',
    node: label('microk8s.io/cluster'),
  },
  {
    platform: 'generic',
    distribution: 'kOps',
    sign: 'the node label kops.k8s.io/instancegroup',
    source: 'https://kops.sigs.k8s.io/labels/',
    node: label('kops.k8s.io/instancegroup'),
  },
  {
    platform: 'kubeadm',
    sign: 'annotations kubeadm.kubernetes.io/… of the pods of the control plane',
    source:
      'https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/constants/constants.go',
    cluster: kubeadmPods,
  },
];

/** The platforms that a rule recognizes: all of them. */
export const recognized = (): PlatformName[] =>
  [...new Set(platformRules.map(({ platform }) => platform))].filter((name) => name in platforms);
