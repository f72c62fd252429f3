import type { KubernetesObject } from '../../src/model/manifest.js';

type Labels = Readonly<Record<string, string>>;

/** What differs between nodes. */
export interface NodeOptions {
  readonly name: string;
  readonly address: string;
  readonly version: string;
  readonly labels?: Labels;
  readonly providerID?: string;
  readonly podCIDR?: string;
  readonly osImage?: string;
  readonly runtime?: string;
  readonly taints?: readonly object[];
}

/** A node as a kubelet and its cloud report it. */
export const node = ({
  name,
  address,
  version,
  labels = {},
  providerID,
  podCIDR,
  osImage = 'Ubuntu 24.04.1 LTS',
  runtime = 'containerd://2.1.4',
  taints,
}: NodeOptions): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: {
    ...(providerID && { providerID }),
    ...(podCIDR && { podCIDR, podCIDRs: [podCIDR] }),
    ...(taints && { taints }),
  },
  status: {
    capacity: { cpu: '4', memory: '16Gi', pods: '110' },
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
    ],
    nodeInfo: {
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: runtime,
      kernelVersion: '6.12.0',
      kubeProxyVersion: '',
      kubeletVersion: version,
      machineID: '',
      operatingSystem: 'linux',
      osImage,
      systemUUID: '',
    },
  },
});

interface Port {
  readonly name?: string;
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly protocol?: string;
}

/** What differs between pods. */
export interface PodOptions {
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ports?: readonly Port[];
  readonly args?: readonly string[];
  readonly hostNetwork?: boolean;
  readonly phase?: string;
}

/** A running pod. */
export const pod = (
  namespace: string,
  name: string,
  { labels = {}, annotations, ports, args, hostNetwork, phase = 'Running' }: PodOptions = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels, ...(annotations && { annotations }) },
  spec: {
    ...(hostNetwork && { hostNetwork }),
    containers: [
      {
        name: 'main',
        image: 'example.com/image:1.0.0',
        ...(args && { args }),
        // The API server sets the port of the node for pods on its network.
        ...(ports && {
          ports: ports.map((port) => ({
            ...port,
            ...(hostNetwork && { hostPort: port.containerPort }),
          })),
        }),
      },
    ],
  },
  status: { phase },
});

/** A Service. */
export const service = (
  namespace: string,
  name: string,
  labels: Labels,
  selector: Labels | undefined,
  ports: readonly object[],
  clusterIP?: string,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels },
  spec: { ...(selector && { selector }), ports, ...(clusterIP && { clusterIP }) },
});

/** An EndpointSlice of a Service. */
export const slice = (
  namespace: string,
  name: string,
  addresses: readonly string[],
  ports: readonly object[],
): KubernetesObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  endpoints: [{ addresses }],
  ports,
});

/** The Service of the API server, and its addresses. */
export const apiServer = (
  clusterIP: string,
  addresses: readonly string[],
  port: number,
): KubernetesObject[] => [
  service(
    'default',
    'kubernetes',
    { component: 'apiserver', provider: 'kubernetes' },
    undefined,
    [{ name: 'https', port: 443, protocol: 'TCP', targetPort: port }],
    clusterIP,
  ),
  slice('default', 'kubernetes', addresses, [{ name: 'https', port, protocol: 'TCP' }]),
];

/** How a DNS server differs from CoreDNS of kubeadm. */
export interface DnsOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly selector?: Labels;
  readonly port?: number;
  readonly metricsPort?: number;
}

/** The Service of the DNS server, its EndpointSlice, and one of its pods. */
export const dns = ({
  name = 'kube-dns',
  namespace = 'kube-system',
  labels = { 'k8s-app': 'kube-dns' },
  selector = { 'k8s-app': 'kube-dns' },
  port = 53,
  metricsPort = 9153,
}: DnsOptions = {}): KubernetesObject[] => [
  service(namespace, name, labels, selector, [
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: port },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: port },
    { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: metricsPort },
  ]),
  slice(
    namespace,
    name,
    ['10.244.0.53'],
    [
      { name: 'dns', port, protocol: 'UDP' },
      { name: 'dns-tcp', port, protocol: 'TCP' },
      { name: 'metrics', port: metricsPort, protocol: 'TCP' },
    ],
  ),
  pod(namespace, `${name}-0`, {
    labels: selector,
    ports: [
      { name: 'dns', containerPort: port, protocol: 'UDP' },
      { name: 'metrics', containerPort: metricsPort },
    ],
  }),
];

/** A storage class. */
export const storageClass = (
  name: string,
  provisioner: string,
  { expandable = true, isDefault = true } = {},
): KubernetesObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name,
    ...(isDefault && {
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    }),
  },
  provisioner,
  ...(expandable && { allowVolumeExpansion: true }),
});

/** A class of Ingresses. */
export const ingressClass = (name: string, controller: string): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller },
});

/** An API of a group, as a custom resource definition registers it. */
export const api = (group: string): KubernetesObject => ({
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: `v1.${group}` },
  spec: { group, version: 'v1' },
});
