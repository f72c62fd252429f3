import { expect, test } from 'vitest';
import { controlPlane } from '../../src/parties/control-plane.js';
import { environmentOf } from './environment.js';

test.each(['kubeadm', 'kind'] as const)(
  'on %s the parts of the control plane listen on loopback, and are no parties',
  (platform) => {
    expect(controlPlane(environmentOf({}, { platform }))).toEqual([]);
  },
);

const exposed = controlPlane(environmentOf({}, { platform: 'kubeadm', controlPlane: 'exposed' }));

test.each([
  ['kube-scheduler', { component: 'kube-scheduler' }, 10259, 'https'],
  ['kube-controller-manager', { component: 'kube-controller-manager' }, 10257, 'https'],
  ['etcd', { component: 'etcd' }, 2381, undefined],
  ['kube-proxy', { 'k8s-app': 'kube-proxy' }, 10249, undefined],
])('exposed, %s is found by its pods on the host network', (name, labels, port, scheme) => {
  const { workloads, endpoints } = exposed.find((party) => party.name === name)!;
  expect(workloads).toEqual({
    [name]: { kind: 'pods', namespace: 'kube-system', labels, hostNetwork: true },
  });
  expect(endpoints.metrics).toMatchObject({ port, offers: [{ path: '/metrics' }] });
  expect(endpoints.metrics?.scheme).toBe(scheme);
});

test('exposed, there is nothing else', () => {
  expect(exposed).toHaveLength(4);
});

test('what speaks https asks for a token, and signs its certificate itself', () => {
  for (const { endpoints } of exposed) {
    const { scheme, authentication, verification } = endpoints.metrics!;
    if (scheme !== 'https') {
      expect([authentication, verification]).toEqual([undefined, undefined]);
      continue;
    }
    expect(authentication).toEqual({
      kind: 'token',
      grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    });
    expect(verification).toMatchObject({ kind: 'unverified', reason: expect.any(String) });
  }
});
