import { describe, expect, test } from 'vitest';
import { isolate } from '../../src/derive/isolation.js';
import type { Connection, End } from '../../src/model/connection.js';
import type { Location } from '../../src/model/location.js';
import { offer } from '../../src/model/offer.js';
import { connection, pods } from './declare.js';

const collector: End = {
  party: 'collector',
  workload: 'collector',
  location: pods('watch', 'collector'),
  own: true,
};
const cart: End = {
  party: 'cart',
  workload: 'cart',
  location: pods('shop', 'cart'),
  own: false,
};

const to = (port: number, at?: Location, protocol?: 'UDP'): Connection =>
  connection({ port, protocol, offers: [offer('x-page')] }, { at });

describe('who is isolated', () => {
  const isolated = (end: End, namespaces: string[] = [], connections = [to(80)]): boolean =>
    isolate([end], connections, namespaces).length > 0;

  test("a workload of the stack's own", () => {
    expect(isolated(collector)).toBe(true);
  });

  test("a workload of the stack's own that nobody talks to, so that it stays so", () => {
    expect(isolate([collector], [], [])).toMatchObject([{ ingress: [], egress: [] }]);
  });

  test("not a workload of the stack's own on the host network, which policies take for its node", () => {
    expect(isolated({ ...collector, location: pods('watch', 'collector', true) })).toBe(false);
  });

  test('not the pods of others, whose namespace is open', () => {
    expect(isolated(cart)).toBe(false);
  });

  test('not the pods of others for the sake of another namespace', () => {
    expect(isolated(cart, ['bank'])).toBe(false);
  });

  test('the pods of others in a namespace that denies by default', () => {
    expect(isolated(cart, ['shop'])).toBe(true);
  });

  test('not the pods of others that the stack does not talk to', () => {
    expect(isolated(cart, ['shop'], [])).toBe(false);
  });

  test('not the pods of others on the host network', () => {
    expect(isolated({ ...cart, location: pods('shop', 'cart', true) }, ['shop'])).toBe(false);
  });

  test.each<Location>([{ kind: 'nodes' }, { kind: 'addresses', cidrs: ['10.0.0.0/8'] }])(
    'not what is no pod ($kind)',
    (location) => {
      expect(isolated({ ...cart, location }, ['shop'])).toBe(false);
    },
  );
});

describe('what is allowed', () => {
  const of = (end: End, ...connections: Connection[]) => {
    const [only] = isolate([end], connections, ['shop']);
    const line = ({ peer, ports }: { peer: Location; ports: readonly object[] }) =>
      `${peer.kind === 'pods' ? Object.values(peer.labels) : peer.kind} ${ports
        .map((port) => Object.values(port).join('/'))
        .join(' ')}`;
    return { ingress: only?.ingress.map(line), egress: only?.egress.map(line) };
  };

  test('the consumer sends and the provider receives', () => {
    expect(of(collector, to(80))).toEqual({ ingress: [], egress: ['cart 80/TCP'] });
    expect(of(cart, to(80))).toEqual({ ingress: ['collector 80/TCP'], egress: [] });
  });

  test('the ports of one peer stand together, each once, in the order of their numbers', () => {
    const all = [to(443), to(53, undefined, 'UDP'), to(53), to(443)];
    expect(of(collector, ...all).egress).toEqual(['cart 53/TCP 53/UDP 443/TCP']);
  });

  test('each peer has its own ports', () => {
    expect(
      of(collector, to(80), to(10250, { kind: 'nodes' }), to(81, pods('shop', 'till'))).egress,
    ).toEqual(['cart 80/TCP', 'nodes 10250/TCP', 'till 81/TCP']);
  });

  test('pods of one label in two namespaces are two peers', () => {
    expect(of(collector, to(80), to(81, pods('bank', 'cart'))).egress).toEqual([
      'cart 80/TCP',
      'cart 81/TCP',
    ]);
  });

  test('another workload of the same party has no part in it', () => {
    expect(of({ ...collector, workload: 'sidecar' }, to(80))).toEqual({ ingress: [], egress: [] });
  });

  test('who talks to itself sends and receives', () => {
    const mesh = connection(
      { port: 9094, offers: [offer('peers')] },
      { at: collector.location, provider: 'collector', own: true },
    );
    expect(of(collector, mesh)).toEqual({
      ingress: ['collector 9094/TCP'],
      egress: ['collector 9094/TCP'],
    });
  });
});
