import { describe, expect, test } from 'vitest';
import { detectPlatform } from '../../src/cluster/platform.js';
import { recognized } from '../../src/cluster/platform-rules.js';
import { platforms } from '../../src/config/platforms.js';
import { clusters } from './clusters.js';
import { readingOf } from './environments.js';
import { type NodeOptions, node } from './objects.js';

const detected = (...nodes: readonly Partial<NodeOptions>[]) =>
  detectPlatform(
    readingOf(
      nodes.map((one, index) =>
        node({ name: `node-${index}`, address: '10.0.0.1', version: 'v1.36.1', ...one }),
      ),
    ),
  );

describe('the platform', () => {
  test('has a rule if it is not generic', () => {
    expect(recognized().sort()).toEqual(Object.keys(platforms).sort());
  });

  test.each(Object.entries(clusters))('of %s is recognized', (name, objects) => {
    const { value, distribution } = detectPlatform(readingOf(objects));
    expect(distribution ?? value).toBe(name);
  });

  test.each<[string, Partial<NodeOptions>, string]>([
    ['a node of a cloud alone', { providerID: 'aws:///eu-west-1a/i-0' }, 'generic'],
    ['EKS Anywhere', { version: 'v1.34.1-eks-7d6f6ec', providerID: 'vsphere://4' }, 'generic'],
    [
      'a self-managed node of EKS',
      { version: 'v1.36.2-eks-7d6f6ec', providerID: 'aws:///eu-west-1a/i-0' },
      'eks',
    ],
    [
      'Kubernetes on virtual machines of Azure',
      { providerID: 'azure:///subscriptions/0' },
      'generic',
    ],
    ['MicroK8s', { labels: { 'microk8s.io/cluster': 'true' } }, 'generic'],
    ['kOps on AWS', { labels: { 'kops.k8s.io/instancegroup': 'nodes' } }, 'generic'],
    ['RKE2, whose labels are those of k3s', { version: 'v1.36.3+rke2r1' }, 'rke2'],
    ['OKD on Fedora', { labels: { 'node.openshift.io/os_id': 'fedora' } }, 'openshift'],
  ])('of %s is %s', (_, options, platform) => {
    expect(detected(options).value).toBe(platform);
  });

  test('of a cluster without nodes is generic, without a claim', () => {
    expect(detectPlatform(readingOf([]))).toEqual({
      value: 'generic',
      from: 'no sign of another platform',
      notes: [],
    });
  });

  test('of EKS with some nodes of Fargate is EKS, with a note', () => {
    const ec2 = { labels: { 'eks.amazonaws.com/nodegroup': 'a' } };
    const fargate = {
      name: 'fargate-ip-10-0-0-9.internal',
      labels: { 'eks.amazonaws.com/compute-type': 'fargate' },
    };
    expect(detected(ec2, fargate)).toMatchObject({
      value: 'eks',
      notes: ['1 of 2 nodes are Fargate, on which node agents cannot run.'],
    });
  });

  test('of GKE with some nodes of Autopilot is GKE, with a note', () => {
    const labels = { 'cloud.google.com/gke-nodepool': 'a' };
    const notes = detected({ labels }, { name: 'gk3-a', labels });
    expect(notes).toMatchObject({ value: 'gke', notes: [expect.stringMatching(/^1 of 2 nodes/)] });
  });
});
