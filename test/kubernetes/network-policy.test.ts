import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { defaultDeny, networkPolicy } from '../../src/kubernetes/network-policy.js';
import type { Allowance, Isolation } from '../../src/model/isolation.js';
import type { Location, PodLocation } from '../../src/model/location.js';
import { drawn, only } from './chart.js';

const cart: PodLocation = { kind: 'pods', namespace: 'shop', labels: { app: 'cart' } };
const nodes: Location = { kind: 'nodes' };
const nodeCidrs = ['172.18.0.0/16', 'fd00::/64'];
const open = (peer: Location, port = 80): Allowance => ({
  peer,
  ports: [{ port, protocol: 'TCP' }],
});

const policies = (isolation: Partial<Isolation>, plugin: 'kubernetes' | 'cilium' = 'kubernetes') =>
  drawn((scope) =>
    networkPolicy(
      scope,
      'nest-cart',
      {
        party: 'cart',
        workload: 'cart',
        pods: cart,
        own: true,
        ingress: [],
        egress: [],
        ...isolation,
      },
      { team: 'observability' },
      { plugin, nodeCidrs },
    ),
  );

test('a namespace of the stack denies all traffic in both directions', () => {
  const [object] = drawn((scope) => defaultDeny(scope, 'nest', 'watch', { team: 'observability' }));
  expect(stringify(object)).toMatchInlineSnapshot(`
    "apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      labels:
        team: observability
      name: nest-default-deny
      namespace: watch
    spec:
      podSelector: {}
      policyTypes:
        - Ingress
        - Egress
    "
  `);
});

test('a policy selects the pods of its workload, and has both directions with ports', () => {
  const mesh: Allowance = {
    peer: cart,
    ports: [
      { port: 9094, protocol: 'TCP' },
      { port: 9094, protocol: 'UDP' },
    ],
  };
  expect(stringify(policies({ ingress: [mesh], egress: [mesh] })[0])).toMatchInlineSnapshot(`
    "apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      labels:
        team: observability
      name: nest-cart
      namespace: shop
    spec:
      egress:
        - ports:
            - port: 9094
              protocol: TCP
            - port: 9094
              protocol: UDP
          to:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app: cart
      ingress:
        - from:
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: shop
              podSelector:
                matchLabels:
                  app: cart
          ports:
            - port: 9094
              protocol: TCP
            - port: 9094
              protocol: UDP
      podSelector:
        matchLabels:
          app: cart
      policyTypes:
        - Ingress
        - Egress
    "
  `);
});

test('pods without connections have no ingress and no egress', () => {
  expect(only(policies({}), 'NetworkPolicy').spec).toEqual({
    podSelector: { matchLabels: { app: 'cart' } },
    policyTypes: ['Ingress', 'Egress'],
  });
});

describe('a peer', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
  const asNodes = [{ ipBlock: { cidr: '172.18.0.0/16' } }, { ipBlock: { cidr: 'fd00::/64' } }];

  test.each<[string, Location, object[]]>([
    [
      'in pods is selected by namespace and labels',
      cart,
      [{ namespaceSelector, podSelector: { matchLabels: { app: 'cart' } } }],
    ],
    [
      'on the host network is allowed by the addresses of all nodes',
      { ...cart, hostNetwork: true },
      asNodes,
    ],
    ['on the nodes is allowed by their addresses', nodes, asNodes],
    [
      'at addresses is allowed by each block, without its exceptions',
      {
        kind: 'addresses',
        cidrs: ['10.0.0.0/16', '10.1.0.0/16', 'fd00::/16'],
        except: ['10.0.7.0/24', '10.0.8.0/24', 'fd00:7::/32'],
      },
      [
        { ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.7.0/24', '10.0.8.0/24'] } },
        { ipBlock: { cidr: '10.1.0.0/16' } },
        { ipBlock: { cidr: 'fd00::/16', except: ['fd00:7::/32'] } },
      ],
    ],
    [
      'with an exception that is larger than its block is not opened',
      { kind: 'addresses', cidrs: ['10.0.0.0/16'], except: ['8.0.0.0/6'] },
      [{ ipBlock: { cidr: '10.0.0.0/16', except: ['8.0.0.0/6'] } }],
    ],
  ])('%s', (_, peer, expected) => {
    const { spec } = only(
      policies({ ingress: [open(peer)], egress: [open(peer)] }),
      'NetworkPolicy',
    );
    const ports = [{ port: 80, protocol: 'TCP' }];
    expect([spec.ingress, spec.egress]).toEqual([
      [{ from: expected, ports }],
      [{ to: expected, ports }],
    ]);
  });
});

