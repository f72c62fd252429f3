import { describe, expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import type { LocatedParty } from '../../src/derive/locate.js';
import { optional, required } from '../../src/model/consumption.js';
import { type Capability, metrics, offer } from '../../src/model/offer.js';
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

/** The connections as lines, or the messages of what is wrong. */
const lines = (parties: readonly LocatedParty[]): string[] => {
  const { connections, findings } = connect(parties, {});
  return [
    ...connections.map(
      ({ consumer, capability, provider, endpointName }) =>
        `${consumer.party}/${consumer.workload} <- ${capability} - ${provider.party}/${provider.workload} ${endpointName}`,
    ),
    ...findings.map(({ severity, message }) => `${severity}: ${message}`),
  ];
};

describe('how many are taken', () => {
  test('metrics are taken from all who offer them, oneself included', () => {
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

  test('promql is taken from one, and oneself does not count', () => {
    const self = { ...offering('ruler', 'promql'), consumes: [required('promql')] };
    expect(lines([self, offering('a', 'promql')])).toMatchInlineSnapshot(`
      [
        "ruler/ruler <- promql - a/a web",
      ]
    `);
  });

  test('who alone offers promql cannot take it from itself', () => {
    const self = { ...offering('ruler', 'promql'), consumes: [required('promql')] };
    expect(lines([self])).toMatchInlineSnapshot(`
      [
        "error: ruler needs promql, and nothing in this environment offers it.",
      ]
    `);
  });

  test('peers are taken from oneself alone', () => {
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

  test("a capability of a user's own is taken from all", () => {
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

  test('one endpoint may offer several pages, and each is a connection', () => {
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
    ['thrift', ['error: app needs traces (thrift), and nothing in this environment offers it.']],
    [
      undefined,
      ['app/app <- traces - tracer/tracer grpc', 'app/app <- traces - tracer/tracer http'],
    ],
  ])('a consumer of the variant %s gets no other', (variant, expected) => {
    expect(lines([party('app', { consumes: [required('traces', { variant })] }), tracer])).toEqual(
      expected,
    );
  });

  test('a party that offers another variant is no second provider', () => {
    const other = party('other', {
      endpoints: { thrift: { port: 6831, offers: [offer('traces', { variant: 'thrift' })] } },
    });
    const app = party('app', { consumes: [required('traces', { variant: 'grpc' })] });
    expect(lines([app, tracer, other])).toEqual(['app/app <- traces - tracer/tracer grpc']);
  });
});

describe('what is missing', () => {
  test('a required capability that nobody offers is an error that names the consumer', () => {
    expect(
      connect([party('viewer', { consumes: [required('promql')] })], {}),
    ).toMatchInlineSnapshot(`
      {
        "connections": [],
        "findings": [
          {
            "check": "connections",
            "message": "viewer needs promql, and nothing in this environment offers it.",
            "place": {
              "path": "viewer",
            },
            "remedy": "Add a component or an outside party that offers promql.",
            "severity": "error",
          },
        ],
      }
    `);
  });

  test('an optional capability that nobody offers is left out', () => {
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

  test('a connection ends at the workloads that its endpoint and its consumption name', () => {
    const [only] = connect([store], {}).connections;
    expect([only?.consumer.location, only?.provider.location]).toEqual([
      pods('a', 'front'),
      pods('b', 'back'),
    ]);
  });

  test.each([
    ['names none of several', {}],
    ['names one that is not there', { workload: 'side' }],
  ])('a consumption that %s is a mistake of the programmer', (_, settings) => {
    const consumes = [required('metrics', settings)];
    expect(() => connect([{ ...store, consumes }], {})).toThrow(/has the workloads front, back/);
  });
});

describe('names', () => {
  test('two parties of one name are refused', () => {
    expect(connect([party('cart'), party('cart')], {}).findings).toMatchInlineSnapshot(`
      [
        {
          "check": "connections",
          "message": "Two parties are named 'cart'.",
          "place": {
            "path": "cart",
          },
          "remedy": "Give each component, application and outside party a name of its own.",
          "severity": "error",
          "value": "cart",
        },
      ]
    `);
  });

  test('two components with a workload of one name are refused', () => {
    const workloads = { server: pods('watch', 'server') };
    const own = { own: true, workloads };
    expect(connect([party('a', own), party('b', own)], {}).findings).toMatchInlineSnapshot(`
      [
        {
          "check": "connections",
          "message": "a has a workload 'server' as well.",
          "place": {
            "path": "b.workloads.server",
          },
          "remedy": "Name it after its component: 'b-server'.",
          "severity": "error",
          "value": "server",
        },
      ]
    `);
  });

  test('two applications may have workloads of one name', () => {
    const workloads = { app: pods('shop', 'app') };
    expect(connect([party('a', { workloads }), party('b', { workloads })], {}).findings).toEqual(
      [],
    );
  });
});
