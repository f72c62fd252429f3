import { describe, expect, test } from 'vitest';
import { type Fact, platformOf, platforms } from '../../src/config/platforms.js';

const names = Object.keys(platforms) as (keyof typeof platforms)[];

const facts = names.flatMap((platform) =>
  Object.entries<Fact<unknown>>(platforms[platform]).map(([name, fact]) => ({
    title: `${platform} ${name}`,
    fact,
  })),
);

describe('a fact about a platform', () => {
  test.each(facts)('has a page as its source: $title', ({ fact }) => {
    const { protocol, hostname, pathname } = new URL(fact.source);
    expect(protocol).toBe('https:');
    expect(hostname).toMatch(/\.[a-z]+$/);
    expect(pathname.length).toBeGreaterThan(1);
  });

  test('has a reason why the certificate of a kubelet is not verified', () => {
    const reasons = names.flatMap((name) => {
      const { value } = platformOf(name).kubelet;
      return value.kind === 'unverified' ? value.reason : [];
    });
    expect(reasons.filter((reason) => reason.length < 20)).toEqual([]);
  });

  test('names the nodes on which pods may not use host paths', () => {
    const refusing = names.map((name) => [name, platformOf(name).noNodeAgentsOn.value.join(', ')]);
    expect(refusing.filter(([, kinds]) => kinds !== '')).toEqual([
      ['eks', 'Fargate'],
      ['gke', 'Autopilot'],
      ['aks', 'Automatic, virtual nodes'],
    ]);
  });

  test('is listed here for comparison', () => {
    const rows = names.map((name) => {
      const { dns, kubelet, apiServerPort, controlPlane, containerdSocket, storageClass } =
        platformOf(name);
      return [
        name,
        dns.value.name,
        kubelet.value.kind,
        apiServerPort.value,
        controlPlane.value,
        containerdSocket?.value ?? 'no containerd',
        storageClass
          ? `${storageClass.value.name}${storageClass.value.expandable ? ', expandable' : ''}`
          : 'no default class',
      ].join(' | ');
    });
    expect(rows).toMatchInlineSnapshot(`
      [
        "kubeadm | coredns | unverified | 6443 | pods | /run/containerd/containerd.sock | no default class",
        "kind | coredns | unverified | 6443 | pods | /run/containerd/containerd.sock | standard",
        "k3s | coredns | cluster-ca | 6443 | hidden | /run/k3s/containerd/containerd.sock | local-path",
        "eks | coredns | cluster-ca | 443 | hidden | /run/containerd/containerd.sock | no default class",
        "eks-fargate | coredns | unreachable | 443 | hidden | /run/containerd/containerd.sock | no default class",
        "gke | kube-dns | unverified | 443 | hidden | /run/containerd/containerd.sock | standard-rwo, expandable",
        "gke-autopilot | kube-dns | unverified | 443 | hidden | /run/containerd/containerd.sock | standard-rwo, expandable",
        "minikube | coredns | unverified | 8443 | pods | no containerd | standard",
        "rke2 | coredns | unverified | 6443 | pods | /run/k3s/containerd/containerd.sock | no default class",
        "talos | coredns | unverified | 6443 | pods | /run/containerd/containerd.sock | no default class",
        "openshift | coredns | unverified | 6443 | hidden | no containerd | no default class",
        "aks | coredns | cluster-ca | 443 | hidden | /run/containerd/containerd.sock | default, expandable",
      ]
    `);
  });
});
