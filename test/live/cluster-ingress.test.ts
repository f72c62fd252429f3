import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';

type Exposure = NonNullable<NonNullable<EnvironmentOptions['exposure']>['grafana']>;

const classOf = 'kubernetes.io/ingress.class';

/** The Ingress of Grafana with some options, in a namespace that every cluster has. */
const ingress = (options: Partial<Extract<Exposure, { kind: 'ingress' }>>): string => {
  const { manifests } = build({
    ...minimal,
    exposure: {
      grafana: {
        kind: 'ingress',
        host: 'ops.example.com',
        tlsSecret: 'ops-tls',
        metricsPassword: { secret: 'grafana-metrics', key: 'password' },
        controller: { kind: 'addresses', cidrs: ['10.0.0.0/20'] },
        ...options,
      },
    },
  });
  const found = manifests.find(({ object }) => object.kind === 'Ingress')?.object;
  if (!found) throw new Error('There is no Ingress.');
  return JSON.stringify({ ...found, metadata: { ...found.metadata, namespace: 'default' } });
};

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());

const apply = (text: string) =>
  cluster.kubectl(['apply', '--dry-run=server', '--validate=strict', '-f', '-'], text);

it.each([
  ['without a class', {}],
  ['with a class and a path', { ingressClass: 'nginx', path: '/grafana' }],
  ['with several hosts', { otherHosts: ['dashboards.example.com'] }],
  ['with the certificate of its controller', { tlsSecret: { heldBy: 'controller' as const } }],
  ['without TLS of its own', { tlsSecret: { heldBy: 'load-balancer' as const } }],
  ['with the class in an annotation', { annotations: { [classOf]: 'gce' } }],
  ['with the same class twice', { ingressClass: 'nginx', annotations: { [classOf]: 'nginx' } }],
])('the API server accepts an Ingress %s', async (_, options) => {
  const { failed, stderr } = await apply(ingress(options));
  // The annotation is deprecated, but some controllers read only the annotation.
  expect({ failed, stderr }).toEqual({
    failed: false,
    stderr: expect.not.stringContaining('rror'),
  });
});

it('the API server rejects an Ingress with two different classes, as the check ingress does', async () => {
  const text = ingress({ ingressClass: 'nginx', annotations: { [classOf]: 'traefik' } });
  const { failed, stderr } = await apply(text);
  expect(failed).toBe(true);
  expect(stderr).toContain('must match `ingressClassName` when both are specified');
});
