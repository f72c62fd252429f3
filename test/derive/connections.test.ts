import { describe, expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import type { LocatedParty } from '../../src/derive/locate.js';
import type { Capability } from '../../src/model/capability.js';
import { optional, required } from '../../src/model/consumption.js';
import { health, metrics, offer } from '../../src/model/offer.js';
import { party, pods } from './declare.js';

const offering = (name: string, ...capabilities: Capability[]): LocatedParty =>
  party(name, {
    endpoints: {
      web: {
        port: 80,
        offers: capabilities.map((one) =>
          one === 'metrics' ? metrics() : offer(one as 'promql', { variant: 'v1' }),
        ),
      },
    },
  });

/** The connections as lines, or the codes of the findings. */
const lines = (parties: readonly LocatedParty[]): string[] => {
  const { connections, findings } = connect(parties, {});
  return [
    ...connections.map(
      ({ consumer, capability, provider, endpointName }) =>
        `${consumer.party}/${consumer.workload} <- ${capability} - ${provider.party}/${provider.workload} ${endpointName}`,
    ),
    ...findings.map(({ severity, code }) => `${severity}: ${code}`),
  ];
};

describe('the number of providers', () => {
  test('metrics are consumed from all providers, including the consumer itself', () => {
    const self = { ...offering('scraper', 'metrics'), consumes: [required('metrics')] };
    expect(
      lines([self, offering('a', 'metrics'), offering('b', 'metrics')]),
    ).toMatchInlineSnapshot(`
      [
        "scraper/scraper <- metrics - scraper/scraper web",
        "scraper/scraper <- metrics - a/a web",
        "scraper/scraper <- metrics - b/b web",
      ]
    `);
  });

  test('promql is consumed from exactly one other party', () => {
    const self = { ...offering('ruler', 'promql'), consumes: [required('promql')] };
    expect(lines([self, offering('a', 'promql')])).toMatchInlineSnapshot(`
      [
        "ruler/ruler <- promql - a/a web",
      ]
    `);
  });

  test('the only provider of promql cannot consume it from itself', () => {
    const self = { ...offering('ruler', 'promql'), consumes: [required('promql')] };
    expect(lines([self])).toMatchInlineSnapshot(`
      [
        "error: connections/no-provider",
      ]
    `);
  });

  test('peers are consumed only from the party itself', () => {
    const meshes = ['a', 'b'].map((name) => ({
      ...offering(name, 'peers'),
      consumes: [required('peers')],
    }));
    expect(lines(meshes)).toMatchInlineSnapshot(`
      [
        "a/a <- peers - a/a web",
        "b/b <- peers - b/b web",
      ]
    `);
  });

  test('a capability of a user is consumed from all providers', () => {
    const consumer = party('reader', { consumes: [required('x-segments')] });
    expect(
      lines([consumer, offering('a', 'x-segments'), offering('b', 'x-segments')]),
    ).toMatchInlineSnapshot(`
      [
        "reader/reader <- x-segments - a/a web",
        "reader/reader <- x-segments - b/b web",
      ]
    `);
  });

  test('a health page without a Service or a host is not probed', () => {
    const prober = party('prober', { consumes: [optional('health')] });
    const status = { port: 80, offers: [health('/')] };
    const agent = party('agent', {
      own: true,
      workloads: { agent: { ...pods('agents', 'agent'), onEachNode: true } },
      endpoints: { status },
    });
    const server = party('server', { own: true, endpoints: { status } });
    const shop = party('shop', { endpoints: { status } });
    const page = party('page', { endpoints: { status: { ...status, host: 'page.shop.svc' } } });
    expect(lines([prober, agent, server, shop, page])).toEqual([
      'prober/prober <- health - server/server status',
      'prober/prober <- health - page/page status',
    ]);
  });

  test('one endpoint can offer several pages, and each is a connection', () => {
    const kubelet = party('kubelet', {
      endpoints: { api: { port: 10250, offers: [metrics('/metrics'), metrics('/probes')] } },
    });
    const { connections } = connect(
      [party('scraper', { consumes: [optional('metrics')] }), kubelet],
      {},
    );
    expect(connections.map((one) => one.offer)).toEqual([metrics('/metrics'), metrics('/probes')]);
  });
});

describe('variants', () => {
  const tracer = party('tracer', {
    endpoints: {
      grpc: { port: 4317, offers: [offer('traces', { variant: 'grpc' })] },
      http: { port: 4318, offers: [offer('traces', { variant: 'http' })] },
    },
  });

  test.each([
    ['grpc', ['app/app <- traces - tracer/tracer grpc']],
    ['http', ['app/app <- traces - tracer/tracer http']],
    ['thrift', ['error: connections/no-provider']],
    [
      undefined,
      ['app/app <- traces - tracer/tracer grpc', 'app/app <- traces - tracer/tracer http'],
    ],
  ])('a consumer of the variant %s gets no other variant', (variant, expected) => {
    expect(lines([party('app', { consumes: [required('traces', { variant })] }), tracer])).toEqual(
      expected,
    );
  });

  test.each([
    ['http', ['app/app <- traces - tracer/tracer http']],
    [
      'thrift',
      ['app/app <- traces - tracer/tracer grpc', 'app/app <- traces - tracer/tracer http'],
    ],
  ])(
    'a consumer that prefers the variant %s gets only that, if it is there',
    (prefer, expected) => {
      expect(lines([party('app', { consumes: [required('traces', { prefer })] }), tracer])).toEqual(
        expected,
      );
    },
  );

  test('a party that offers another variant is no second provider', () => {
    const other = party('other', {
      endpoints: { thrift: { port: 6831, offers: [offer('traces', { variant: 'thrift' })] } },
    });
    const app = party('app', { consumes: [required('traces', { variant: 'grpc' })] });
    expect(lines([app, tracer, other])).toEqual(['app/app <- traces - tracer/tracer grpc']);
  });
});

describe('a missing provider', () => {
  test('of a required capability is an error that names the consumer', () => {
    expect(
      connect([party('viewer', { consumes: [required('promql')] })], {}),
    ).toMatchInlineSnapshot(`
      {
        "connections": [],
        "findings": [
          {
            "code": "connections/no-provider",
            "message": "viewer requires promql, but nothing in this environment offers it.",
            "place": {
              "path": "viewer",
            },
            "remedy": "Add a component or an outside party that offers promql.",
            "severity": "error",
            "why": "The party does not work without it.",
          },
        ],
      }
    `);
  });

  test('of an optional capability has no finding', () => {
    expect(connect([party('viewer', { consumes: [optional('promql')] })], {})).toEqual({
      connections: [],
      findings: [],
    });
  });
});

describe('ends', () => {
  const store = party('store', {
    workloads: { front: pods('a', 'front'), back: pods('b', 'back') },
    endpoints: {
      web: { port: 80, workload: 'front', offers: [offer('promql')] },
      page: { port: 81, workload: 'back', offers: [metrics()] },
    },
    consumes: [required('metrics', { workload: 'front' })],
  });

  test('a connection has the workloads of its endpoint and its consumption', () => {
    const [only] = connect([store], {}).connections;
    expect([only?.consumer.location, only?.provider.location]).toEqual([
      pods('a', 'front'),
      pods('b', 'back'),
    ]);
  });

  test.each([
    ['has no workload in a party with several', {}],
    ['has an unknown workload', { workload: 'side' }],
  ])('a consumption that %s is a programming error', (_, settings) => {
    const consumes = [required('metrics', settings)];
    expect(() => connect([{ ...store, consumes }], {})).toThrow(/has the workloads front, back/);
  });
});

describe('names', () => {
  test('two parties with the same name are rejected', () => {
    expect(connect([party('cart'), party('cart')], {}).findings).toMatchInlineSnapshot(`
      [
        {
          "code": "connections/duplicate-party",
          "message": "Two parties are named 'cart'.",
          "place": {
            "path": "cart",
          },
          "remedy": "Give each component, application and outside party its own name.",
          "severity": "error",
          "value": "cart",
          "why": "Connections, objects and scrape jobs use the name.",
        },
      ]
    `);
  });

  test('two components with a workload of the same name are rejected', () => {
    const workloads = { server: pods('watch', 'server') };
    const own = { own: true, workloads };
    expect(connect([party('a', own), party('b', own)], {}).findings).toMatchInlineSnapshot(`
      [
        {
          "code": "connections/duplicate-workload",
          "message": "a also has a workload 'server'.",
          "place": {
            "path": "b.workloads.server",
          },
          "remedy": "Name it after its component: 'b-server'.",
          "severity": "error",
          "value": "server",
          "why": "The objects of a workload have its name.",
        },
      ]
    `);
  });

  test('two applications can have workloads with the same name', () => {
    const workloads = { app: pods('shop', 'app') };
    expect(connect([party('a', { workloads }), party('b', { workloads })], {}).findings).toEqual(
      [],
    );
  });
});
