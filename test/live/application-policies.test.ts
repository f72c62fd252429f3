import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { systemProgram } from '../engines/debian.js';
import { repository } from '../output/command.js';
import { exampleObjects } from './example-service-server.js';
import { canMakeMachine } from './node-machine.js';
import { startPolicyController } from './node-policy.js';
import { bystander, bystanderImage } from './pods-bystanders.js';
import { isReady, type NodeCluster, startNode } from './pods-cluster.js';
import { podNetworks, tryConnections } from './pods-inside.js';
import { eventually } from './wait.js';

/** A connection: the namespace and name of two pods, and a port. */
type Tried = readonly [from: string, to: string, port: number];

/** What the policies of the namespace allowed before. */
const existing: readonly Tried[] = [
  ['shop/web', 'shop/orders', 8080],
  ['shop/orders', 'shop/orders-db', 5432],
];

/** What the declaration of the application needs. */
const declared: readonly Tried[] = [
  ['crowsnest/prometheus', 'shop/orders', 9464],
  ['crowsnest/blackbox-exporter', 'shop/orders', 8080],
  ['shop/orders', 'crowsnest/jaeger', 4317],
];

/** What neither of them needs. */
const others: readonly Tried[] = [
  ['shop/web', 'shop/orders', 9464],
  ['shop/web', 'shop/orders-db', 5432],
  ['shop/web', 'crowsnest/jaeger', 4317],
  ['shop/orders-db', 'shop/web', 8080],
  ['crowsnest/prometheus', 'shop/orders', 8080],
  ['crowsnest/prometheus', 'shop/orders-db', 5432],
  ['crowsnest/blackbox-exporter', 'shop/orders', 9464],
  ['crowsnest/jaeger', 'shop/orders', 9464],
  ['shop/orders', 'crowsnest/prometheus', 9090],
  ['crowsnest/prometheus', 'shop/web', 8080],
];

const policy = (name: string, spec: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name },
  spec,
});

const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const tcp = (port: number) => [{ protocol: 'TCP', port }];

/** The policies that the namespace has of its own. */
const ownPolicies: readonly KubernetesObject[] = [
  policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('orders', {
    ...app('orders'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [app('web')], ports: tcp(8080) }],
    egress: [{ to: [app('orders-db')], ports: tcp(5432) }],
  }),
  policy('web', { ...app('web'), policyTypes: ['Egress'], egress: [{ to: [app('orders')] }] }),
  policy('orders-db', {
    ...app('orders-db'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [app('orders')], ports: tcp(5432) }],
  }),
];

const stackLabels = (component: string) => ({
  'app.kubernetes.io/name': component,
  'app.kubernetes.io/instance': 'crowsnest',
  'app.kubernetes.io/component': component,
});

const pods: readonly KubernetesObject[] = [
  bystander('shop', 'orders', { app: 'orders' }, 8080, 9464),
  bystander('shop', 'web', { app: 'web' }, 8080),
  bystander('shop', 'orders-db', { app: 'orders-db' }, 5432),
  bystander('crowsnest', 'prometheus', stackLabels('prometheus'), 9090),
  bystander('crowsnest', 'blackbox-exporter', stackLabels('blackbox-exporter'), 9115),
  bystander('crowsnest', 'jaeger', stackLabels('jaeger'), 4317),
];

const titleOf = ([from, to, port]: Tried): string => `${from} to ${to} ${port}`;

describe.skipIf(!canMakeMachine)(
  'the policies of an application in a default-deny namespace',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
    let cluster: NodeCluster;

    const create = (items: readonly KubernetesObject[]) =>
      cluster.controlPlane.kubectl(
        ['apply', '--server-side', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );

    /** The connections that succeed. */
    const open = async (): Promise<string[]> => {
      const running = await cluster.pods();
      const networks = await podNetworks(cluster.machine);
      const address = (pod: string): string => running.get(pod)!.status.podIP;
      const all = [...existing, ...declared, ...others];
      const answers = await Promise.all(
        all.map(async ([from, to, port]) => {
          const target = { address: address(to), port, protocol: 'TCP' } as const;
          const source = networks.get(address(from))!;
          return (await tryConnections(cluster.machine, source, [target]))[0];
        }),
      );
      return all.filter((_, index) => answers[index] === 'open').map(titleOf);
    };

    const untilOpen = (what: string, wanted: readonly Tried[]) =>
      eventually(what, async () => {
        expect((await open()).sort()).toEqual(wanted.map(titleOf).sort());
        return true;
      });

    beforeAll(async () => {
      cluster = await startNode(folder, [
        { ...bystanderImage, binary: await systemProgram('busybox') },
      ]);
      const namespaces = ['shop', 'crowsnest'];
      await create([
        ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
        // The controller that creates them can take longer than the first pod.
        ...namespaces.map((namespace) => ({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { namespace, name: 'default' },
        })),
        ...pods,
      ]);
      await eventually('the pods are ready', async () => {
        const all = [...(await cluster.pods()).values()];
        return (all.length === pods.length && all.every(isReady)) || undefined;
      });
    });
    afterAll(async () => {
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('the API server accepts the manifests of the example service', async () => {
      const file = join(repository, 'examples/service/kubernetes.yaml');
      const { kubectl } = cluster.controlPlane;
      expect(await kubectl(['apply', '--dry-run=server', '--validate=strict', '-f', file])).toBe(
        'deployment.apps/orders created (server dry run)\nservice/orders created (server dry run)\n',
      );
    });

    it('without any policy, every connection is open', async () => {
      await untilOpen('all are open', [...existing, ...declared, ...others]);
    });

    it('with the policies of the namespace alone, the stack reaches nothing there', async () => {
      await create(ownPolicies);
      await startPolicyController(cluster.machine, cluster.controlPlane);
      await untilOpen('its own traffic is open', existing);
    });

    it('with the generated ones, its own traffic still flows, and only the declared one is added', async ({
      annotate,
    }) => {
      const generated = (await exampleObjects()).filter(({ kind }) => kind === 'NetworkPolicy');
      const added = generated.filter(({ metadata }) => metadata.namespace === 'shop');
      expect(added).toHaveLength(1);
      await create(
        generated.filter(({ metadata }) => /^(shop|crowsnest)$/.test(`${metadata.namespace}`)),
      );
      await untilOpen('the declared traffic is open', [...existing, ...declared]);
      await annotate(
        `${existing.length} connections of the namespace, ${declared.length} declared ones, ${others.length} others, which stay denied`,
        'figure',
      );
    });
  },
);
