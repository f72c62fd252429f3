import { expect, test } from 'vitest';
import {
  type KubeRbacProxyOptions,
  kubeRbacProxy,
  proxyRules,
  proxyVerification,
} from '../../src/components/node-exporter/kube-rbac-proxy.js';
import { workload } from '../../src/kubernetes/workload.js';
import { required } from '../../src/model/consumption.js';
import { health, metrics } from '../../src/model/offer.js';
import type { Component } from '../../src/model/party.js';
import { full } from '../checks/full.js';
import type { Whole } from '../checks/whole.js';
import { minimal } from '../environment.js';
import { synthesize } from './synthesis.js';

const all: Whole<KubeRbacProxyOptions> = {
  endpoints: ['metrics', 'proxy-health'],
  port: 8443,
  healthPort: 8444,
  upstream: 'http://127.0.0.1:8080/',
  audience: 'guarded',
  resources: { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' },
};

/** A component with metrics behind the proxy. */
const guarded: Component = {
  name: 'guarded',
  endpoints: {
    metrics: { port: 8443, ...proxyVerification('guarded'), offers: [metrics()] },
    'proxy-health': { port: 8444, scheme: 'https', offers: [health('/healthz')] },
  },
  consumes: [required('kubernetes-api', { rules: proxyRules })],
  render: (scope, wiring) =>
    workload(scope, wiring, 'guarded', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'guarded',
          image: { reference: 'registry.example.com/guarded:1.2.3', user: 1000, group: 1000 },
          args: ['--listen=127.0.0.1:8080'],
          resources: all.resources,
        },
        kubeRbacProxy(all),
      ],
    }),
};

test.each([
  ['default', minimal],
  ['all', full],
])(
  'the manifests of a workload behind the proxy match the snapshot: %s',
  async (name, environment) => {
    const { review } = synthesize(guarded, environment);
    await expect(review).toMatchFileSnapshot(`./snapshots/kube-rbac-proxy-${name}.yaml`);
  },
);

test('only the proxy has a token, and may only review tokens and access', () => {
  const { objects } = synthesize(guarded);
  const { containers } = objects.find(({ kind }) => kind === 'Deployment')!.spec.template.spec;
  expect(containers[0].volumeMounts).toBeUndefined();
  expect(containers[1].volumeMounts).toMatchObject([{ name: 'api-access', readOnly: true }]);
  const { rules } = objects.find(({ kind }) => kind === 'ClusterRole')!;
  expect(
    rules.map(({ resources, verbs }: { resources: string[]; verbs: string[] }) => [
      ...resources,
      ...verbs,
    ]),
  ).toEqual([
    ['tokenreviews', 'create'],
    ['subjectaccessreviews', 'create'],
  ]);
});

test('a client needs a token for this audience, and the right to read the metrics', () => {
  expect(proxyVerification('guarded').authentication).toEqual({
    kind: 'token',
    audience: 'guarded',
    grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  });
  expect(kubeRbacProxy(all).args).toContain('--auth-token-audiences=guarded');
});
