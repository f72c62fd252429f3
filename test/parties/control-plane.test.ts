import { expect, test } from 'vitest';
import { kubeadmConfiguration, listening } from '../../src/config/control-plane.js';
import { controlPlane } from '../../src/parties/control-plane.js';
import { environmentOf } from './environment.js';

test.each(['kubeadm', 'kind'] as const)(
  'on %s the control plane listens on loopback, and has no parties',
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
])('if exposed, %s is discovered by its pods on the host network', (name, labels, port, scheme) => {
  const { workloads, endpoints } = exposed.find((party) => party.name === name)!;
  expect(workloads).toEqual({
    [name]: { kind: 'pods', namespace: 'kube-system', labels, hostNetwork: true },
  });
  expect(endpoints.metrics).toMatchObject({
    port,
    offers: [{ path: '/metrics', keep: { also: expect.any(Array) } }],
  });
  expect(endpoints.metrics?.scheme).toBe(scheme);
});

test('if exposed, each has a setting that makes it listen on that port', () => {
  const ports = Object.fromEntries(
    exposed.map(({ name, endpoints }) => [name, endpoints.metrics?.port]),
  );
  expect(Object.fromEntries(listening.map(({ name, port }) => [name, port]))).toEqual(ports);
  for (const { name, setting } of listening) {
    const [flag = '', value = ''] = setting.replace(/^--/, '').split(/=|: /);
    expect([name, kubeadmConfiguration]).toEqual([name, expect.stringContaining(flag)]);
    expect([name, kubeadmConfiguration]).toEqual([name, expect.stringContaining(value)]);
  }
});

test('if exposed, there are no other parties', () => {
  expect(exposed).toHaveLength(4);
});

test('servers with https require a token, and have self-signed certificates', () => {
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
