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

describe('isolated pods', () => {
  const isolated = (end: End, namespaces: string[] = [], connections = [to(80)]): boolean =>
    isolate([end], connections, namespaces).length > 0;

  test('include a workload of the stack', () => {
    expect(isolated(collector)).toBe(true);
  });

  test('include a workload of the stack without connections', () => {
    expect(isolate([collector], [], [])).toMatchObject([{ ingress: [], egress: [] }]);
  });

  test('exclude a workload of the stack on the host network, which policies do not select', () => {
    expect(isolated({ ...collector, location: pods('watch', 'collector', true) })).toBe(false);
  });

  test('exclude foreign pods in an open namespace', () => {
    expect(isolated(cart)).toBe(false);
  });

  test('exclude foreign pods if only another namespace is isolated', () => {
    expect(isolated(cart, ['bank'])).toBe(false);
  });

  test('include foreign pods in a namespace that denies by default', () => {
    expect(isolated(cart, ['shop'])).toBe(true);
  });

  test('exclude foreign pods without connections to the stack', () => {
    expect(isolated(cart, ['shop'], [])).toBe(false);
  });

  test('exclude foreign pods on the host network', () => {
    expect(isolated({ ...cart, location: pods('shop', 'cart', true) }, ['shop'])).toBe(false);
  });

  test.each<Location>([{ kind: 'nodes' }, { kind: 'addresses', cidrs: ['10.0.0.0/8'] }])(
    'exclude other locations ($kind)',
    (location) => {
      expect(isolated({ ...cart, location }, ['shop'])).toBe(false);
    },
  );
});

describe('allowed traffic', () => {
  const of = (end: End, ...connections: Connection[]) => {
    const [only] = isolate([end], connections, ['shop']);
    const line = ({ peer, ports }: { peer: Location; ports: readonly object[] }) =>
      `${peer.kind === 'pods' ? Object.values(peer.labels) : peer.kind} ${ports
        .map((port) => Object.values(port).join('/'))
        .join(' ')}`;
    return { ingress: only?.ingress.map(line), egress: only?.egress.map(line) };
  };

  test('leaves the consumer, and reaches the provider', () => {
    expect(of(collector, to(80))).toEqual({ ingress: [], egress: ['cart 80/TCP'] });
    expect(of(cart, to(80))).toEqual({ ingress: ['collector 80/TCP'], egress: [] });
  });

  test('has the ports of one peer together, each once, in the order of their numbers', () => {
    const all = [to(443), to(53, undefined, 'UDP'), to(53), to(443)];
    expect(of(collector, ...all).egress).toEqual(['cart 53/TCP 53/UDP 443/TCP']);
  });

  test('has separate ports for each peer', () => {
    expect(
      of(collector, to(80), to(10250, { kind: 'nodes' }), to(81, pods('shop', 'till'))).egress,
    ).toEqual(['cart 80/TCP', 'nodes 10250/TCP', 'till 81/TCP']);
  });

  test('has two peers for pods with the same label in two namespaces', () => {
    expect(of(collector, to(80), to(81, pods('bank', 'cart'))).egress).toEqual([
      'cart 80/TCP',
      'cart 81/TCP',
    ]);
  });

  test('does not include another workload of the same party', () => {
    expect(of({ ...collector, workload: 'sidecar' }, to(80))).toEqual({ ingress: [], egress: [] });
  });

  test('has both directions for a party that consumes its own offer', () => {
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
