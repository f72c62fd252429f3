import type { KubernetesObject } from '../../src/model/manifest.js';
import { engineBinary } from '../engines/installation.js';
import type { StaticImage } from './image-archive.js';
import { network } from './node-network.js';

const metadata = { name: 'coredns', namespace: 'kube-system' };
const labels = { 'k8s-app': 'kube-dns' };
const reference = 'registry.k8s.io/coredns/coredns:v1.14.2';

/** The image of the name server. */
export const dnsImage = async (): Promise<StaticImage> => ({
  reference,
  binary: await engineBinary('coredns'),
  entrypoint: '/coredns',
  user: '65532:65532',
});

/** The name server as kubeadm deploys it, with one replica. */
export const clusterDns: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      {
        apiGroups: [''],
        resources: ['services', 'pods', 'namespaces'],
        verbs: ['list', 'watch'],
      },
      {
        apiGroups: ['discovery.k8s.io'],
        resources: ['endpointslices'],
        verbs: ['list', 'watch'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'system:coredns',
    },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: {
      Corefile: `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa
  prometheus :9153
  cache 30
}
`,
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, name: 'kube-dns', labels },
    spec: {
      clusterIP: network.dns,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
        { name: 'metrics', port: 9153, protocol: 'TCP' },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, labels },
    spec: {
      serviceAccountName: metadata.name,
      dnsPolicy: 'Default',
      containers: [
        {
          name: 'coredns',
          image: reference,
          args: ['-conf', '/etc/coredns/Corefile'],
          ports: [
            { name: 'dns', containerPort: 53, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
            { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
          ],
          readinessProbe: { httpGet: { path: '/ready', port: 8181 } },
          volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: metadata.name } }],
    },
  },
];
