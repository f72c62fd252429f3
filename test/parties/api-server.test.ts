import { expect, test } from 'vitest';
import type { platforms } from '../../src/config/platforms.js';
import { apiServer } from '../../src/parties/api-server.js';
import { minimal } from '../environment.js';
import { environmentOf } from './environment.js';

type Platform = keyof typeof platforms;

test('the API server has two workloads: its Service, and the servers behind it', () => {
  expect(apiServer(environmentOf()).workloads).toMatchInlineSnapshot(`
    {
      "servers": {
        "cidrs": [
          "172.18.0.2/32",
        ],
        "ciliumEntity": "kube-apiserver",
        "kind": "addresses",
        "service": {
          "name": "kubernetes",
          "namespace": "default",
        },
      },
      "service": {
        "cidrs": [
          "10.96.0.1/32",
        ],
        "ciliumEntity": "kube-apiserver",
        "kind": "addresses",
      },
    }
  `);
});

test('both offer the API, and the servers offer metrics to clients with the right to read them', () => {
  expect(apiServer(environmentOf()).endpoints).toMatchInlineSnapshot(`
    {
      "api": {
        "offers": [
          {
            "capability": "kubernetes-api",
          },
        ],
        "port": 6443,
        "scheme": "https",
        "workload": "servers",
      },
      "metrics": {
        "authentication": {
          "grants": [
            {
              "nonResourceURLs": [
                "/metrics",
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
            "catalogue": "kube-apiserver",
            "keep": "used",
            "path": "/metrics",
            "sampleLimit": 200000,
          },
        ],
        "port": 6443,
        "scheme": "https",
        "verification": {
          "kind": "cluster-ca",
          "serverName": "kubernetes",
        },
        "workload": "servers",
      },
      "service": {
        "offers": [
          {
            "capability": "kubernetes-api",
          },
        ],
        "port": 443,
        "scheme": "https",
        "workload": "service",
      },
    }
  `);
});

test.each([
  ['10.96.0.1', '10.96.0.1/32'],
  ['fd00:96::1', 'fd00:96::1/128'],
])('the Service at %s has the block %s', (serviceAddress, block) => {
  const environment = environmentOf(
    {},
    { apiServer: { ...minimal.cluster.apiServer, serviceAddress } },
  );
  expect(apiServer(environment).workloads.service).toMatchObject({ cidrs: [block] });
});

test.each([
  ['kubeadm', 6443],
  ['kind', 6443],
  ['minikube', 8443],
  ['rke2', 6443],
  ['talos', 6443],
  ['openshift', 6443],
  ['k3s', 6443],
  ['eks', 443],
  ['gke', 443],
  ['aks', 443],
] satisfies [Platform, number][])('on %s the servers listen on %i', (platform, port) => {
  const { service, api, metrics } = apiServer(environmentOf({}, { platform })).endpoints;
  expect([service, api, metrics].map((endpoint) => endpoint?.port)).toEqual([443, port, port]);
});

test('the servers listen on the configured port', () => {
  const environment = environmentOf(
    {},
    { apiServer: { ...minimal.cluster.apiServer, endpointPort: 7443 } },
  );
  const { service, api, metrics } = apiServer(environment).endpoints;
  expect([service, api, metrics].map((endpoint) => endpoint?.port)).toEqual([443, 7443, 7443]);
});
