import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { loadChecks } from '../../src/load-checks.js';
import { inputOf, type Mutable } from '../checks/input.js';
import { build, minimal } from '../environment.js';

const { checks } = await loadChecks();

type Cluster = Partial<EnvironmentOptions['cluster']>;

const storageClass = { name: 'fast', expandable: true };

const on = (
  platform: EnvironmentOptions['cluster']['platform'],
  cluster: Cluster = {},
  more: Partial<EnvironmentOptions> = {},
): EnvironmentOptions => ({
  ...minimal,
  ...more,
  cluster: { ...minimal.cluster, platform, storageClass, ...cluster },
});

const findingsOf = (options: EnvironmentOptions): string[] =>
  validate(options, 'test', 'environments/test.ts').findings.map(
    ({ place, remedy }) => `${place.path}: ${remedy}`,
  );

const generic: Cluster = {
  dns: { pods: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, port: 53 },
  kubelet: { kind: 'cluster-ca' },
  apiServer: { ...minimal.cluster.apiServer, endpointPort: 6443 },
};

const deployed = { nodeAgents: { kind: 'deployed' } } as const;

const jobsOf = (options: EnvironmentOptions): readonly string[] => build(options).jobs;

const daemonSets = (options: EnvironmentOptions): string[] =>
  build(options).manifests.flatMap(({ object }) =>
    object.kind === 'DaemonSet' ? object.metadata.name : [],
  );

describe('a cluster is accepted', () => {
  test.each<[string, EnvironmentOptions]>([
    ['minikube with its own storage class', on('minikube', { storageClass: undefined })],
    ['minikube with an exposed control plane', on('minikube', { controlPlane: 'exposed' })],
    [
      'minikube with cAdvisor and Docker',
      on(
        'minikube',
        {},
        { containerMetrics: 'cadvisor', cadvisor: { runtime: { kind: 'docker' } } },
      ),
    ],
    ['RKE2 with an exposed control plane', on('rke2', { controlPlane: 'exposed' })],
    ['RKE2 with cAdvisor', on('rke2', {}, { containerMetrics: 'cadvisor' })],
    ['Talos with an exposed control plane', on('talos', { controlPlane: 'exposed' })],
    [
      'OpenShift with another port of node-exporter',
      on('openshift', {}, { nodeExporter: { port: 9110 } }),
    ],
    [
      'OpenShift without node agents',
      on(
        'openshift',
        {},
        { nodeAgents: { kind: 'none', reason: 'OpenShift monitors its nodes itself' } },
      ),
    ],
    ['OpenShift without node-exporter', on('openshift', {}, { nodeExporter: { enabled: false } })],
    ['GKE Autopilot', on('gke-autopilot', { storageClass: undefined })],
    ['EKS Fargate', on('eks-fargate')],
    ['a generic cluster with all facts', on('generic', generic, deployed)],
    [
      'a generic cluster with CoreDNS behind another port',
      on(
        'generic',
        { ...generic, dns: { ...generic.dns, port: 5353, metricsPort: 9153 } },
        deployed,
      ),
    ],
    [
      'a port of a control plane that is not on nodes',
      on('eks', {}, { nodeExporter: { port: 2379 } }),
    ],
    [
      'a port before one of kube-proxy, without the proxy of node-exporter',
      on(
        'eks',
        {},
        {
          nodeExporter: {
            port: 10255,
            protection: { kind: 'plain', reason: 'a firewall closes it' },
          },
        },
      ),
    ],
  ])('%s', (_, options) => {
    expect(findingsOf(options)).toEqual([]);
  });
});

