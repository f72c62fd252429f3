import { describe, expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import { locate } from '../../src/derive/locate.js';
import { wire } from '../../src/derive/wiring.js';
import { optional } from '../../src/model/consumption.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { health, metrics, type Offer, offer } from '../../src/model/offer.js';
import type { Component, Party } from '../../src/model/party.js';
import type { Setting } from '../../src/model/wiring.js';
import { names, party } from './declare.js';

const setting: Setting = {
  names,
  cluster: 'test',
  scrapeInterval: '15s',
  keep: {},
  image: () => ({ reference: 'image', user: 1, group: 1 }),
  pullSecrets: [],
  nodeSelector: {},
  tolerations: [],
  priorityClass: (component) => (component === 'cart' ? 'urgent' : undefined),
  version: (component) => (component === 'cart' ? '1.2.3' : undefined),
  apartOn: 1,
  hostUsers: true,
};

const component = (name: string, rest: Partial<Component> = {}): Component => ({
  name,
  endpoints: {},
  consumes: [],
  render: () => {},
  ...rest,
});

const someContent = { dashboards: {}, ruleFiles: {} };

/** The wiring of the first component, connected to the others. */
const wired = (first: Component, ...others: (Component | Party)[]) => {
  const all = [first, ...others].map((one) => locate(one, names));
  return wire(first, connect(all, {}).connections, setting, someContent);
};

describe('urls', () => {
  const urlOf = (endpoint: Partial<Endpoint>, one: Offer, provider: Partial<Component> = {}) => {
    const viewer = component('viewer', { consumes: [optional(one.capability)] });
    const endpoints = { web: { port: 9090, ...endpoint, offers: [one] } };
    return wired(viewer, component('store', { endpoints, ...provider })).outgoing[0]?.url;
  };

  test.each<[string, Offer, Partial<Endpoint>, string]>([
    ['a plain offer', offer('promql'), {}, 'http://nest-store.watch.svc:9090'],
    [
      'an offer below a path',
      offer('promql', { path: '/api' }),
      {},
      'http://nest-store.watch.svc:9090/api',
    ],
    ['a metrics page', metrics('/stats'), {}, 'http://nest-store.watch.svc:9090/stats'],
    [
      'a health page with a separate page for readiness',
      health('/live', { ready: '/ready' }),
      {},
      'http://nest-store.watch.svc:9090/ready',
    ],
    ['a single health page', health('/'), {}, 'http://nest-store.watch.svc:9090/'],
    [
      'another scheme',
      offer('traces'),
      { scheme: 'grpc', port: 4317 },
      'grpc://nest-store.watch.svc:4317',
    ],
    [
      'a host of its own',
      offer('promql'),
      { scheme: 'https', host: 'store.example.com' },
      'https://store.example.com:9090',
    ],
  ])('of a component, for %s', (_, one, endpoint, expected) => {
    expect(urlOf(endpoint, one)).toBe(expected);
  });

  test('of a node agent have its namespace, and the name of its workload', () => {
    const workloads = { agent: { kind: 'own', namespace: 'nodeAgents' } } as const;
    expect(urlOf({}, offer('promql'), { workloads })).toBe(
      'http://nest-agent.watch-agents.svc:9090',
    );
  });

  test.each([
    ['undefined without a host', undefined, undefined],
    ['with its host', 'cart.shop.svc', 'http://cart.shop.svc:80'],
  ])('of a foreign party: %s', (_, host, expected) => {
    const cart = party('cart', {
      endpoints: { web: { port: 80, host, offers: [offer('traces')] } },
    });
    const viewer = component('viewer', { consumes: [optional('traces')] });
    expect(wired(viewer, cart).outgoing[0]?.url).toBe(expected);
  });
});

describe('a component', () => {
  const workloads = {
    reader: { kind: 'own', namespace: 'stack' },
    agent: { kind: 'own', namespace: 'nodeAgents', hostNetwork: true },
  } as const;
  const cart = party('cart', {
    endpoints: {
      web: {
        port: 80,
        authentication: {
          kind: 'basic',
          username: 'a',
          password: { secret: 'cart', key: 'password' },
        },
        offers: [metrics()],
      },
      admin: {
        port: 81,
        authentication: { kind: 'token', audience: 'cart', grants: [] },
        offers: [metrics('/admin', { job: 'admin' })],
      },
      feed: {
        port: 82,
        authentication: { kind: 'bearer', token: { secret: 'feed', key: 'token' } },
        offers: [offer('datasource', { variant: 'feed' })],
        host: 'cart.shop.svc',
      },
    },
    consumes: [optional('x-page')],
  });
  const store = component('store', {
    workloads,
    endpoints: {
      page: { port: 8080, workload: 'reader', offers: [offer('x-page'), health('/')] },
    },
    consumes: [
      optional('metrics', { workload: 'reader' }),
      optional('datasource', { workload: 'agent' }),
    ],
  });
  const { outgoing, workloads: wirings, scrapeJobs, dataSources, content } = wired(store, cart);

  test('gets its outgoing connections, and not its incoming ones', () => {
    expect(outgoing.map(({ provider, endpointName }) => [provider.party, endpointName])).toEqual([
      ['cart', 'web'],
      ['cart', 'admin'],
      ['cart', 'feed'],
    ]);
  });

  test('gets the endpoints, probes, access, tokens and Secrets of each workload', () => {
    expect(wirings.reader).toMatchObject({
      hostNetwork: false,
      endpoints: { page: { port: 8080 } },
      probes: { page: { liveness: { path: '/' } } },
      access: { namespaces: { 'cart-space': [{ resources: ['pods'] }] } },
      tokenAudiences: ['cart'],
      secrets: ['cart'],
    });
    expect(wirings.agent).toMatchObject({
      hostNetwork: true,
      endpoints: {},
      probes: {},
      tokenAudiences: [],
      secrets: ['feed'],
    });
  });

  test('has no access if none of its connections needs any', () => {
    expect(wirings.agent?.access).toBeUndefined();
  });

  test('has the names and labels of its stack', () => {
    expect(wirings.reader?.identity).toMatchInlineSnapshot(`
      {
        "labels": {
          "app.kubernetes.io/component": "reader",
          "app.kubernetes.io/instance": "nest",
          "app.kubernetes.io/managed-by": "crowsnest",
          "app.kubernetes.io/name": "store",
          "app.kubernetes.io/part-of": "crowsnest",
        },
        "name": "nest-reader",
        "namespace": "watch",
        "selector": {
          "app.kubernetes.io/component": "reader",
          "app.kubernetes.io/instance": "nest",
          "app.kubernetes.io/name": "store",
        },
      }
    `);
  });

  test('gets its scrape jobs, its data sources and the content', () => {
    expect(scrapeJobs.map(({ job_name }) => job_name)).toEqual(['admin', 'cart']);
    expect(dataSources).toMatchObject([{ uid: 'cart', jsonData: {} }]);
    expect(content).toBe(someContent);
  });

  test('with one workload gets the endpoints without a workload for it', () => {
    const only = component('only', { endpoints: { web: { port: 80, offers: [metrics()] } } });
    expect(Object.keys(wired(only).workloads.only?.endpoints ?? {})).toEqual(['web']);
  });
});
