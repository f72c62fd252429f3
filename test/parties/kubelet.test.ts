import { expect, test } from 'vitest';
import { kubelet } from '../../src/parties/kubelet.js';
import { environmentOf } from './environment.js';

test('the kubelet is on every node, with three metrics pages that require a token', () => {
  expect(kubelet(environmentOf())[0]).toMatchInlineSnapshot(`
    {
      "consumes": [],
      "endpoints": {
        "api": {
          "authentication": {
            "grants": [
              {
                "apiGroups": [
                  "",
                ],
                "resources": [
                  "nodes/metrics",
                ],
                "verbs": [
                  "get",
                ],
              },
            ],
            "kind": "token",
          },
          "offers": [
            {
              "capability": "metrics",
              "keep": "used",
              "path": "/metrics",
              "sampleLimit": 200000,
            },
            {
              "capability": "metrics",
              "catalogue": "kubelet-cadvisor",
              "honorTimestamps": false,
              "job": "cadvisor",
              "keep": "used",
              "path": "/metrics/cadvisor",
              "sampleLimit": 200000,
            },
            {
              "capability": "metrics",
              "job": "kubelet-probes",
              "path": "/metrics/probes",
            },
          ],
          "port": 10250,
          "scheme": "https",
          "verification": {
            "kind": "unverified",
            "reason": "kind leaves the kubelet with a self-signed certificate",
          },
        },
      },
      "name": "kubelet",
      "workloads": {
        "kubelet": {
          "kind": "nodes",
        },
      },
    }
  `);
});

test.each(['k3s', 'eks', 'aks'] as const)(
  'the certificate authority of %s signs the certificate of the kubelet',
  (platform) => {
    const { api } = kubelet(environmentOf({}, { platform }))[0]!.endpoints;
    expect(api?.verification).toEqual({ kind: 'cluster-ca' });
  },
);

test.each([
  ['kubeadm', 'kubeadm leaves the kubelet with a self-signed certificate'],
  ['kind', 'kind leaves the kubelet with a self-signed certificate'],
  ['minikube', 'minikube leaves the kubelet with a self-signed certificate'],
  ['rke2', 'RKE2 does not document which certificate authority signs it'],
  ['talos', 'Talos leaves the kubelet with a self-signed certificate by default'],
  [
    'openshift',
    "OpenShift's certificate authority of the kubelets is not that of service accounts",
  ],
  ['gke-autopilot', 'GKE documents no certificate authority for the serving certificate'],
  ['gke', 'GKE documents no certificate authority for the serving certificate'],
] as const)('the certificate of %s cannot be verified, with a reason', (platform, reason) => {
  const { api } = kubelet(environmentOf({}, { platform }))[0]!.endpoints;
  expect(api?.verification).toEqual({ kind: 'unverified', reason });
});

test('it does not offer the metrics of containers if cAdvisor does', () => {
  const { api } = kubelet(environmentOf({ containerMetrics: 'cadvisor' }))[0]!.endpoints;
  expect(api?.offers).toMatchObject([
    { path: '/metrics' },
    { path: '/metrics/probes', job: 'kubelet-probes' },
  ]);
});

test('its verification can be stated', () => {
  const [party] = kubelet(environmentOf({}, { platform: 'rke2', kubelet: { kind: 'cluster-ca' } }));
  expect(party?.endpoints.api?.verification).toEqual({ kind: 'cluster-ca' });
});

test('pods on Fargate cannot reach it', () => {
  expect(kubelet(environmentOf({}, { platform: 'eks-fargate' }))).toEqual([]);
});
