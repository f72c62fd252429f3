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
};

const component = (name: string, rest: Partial<Component> = {}): Component => ({
  name,
  endpoints: {},
  consumes: [],
  render: () => {},
  ...rest,
});

const someContent = { dashboards: {}, rules: {}, expressions: [] };

/** The wiring of the first component among all. */
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
      'a health page, by which it is ready',
      health('/live', { ready: '/ready' }),
      {},
      'http://nest-store.watch.svc:9090/ready',
    ],
    ['a health page that is the only one', health('/'), {}, 'http://nest-store.watch.svc:9090/'],
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

  test('of a node agent are in its namespace, and of a workload bear its name', () => {
    const workloads = { agent: { kind: 'own', namespace: 'nodeAgents' } } as const;
    expect(urlOf({}, offer('promql'), { workloads })).toBe(
      'http://nest-agent.watch-agents.svc:9090',
    );
  });

  test.each([
    ['without a host there is none', undefined, undefined],
    ['by its host', 'cart.shop.svc', 'http://cart.shop.svc:80'],
  ])('of a party of others: %s', (_, host, expected) => {
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

  test('learns of what it takes, and not of who takes from it', () => {
    expect(outgoing.map(({ provider, endpointName }) => [provider.party, endpointName])).toEqual([
      ['cart', 'web'],
      ['cart', 'admin'],
      ['cart', 'feed'],
    ]);
  });

  test('gives each workload its own endpoints, probes, access, tokens and Secrets', () => {
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

  test('has no access where none of its connections needs any', () => {
    expect(wirings.agent?.access).toBeUndefined();
  });

  test('bears the names and labels of its stack', () => {
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

  test('learns its scrape jobs, its data sources and the content', () => {
    expect(scrapeJobs.map(({ job_name }) => job_name)).toEqual(['admin', 'cart']);
    expect(dataSources).toMatchObject([{ uid: 'cart', jsonData: {} }]);
    expect(content).toBe(someContent);
  });

  test('with one workload gives it the endpoints that name none', () => {
    const only = component('only', { endpoints: { web: { port: 80, offers: [metrics()] } } });
    expect(Object.keys(wired(only).workloads.only?.endpoints ?? {})).toEqual(['web']);
  });
});
