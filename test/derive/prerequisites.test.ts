import { describe, expect, test } from 'vitest';
import { prerequisitesOf } from '../../src/derive/prerequisites.js';
import type { Connection } from '../../src/model/connection.js';
import type { Authentication } from '../../src/model/endpoint.js';
import type { Location } from '../../src/model/location.js';
import { health, metrics, offer } from '../../src/model/offer.js';
import type { DeclaredPrerequisite } from '../../src/model/prerequisite.js';
import { connection, names, party, pods } from './declare.js';

/** A party of the stack in each of its namespaces. */
const own = ['watch', 'watch-agents'].map((namespace) =>
  party(namespace, { own: true, workloads: { [namespace]: pods(namespace, 'own') } }),
);

const needs = { names, pullSecrets: [], priorityClass: () => undefined };

const of = (...connections: Connection[]) => prerequisitesOf(own, connections, needs);

describe('namespaces', () => {
  const needed = (at: Location) =>
    of(connection({ port: 80, offers: [metrics()] }, { at })).map(({ name }) => name);

  test('of foreign pods must exist', () => {
    expect(of(connection({ port: 80, offers: [metrics()] }))).toEqual([
      { kind: 'Namespace', name: 'shop', purpose: 'contains pods that the stack connects to' },
    ]);
  });

  test('of a Service with discovered endpoints must exist, because they contain a Role', () => {
    const service = { namespace: 'databases', name: 'postgres' };
    expect(needed({ kind: 'addresses', cidrs: ['10.0.0.1/32'], service })).toEqual(['databases']);
  });

  test.each(['watch', 'watch-agents', 'default', 'kube-system'])(
    'of the stack and of Kubernetes are no prerequisites: %s',
    (namespace) => {
      expect(needed(pods(namespace, 'cart'))).toEqual([]);
    },
  );

  test.each<Location>([{ kind: 'nodes' }, { kind: 'addresses', cidrs: ['10.0.0.1/32'] }])(
    'are not needed for locations without a namespace ($kind)',
    (at) => {
      expect(needed(at)).toEqual([]);
    },
  );
});

describe('Secrets', () => {
  const to = (authentication: Authentication, from = pods('watch', 'collector')) =>
    connection({ port: 80, authentication, offers: [metrics()] }, { at: { kind: 'nodes' }, from });
  const bearer = (secret: string, key: string): Authentication => ({
    kind: 'bearer',
    token: { secret, key },
  });

  test('for a bearer token must exist in the namespace of the consumer', () => {
    expect(of(to(bearer('cart', 'token')))).toMatchInlineSnapshot(`
      [
        {
          "keys": {
            "token": "bearer token",
          },
          "kind": "Secret",
          "name": "cart",
          "namespace": "watch",
          "purpose": "lets collector reach cart",
          "readers": [
            {
              "keys": [
                "token",
              ],
              "party": "collector",
              "purpose": "lets collector reach cart",
              "rotation": {
                "kind": "restart",
              },
            },
          ],
        },
      ]
    `);
  });

  test('for a password must exist in the namespace of the consumer', () => {
    const password = { secret: 'cart', key: 'password' };
    expect(
      of(to({ kind: 'basic', username: 'a', password }, pods('watch-agents', 'agent'))),
    ).toMatchInlineSnapshot(`
      [
        {
          "keys": {
            "password": "password",
          },
          "kind": "Secret",
          "name": "cart",
          "namespace": "watch-agents",
          "purpose": "lets collector reach cart",
          "readers": [
            {
              "keys": [
                "password",
              ],
              "party": "collector",
              "purpose": "lets collector reach cart",
              "rotation": {
                "kind": "restart",
              },
            },
          ],
        },
      ]
    `);
  });

  test('for a key, a URL or a password of the protocol must also exist', () => {
    const secret = { secret: 'cart', key: 'url' };
    expect(of(to({ kind: 'secret', secret }))).toEqual([
      {
        kind: 'Secret',
        name: 'cart',
        namespace: 'watch',
        keys: { url: expect.stringContaining('secret') },
        purpose: 'lets collector reach cart',
        readers: [
          {
            party: 'collector',
            purpose: 'lets collector reach cart',
            keys: ['url'],
            rotation: { kind: 'restart' },
          },
        ],
      },
    ]);
  });

  test.each([health('/'), offer('web')])(
    'are not needed for a page without authentication ($capability)',
    (page) => {
      const endpoint = { port: 80, authentication: bearer('cart', 'token'), offers: [page] };
      expect(of(connection(endpoint, { at: { kind: 'nodes' } }))).toEqual([]);
    },
  );

  test('are listed once, with all the used keys', () => {
    expect(of(to(bearer('cart', 'a')), to(bearer('cart', 'b')), to(bearer('cart', 'a')))).toEqual([
      expect.objectContaining({
        name: 'cart',
        keys: { a: 'bearer token', b: 'bearer token' },
        readers: [
          {
            party: 'collector',
            purpose: 'lets collector reach cart',
            keys: ['a', 'b'],
            rotation: { kind: 'restart' },
          },
        ],
      }),
    ]);
  });

  test('are not needed for a token of a service account', () => {
    expect(of(to({ kind: 'token', grants: [] }))).toEqual([]);
  });

  test('of foreign consumers are no prerequisites', () => {
    const theirs = to(bearer('cart', 'token'), pods('shop', 'cart'));
    const connections = [{ ...theirs, consumer: { ...theirs.consumer, own: false } }];
    expect(of(...connections).map(({ kind }) => kind)).toEqual(['Namespace']);
  });
});

