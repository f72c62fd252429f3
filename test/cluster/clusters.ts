import type { PlatformName } from '../../src/config/platforms.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import {
  api,
  apiServer,
  dns,
  ingressClass,
  node,
  type PodOptions,
  pod,
  storageClass,
} from './objects.js';

const kubeadmPod = (name: string, address: string): KubernetesObject =>
  pod('kube-system', `kube-apiserver-${name}`, {
    labels: { component: 'kube-apiserver', tier: 'control-plane' },
    annotations: {
      'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443`,
    },
    hostNetwork: true,
    ports: [{ name: 'probe-port', containerPort: 6443 }],
  });

const plugin = (name: string, labels: PodOptions['labels'], args?: readonly string[]) =>
  pod('kube-system', name, { labels, args, hostNetwork: true });

const eksNode = (address: string, zone: string) =>
  node({
    name: `ip-${address.replaceAll('.', '-')}.eu-west-1.compute.internal`,
    address,
    version: 'v1.36.2-eks-7d6f6ec',
    providerID: `aws:///eu-west-1${zone}/i-0123456789abcdef0`,
    labels: { 'eks.amazonaws.com/nodegroup': 'default', 'topology.kubernetes.io/zone': zone },
    osImage: 'Amazon Linux 2023.8.20250721',
  });