describe('a cluster is rejected', () => {
  test.each<[string, EnvironmentOptions, string[]]>([
    [
      'OpenShift with the port of its own node-exporter',
      on('openshift'),
      [
        "nodeExporter.port: Set it to another port of the nodes, such as 9110: the node-exporter of OpenShift's own monitoring has 9100.",
      ],
    ],
    [
      'OpenShift with the next port of its own node-exporter',
      on('openshift', {}, { nodeExporter: { port: 9099 } }),
      [
        "nodeExporter.port: Set it to another port of the nodes, such as 9110: the node-exporter of OpenShift's own monitoring has 9100.",
      ],
    ],
    [
      'a port of the kubelet for node-exporter',
      on('kubeadm', {}, { nodeExporter: { port: 10250 } }),
      [
        'nodeExporter.port: Set it to another port of the nodes, such as 9100: the kubelet has 10250.',
      ],
    ],
    [
      'a port before that of the health page of kube-proxy, for the proxy of node-exporter',
      on('eks', {}, { nodeExporter: { port: 10255 } }),
      [
        'nodeExporter.port: Set it to another port of the nodes, such as 9100: the health page of kube-proxy has 10256.',
      ],
    ],
    [
      'a port of the control plane, whose nodes have node agents too',
      on('kubeadm', {}, { nodeExporter: { port: 2379 } }),
      ['nodeExporter.port: Set it to another port of the nodes, such as 9100: etcd has 2379.'],
    ],
    [
      'OpenShift with cAdvisor for containerd',
      on('openshift', {}, { nodeExporter: { port: 9110 }, containerMetrics: 'cadvisor' }),
      [
        "containerMetrics: Set it to 'kubelet', or set cadvisor.runtime: the container runtime of openshift is not known to be containerd.",
      ],
    ],
    [
      'OpenShift with an exposed control plane',
      on('openshift', { controlPlane: 'exposed' }, { nodeExporter: { port: 9110 } }),
      [
        "cluster.controlPlane: Set it to 'loopback', or remove it: on openshift the control plane cannot be scraped.",
      ],
    ],
    [
      'Autopilot with node agents',
      on('gke-autopilot', {}, deployed),
      [
        'nodeAgents: Remove it: on gke-autopilot they cannot run: Autopilot rejects pods with the host network, the host PID namespace and most host paths.',
      ],
    ],
    [
      'Fargate with cAdvisor',
      on('eks-fargate', {}, { containerMetrics: 'cadvisor' }),
      [
        "containerMetrics: Set it to 'kubelet': cAdvisor is a node agent: Fargate runs no DaemonSets, and no pods with host paths or the host network.",
      ],
    ],
    [
      'a generic cluster without facts',
      on('generic', { storageClass: undefined }),
      [
        "cluster.dns.pods: Set it to the pods of the cluster's DNS server, such as { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }: nothing is known about a generic cluster.",
        'cluster.dns.port: Set it to the port of these pods: 53, or that to which their Service maps it: nothing is known about a generic cluster.',
        "cluster.kubelet: Set it to how the certificate of the kubelet can be verified: { kind: 'cluster-ca' } or { kind: 'unverified', reason: '…' }: nothing is known about a generic cluster.",
        'cluster.apiServer.endpointPort: Set it to the port of the API servers, as kubectl get endpointslices -n default shows it: nothing is known about a generic cluster.',
        'cluster.storageClass: Set it to { name, expandable } of a StorageClass of the cluster: nothing is known about a generic cluster.',
        "nodeAgents: Set it to { kind: 'deployed' }, or { kind: 'none', reason: '…' } if pods cannot read the host: nothing is known about a generic cluster.",
      ],
    ],
  ])('%s', (_, options, findings) => {
    expect(findingsOf(options)).toEqual(findings);
  });
});

test('Autopilot has no node agents, and scrapes the kubelet', () => {
  const options = on('gke-autopilot');
  expect(daemonSets(options)).toEqual([]);
  expect(jobsOf(options)).toEqual(expect.arrayContaining(['kubelet', 'cadvisor']));
});

describe('a cluster on EKS with nodes of both kinds', () => {
  const stack = (platform: 'eks' | 'kubeadm') => build(on(platform, {}, deployed));
  const objectsOf = (platform: 'eks' | 'kubeadm') =>
    stack(platform).manifests.map(({ object }) => object as Mutable);
  const kubeletJobs = (platform: 'eks' | 'kubeadm') => {
    const map = objectsOf(platform).find(
      ({ metadata }) => metadata.name === 'crowsnest-prometheus-config',
    );
    return parse(map.data['prometheus.yml']).scrape_configs.filter(({ job_name }: Mutable) =>
      ['kubelet', 'cadvisor', 'kubelet-probes'].includes(job_name),
    );
  };
  const drop = {
    source_labels: ['__meta_kubernetes_node_label_eks_amazonaws_com_compute_type'],
    regex: 'fargate',
    action: 'drop',
  };

  test('has node agents only outside Fargate', () => {
    const sets = objectsOf('eks').filter(({ kind }) => kind === 'DaemonSet');
    expect(sets).toHaveLength(1);
    expect(sets[0].spec.template.spec.affinity.nodeAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] },
            ],
          },
        ],
      },
    });
  });

  test('scrapes no kubelet on Fargate', () => {
    expect(kubeletJobs('eks')).toHaveLength(3);
    for (const job of kubeletJobs('eks')) expect(job.relabel_configs).toContainEqual(drop);
  });

  test('is accepted by all checks', () => {
    const built = stack('eks');
    expect(built.findings).toEqual([]);
    expect(checks.flatMap(({ value }) => value.run(inputOf(built)))).toEqual([]);
  });

  test('differs from other platforms', () => {
    for (const { kind, spec } of objectsOf('kubeadm')) {
      if (kind === 'DaemonSet') expect(spec.template.spec.affinity).toBeUndefined();
    }
    for (const job of kubeletJobs('kubeadm')) expect(job.relabel_configs).not.toContainEqual(drop);
  });
});

test('Fargate has neither node agents nor metrics of the kubelet', () => {
  const options = on('eks-fargate');
  expect(daemonSets(options)).toEqual([]);
  expect(jobsOf(options).filter((job) => /kubelet|cadvisor|node-exporter/.test(job))).toEqual([]);
});

test('Talos has no pods of etcd, and RKE2 runs kube-proxy as a static pod', () => {
  expect(jobsOf(on('talos', { controlPlane: 'exposed' }))).not.toContain('etcd');
  const { parties } = build(on('rke2', { controlPlane: 'exposed' }));
  expect(parties.find(({ name }) => name === 'kube-proxy')?.workloads['kube-proxy']).toMatchObject({
    labels: { component: 'kube-proxy' },
  });
});

test('OpenShift must allow the users of the images, in both namespaces', () => {
  const { prerequisites } = build(on('openshift', {}, { nodeExporter: { port: 9110 } }));
  expect(
    prerequisites
      .filter(({ kind }) => kind === 'SecurityContextConstraints')
      .map(({ namespace, name }) => `${namespace}: ${name}`),
  ).toEqual(['crowsnest-agents: privileged', 'crowsnest: nonroot-v2']);
});