describe('in a foreign namespace', () => {
  test.each([
    ['only receive', { ingress: [open(cart)] }, ['Ingress']],
    ['only send', { egress: [open(cart)] }, ['Egress']],
    ['do both', { ingress: [open(cart)], egress: [open(cart)] }, ['Ingress', 'Egress']],
  ])('pods that %s are isolated only in the necessary directions', (_, rules, policyTypes) => {
    expect(policies({ own: false, ...rules })[0]?.spec.policyTypes).toEqual(policyTypes);
  });

  test('pods without connections to the stack get no policy', () => {
    expect(policies({ own: false })).toEqual([]);
  });
});

describe('with Cilium', () => {
  const apiServer: Location = {
    kind: 'addresses',
    cidrs: ['10.96.0.1/32'],
    ciliumEntity: 'kube-apiserver',
  };

  test('nodes and the API server are allowed as Cilium entities', () => {
    const objects = policies(
      { ingress: [open(nodes, 3000)], egress: [open(nodes, 10250), open(apiServer, 443)] },
      'cilium',
    );
    expect(stringify(only(objects, 'CiliumNetworkPolicy'))).toMatchInlineSnapshot(`
      "apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata:
        labels:
          team: observability
        name: nest-cart-entities
        namespace: shop
      spec:
        egress:
          - toEntities:
              - host
              - remote-node
            toPorts:
              - ports:
                  - port: "10250"
                    protocol: TCP
          - toEntities:
              - kube-apiserver
            toPorts:
              - ports:
                  - port: "443"
                    protocol: TCP
        endpointSelector:
          matchLabels:
            app: cart
        ingress:
          - fromEntities:
              - host
              - remote-node
            toPorts:
              - ports:
                  - port: "3000"
                    protocol: TCP
      "
    `);
  });

  test.each<[string, Location, string[]]>([
    ['pods on the host network', { ...cart, hostNetwork: true }, ['host', 'remote-node']],
    ['a resolver on the node', { ...apiServer, ciliumEntity: 'host' }, ['host']],
    ['another node', { ...apiServer, ciliumEntity: 'remote-node' }, ['remote-node']],
  ])('%s are also entities', (_, peer, entities) => {
    const { spec } = only(policies({ egress: [open(peer)] }, 'cilium'), 'CiliumNetworkPolicy');
    expect(spec.egress[0].toEntities).toEqual(entities);
    expect(spec).not.toHaveProperty('ingress');
  });

  test('nodes are not allowed by address, which Cilium would not match', () => {
    const { spec } = only(
      policies({ ingress: [open(nodes)], egress: [open(nodes)] }, 'cilium'),
      'NetworkPolicy',
    );
    expect([spec.ingress, spec.egress]).toEqual([undefined, undefined]);
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  });

  test('an API server outside the cluster is also allowed by its address', () => {
    const { spec } = only(policies({ egress: [open(apiServer)] }, 'cilium'), 'NetworkPolicy');
    expect(spec.egress).toMatchObject([{ to: [{ ipBlock: { cidr: '10.96.0.1/32' } }] }]);
  });

  test.each<Location>([cart, { kind: 'addresses', cidrs: ['10.0.0.0/8'] }])(
    'a NetworkPolicy is enough for $kind',
    (peer) => {
      const objects = policies({ ingress: [open(peer)], egress: [open(peer)] }, 'cilium');
      expect(objects.map(({ kind }) => kind)).toEqual(['NetworkPolicy']);
    },
  );

  test('foreign pods with connections only from nodes get no NetworkPolicy, which would isolate them', () => {
    const objects = policies({ own: false, ingress: [open(nodes)] }, 'cilium');
    expect(objects.map(({ kind }) => kind)).toEqual(['CiliumNetworkPolicy']);
  });
});

test('without Cilium there is no CiliumNetworkPolicy', () => {
  const objects = policies({ ingress: [open(nodes)], egress: [open(nodes)] });
  expect(objects.map(({ kind }) => kind)).toEqual(['NetworkPolicy']);
});

test('an egress rule never allows everything', () => {
  const all = policies({ egress: [open(cart), open(nodes)], ingress: [open(cart)] }, 'cilium');
  for (const { spec } of all) {
    for (const rule of [...(spec.egress ?? []), ...(spec.ingress ?? [])]) {
      expect(Object.keys(rule)).toHaveLength(2);
      for (const list of Object.values(rule)) expect(list).not.toEqual([]);
    }
  }
});