const fargateNode = (address: string) => {
  const name = `fargate-ip-${address.replaceAll('.', '-')}.eu-west-1.compute.internal`;
  return node({
    name,
    address,
    version: 'v1.36.2-eks-7d6f6ec',
    providerID: `aws:///eu-west-1a/0123456789-abcdef/${name}`,
    labels: { 'eks.amazonaws.com/compute-type': 'fargate' },
    taints: [{ key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' }],
    osImage: 'Amazon Linux 2023.8.20250721',
  });
};

const gkeNode = (name: string, address: string, podCIDR: string) =>
  node({
    name,
    address,
    podCIDR,
    version: 'v1.36.2-gke.1058000',
    providerID: `gce://project/europe-west1-b/${name}`,
    labels: { 'cloud.google.com/gke-nodepool': 'default-pool' },
    osImage: 'Container-Optimized OS from Google',
  });

const gkeSystem = [
  ...dns(),
  plugin('anetd-0', { 'k8s-app': 'cilium' }),
  pod('kube-system', 'node-local-dns-0', {
    labels: { 'k8s-app': 'node-local-dns' },
    args: ['-localip', '169.254.20.10,34.118.224.10', '-conf', '/etc/Corefile'],
    hostNetwork: true,
  }),
  storageClass('standard-rwo', 'pd.csi.storage.gke.io'),
];

const rke2Dns = {
  'app.kubernetes.io/instance': 'rke2-coredns',
  'app.kubernetes.io/name': 'rke2-coredns',
  'k8s-app': 'kube-dns',
};

/** A cluster of each platform, as its installer makes it: the objects that a detection can use. */
export const clusters: Readonly<
  Record<Exclude<PlatformName, 'generic'> | 'k0s', readonly KubernetesObject[]>
> = {
  kubeadm: [
    node({
      name: 'cp-1',
      address: '10.20.0.10',
      version: 'v1.36.3',
      podCIDR: '10.244.0.0/24',
      labels: { 'node-role.kubernetes.io/control-plane': '' },
    }),
    node({
      name: 'worker-1',
      address: '10.20.1.11',
      version: 'v1.36.3',
      podCIDR: '10.244.1.0/24',
    }),
    ...apiServer('10.96.0.1', ['10.20.0.10'], 6443),
    kubeadmPod('cp-1', '10.20.0.10'),
    ...dns(),
    plugin('calico-node-0', { 'k8s-app': 'calico-node' }),
    storageClass('fast', 'csi.example.com', { isDefault: false }),
    ingressClass('nginx', 'k8s.io/ingress-nginx'),
    pod('ingress-nginx', 'ingress-nginx-controller-0', {
      labels: {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      },
    }),
    // The node-exporter of kube-prometheus-stack.
    pod('monitoring', 'prometheus-node-exporter-0', {
      labels: { 'app.kubernetes.io/name': 'prometheus-node-exporter' },
      hostNetwork: true,
      ports: [{ name: 'http-metrics', containerPort: 9100 }],
    }),
    api('monitoring.coreos.com'),
  ],
  kind: [
    node({
      name: 'kind-control-plane',
      address: '172.18.0.2',
      version: 'v1.36.1',
      podCIDR: '10.244.0.0/24',
      providerID: 'kind://docker/kind/kind-control-plane',
      osImage: 'Debian GNU/Linux 13 (trixie)',
    }),
    ...apiServer('10.96.0.1', ['172.18.0.2'], 6443),
    kubeadmPod('kind-control-plane', '172.18.0.2'),
    ...dns(),
    plugin('kindnet-0', { app: 'kindnet', 'k8s-app': 'kindnet', tier: 'node' }),
    storageClass('standard', 'rancher.io/local-path', { expandable: false }),
  ],
  minikube: [
    node({
      name: 'minikube',
      address: '192.168.49.2',
      version: 'v1.36.0',
      podCIDR: '10.244.0.0/24',
      labels: { 'minikube.k8s.io/version': 'v1.38.0', 'minikube.k8s.io/name': 'minikube' },
      runtime: 'docker://29.0.1',
    }),
    ...apiServer('10.96.0.1', ['192.168.49.2'], 8443),
    kubeadmPod('minikube', '192.168.49.2'),
    ...dns(),
    storageClass('standard', 'k8s.io/minikube-hostpath', { expandable: false }),
  ],
  k3s: [
    node({
      name: 'pi',
      address: '192.168.1.20',
      version: 'v1.36.3+k3s1',
      podCIDR: '10.42.0.0/24',
      providerID: 'k3s://pi',
      labels: { 'node.kubernetes.io/instance-type': 'k3s' },
    }),
    ...apiServer('10.43.0.1', ['192.168.1.20'], 6443),
    ...dns(),
    storageClass('local-path', 'rancher.io/local-path', { expandable: false }),
    ingressClass('traefik', 'traefik.io/ingress-controller'),
    pod('kube-system', 'traefik-0', {
      labels: {
        'app.kubernetes.io/instance': 'traefik-kube-system',
        'app.kubernetes.io/name': 'traefik',
      },
    }),
  ],
  eks: [
    eksNode('10.0.12.34', 'a'),
    eksNode('10.0.47.8', 'b'),
    eksNode('10.0.90.101', 'c'),
    ...apiServer('172.20.0.1', ['10.0.17.20', '10.0.50.31'], 443),
    ...dns(),
    plugin('aws-node-0', { 'k8s-app': 'aws-node' }, [
      '--enable-ipv6=false',
      '--enable-network-policy=true',
    ]),
    storageClass('gp2', 'kubernetes.io/aws-ebs', { expandable: false, isDefault: false }),
    storageClass('gp3', 'ebs.csi.aws.com'),
    ingressClass('alb', 'ingress.k8s.aws/alb'),
  ],
  'eks-fargate': [
    fargateNode('10.0.101.7'),
    fargateNode('10.0.113.9'),
    ...apiServer('172.20.0.1', ['10.0.101.200', '10.0.113.201'], 443),
    ...dns(),
    storageClass('efs', 'efs.csi.aws.com', { expandable: false, isDefault: false }),
  ],
  gke: [
    gkeNode('gke-shop-default-pool-1a2b3c4d-abcd', '10.132.0.5', '10.8.0.0/24'),
    gkeNode('gke-shop-default-pool-1a2b3c4d-efgh', '10.132.0.6', '10.8.1.0/24'),
    ...apiServer('34.118.224.1', ['10.132.0.2'], 443),
    ...gkeSystem,
  ],
  'gke-autopilot': [
    gkeNode('gk3-shop-pool-2-5e6f7a8b-wxyz', '10.132.0.9', '10.8.4.0/26'),
    ...apiServer('34.118.224.1', ['10.132.0.2'], 443),
    ...gkeSystem,
  ],
  aks: [
    node({
      name: 'aks-nodepool1-12345678-vmss000000',
      address: '10.224.0.4',
      version: 'v1.36.1',
      podCIDR: '10.244.0.0/24',
      providerID:
        'azure:///subscriptions/0/resourceGroups/mc_shop/providers/Microsoft.Compute/virtualMachineScaleSets/aks-nodepool1/virtualMachines/0',
      labels: {
        'kubernetes.azure.com/cluster': 'MC_shop_shop_westeurope',
        'kubernetes.azure.com/mode': 'system',
      },
    }),
    ...apiServer('10.0.0.1', ['20.71.10.20'], 443),
    ...dns(),
    plugin('cilium-0', { 'k8s-app': 'cilium' }),
    api('cilium.io'),
    storageClass('default', 'disk.csi.azure.com'),
  ],
  openshift: [
    node({
      name: 'master-0',
      address: '10.0.0.4',
      version: 'v1.35.2',
      labels: { 'node.openshift.io/os_id': 'rhcos', 'node-role.kubernetes.io/master': '' },
      osImage: 'Red Hat Enterprise Linux CoreOS 9.6.20251023-0',
      runtime: 'cri-o://1.35.2-1.rhaos4.22',
    }),
    ...apiServer('172.30.0.1', ['10.0.0.4'], 6443),
    ...dns({
      name: 'dns-default',
      namespace: 'openshift-dns',
      labels: { 'dns.operator.openshift.io/owning-dns': 'default' },
      selector: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      port: 5353,
      metricsPort: 9154,
    }),
    api('config.openshift.io'),
    pod('openshift-ovn-kubernetes', 'ovnkube-node-0', {
      labels: { app: 'ovnkube-node' },
      hostNetwork: true,
    }),
    pod('openshift-monitoring', 'node-exporter-0', {
      labels: { 'app.kubernetes.io/name': 'node-exporter' },
      hostNetwork: true,
      ports: [{ name: 'https', containerPort: 9100 }],
    }),
    ingressClass('openshift-default', 'openshift.io/ingress-to-route'),
    pod('openshift-ingress', 'router-default-0', {
      labels: {
        'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
      },
      hostNetwork: true,
    }),
    storageClass('gp3-csi', 'ebs.csi.aws.com'),
  ],
  talos: [
    ...['10.5.0.2', '10.5.0.3'].map((address, index) =>
      node({
        name: `talos-${index}`,
        address,
        version: 'v1.36.2',
        podCIDR: `10.244.${index}.0/24`,
        osImage: 'Talos (v1.12.1)',
      }),
    ),
    ...apiServer('10.96.0.1', ['10.5.0.2'], 6443),
    ...dns(),
    plugin('kube-flannel-0', { 'k8s-app': 'flannel', tier: 'node' }),
    storageClass('longhorn', 'driver.longhorn.io'),
  ],
  rke2: [
    node({
      name: 'server-1',
      address: '10.30.0.11',
      version: 'v1.36.3+rke2r1',
      podCIDR: '10.42.0.0/24',
      providerID: 'rke2://server-1',
    }),
    ...apiServer('10.43.0.1', ['10.30.0.11'], 6443),
    ...dns({
      name: 'rke2-coredns-rke2-coredns',
      labels: { 'k8s-app': 'kube-dns', 'app.kubernetes.io/name': 'rke2-coredns' },
      selector: rke2Dns,
    }),
    plugin('rke2-canal-0', { 'k8s-app': 'canal' }),
    storageClass('longhorn', 'driver.longhorn.io'),
    ingressClass('nginx', 'k8s.io/ingress-nginx'),
    pod('kube-system', 'rke2-ingress-nginx-controller-0', {
      labels: {
        'app.kubernetes.io/name': 'rke2-ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      },
      ports: [{ containerPort: 80, hostPort: 80 }],
    }),
  ],
  k0s: [
    node({ name: 'k0s-1', address: '10.40.0.5', version: 'v1.36.2+k0s', podCIDR: '10.244.0.0/24' }),
    ...apiServer('10.96.0.1', ['10.40.0.2'], 6443),
    ...dns(),
    plugin('kube-router-0', { 'k8s-app': 'kube-router' }, ['--run-firewall=true']),
    storageClass('openebs', 'openebs.io/local', { expandable: false }),
  ],
};