test('the classes and pull secrets of the environment must exist, in each namespace that is used', () => {
  const found = prerequisitesOf(own, [], {
    ...needs,
    storageClass: 'fast',
    pullSecrets: ['registry'],
    priorityClass: () => 'observability',
  });
  expect(found.map(({ kind, namespace, name, type }) => [kind, namespace, name, type])).toEqual([
    ['PriorityClass', undefined, 'observability', undefined],
    ['Secret', 'watch-agents', 'registry', 'kubernetes.io/dockerconfigjson'],
    ['Secret', 'watch', 'registry', 'kubernetes.io/dockerconfigjson'],
    ['StorageClass', undefined, 'fast', undefined],
  ]);
  const alone = prerequisitesOf(own.slice(0, 1), [], { ...needs, pullSecrets: ['registry'] });
  expect(alone.map(({ kind, namespace }) => [kind, namespace])).toEqual([['Secret', 'watch']]);
});

test('a priority class is listed with the components that use it', () => {
  const purposesOf = (priorityClass: (component: string) => string) =>
    prerequisitesOf(own, [], { ...needs, priorityClass }).map(({ name, purpose }) => [
      name,
      purpose,
    ]);
  expect(purposesOf(() => 'high')).toEqual([['high', 'used by all pods']]);
  expect(purposesOf((component) => (component === 'watch' ? 'low' : 'high'))).toEqual([
    ['high', 'used by the pods of watch-agents'],
    ['low', 'used by the pods of watch'],
  ]);
});

test('the prerequisites of a party are in the declared namespace', () => {
  const declared: DeclaredPrerequisite[] = [
    { kind: 'Secret', name: 'tls', in: 'stack', keys: { 'tls.crt': 'it' }, purpose: 'a' },
    { kind: 'Secret', name: 'tls', in: 'nodeAgents', keys: { 'tls.crt': 'it' }, purpose: 'b' },
    { kind: 'IngressClass', name: 'nginx', purpose: 'c' },
    { kind: 'Gateway', name: 'public', namespace: 'edge', purpose: 'd' },
  ];
  const parties = [party('cart', { prerequisites: declared })];
  expect(prerequisitesOf(parties, [], needs)).toMatchInlineSnapshot(`
    [
      {
        "kind": "Gateway",
        "name": "public",
        "namespace": "edge",
        "purpose": "d",
      },
      {
        "kind": "IngressClass",
        "name": "nginx",
        "purpose": "c",
      },
      {
        "keys": {
          "tls.crt": "it",
        },
        "kind": "Secret",
        "name": "tls",
        "namespace": "watch-agents",
        "purpose": "b",
        "readers": [
          {
            "keys": [
              "tls.crt",
            ],
            "party": "cart",
            "purpose": "b",
            "rotation": {
              "kind": "restart",
            },
          },
        ],
      },
      {
        "keys": {
          "tls.crt": "it",
        },
        "kind": "Secret",
        "name": "tls",
        "namespace": "watch",
        "purpose": "a",
        "readers": [
          {
            "keys": [
              "tls.crt",
            ],
            "party": "cart",
            "purpose": "a",
            "rotation": {
              "kind": "restart",
            },
          },
        ],
      },
    ]
  `);
});
