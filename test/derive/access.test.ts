import { describe, expect, test } from 'vitest';
import { accessOf, hasAccess } from '../../src/derive/access.js';
import type { Connection } from '../../src/model/connection.js';
import type { Location } from '../../src/model/location.js';
import { health, metrics, offer } from '../../src/model/offer.js';
import { connection, pods } from './declare.js';

/** The rules as lines, by namespace. */
const lines = (...outgoing: Connection[]) => {
  const { cluster, namespaces } = accessOf(outgoing);
  const line = (rule: (typeof cluster)[number]): string =>
    `${rule.verbs.join(' ')} ${
      'nonResourceURLs' in rule
        ? rule.nonResourceURLs.join(' ')
        : `${rule.resources.join(' ')}${rule.apiGroups.map((group) => group && ` of ${group}`)}`
    }`;
  return {
    cluster: cluster.map(line),
    ...Object.fromEntries(
      Object.entries(namespaces).map(([name, rules]) => [name, rules.map(line)]),
    ),
  };
};

const scraped = (at: Location) => connection({ port: 80, offers: [metrics()] }, { at });

describe('discovery', () => {
  test('of pods needs the right to read pods only in their namespace', () => {
    expect(lines(scraped(pods('shop', 'cart')))).toEqual({
      cluster: [],
      shop: ['get list watch pods'],
    });
  });

  test('of nodes needs the right to read nodes', () => {
    expect(lines(scraped({ kind: 'nodes' }))).toEqual({ cluster: ['get list watch nodes'] });
  });

  test('of a Service needs the right to read its endpoints only in its namespace', () => {
    const service = { namespace: 'default', name: 'kubernetes' };
    expect(lines(scraped({ kind: 'addresses', cidrs: ['10.0.0.1/32'], service }))).toEqual({
      cluster: [],
      default: [
        'get list watch pods services',
        'get list watch endpointslices of discovery.k8s.io',
      ],
    });
  });

  test('of a host needs no rights', () => {
    const access = accessOf([scraped({ kind: 'addresses', cidrs: ['10.0.0.1/32'] })]);
    expect([access, hasAccess(access)]).toEqual([{ cluster: [], namespaces: {} }, false]);
  });

  test('has one rule for each namespace, in the order of the names', () => {
    const all = ['b', 'a', 'b'].map((namespace) => scraped(pods(namespace, 'cart')));
    expect(Object.entries(accessOf(all).namespaces)).toEqual(
      ['a', 'b'].map((namespace) => [
        namespace,
        [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
      ]),
    );
  });

  test('of receivers of alerts is the same as that of scraped parties', () => {
    const alerts = (at: Location) => connection({ port: 9093, offers: [offer('alerts')] }, { at });
    const api = connection({ port: 443, offers: [offer('kubernetes-api')] });
    for (const at of [pods('shop', 'cart'), { kind: 'nodes' as const }]) {
      expect(accessOf([alerts(at), api])).toEqual(accessOf([scraped(at)]));
      // Without the API, its configuration has their URL.
      expect(hasAccess(accessOf([alerts(at)]))).toBe(false);
    }
  });

  test('is not needed for probes, which use names', () => {
    const prober = connection({ port: 9115, offers: [offer('probes')] });
    expect(hasAccess(accessOf([prober]))).toBe(false);
  });

  test('is not needed for parties that are not scraped', () => {
    expect(lines(connection({ port: 80, offers: [offer('promql')] }))).toEqual({ cluster: [] });
  });
});

describe('grants', () => {
  const kubelet = connection(
    {
      port: 10250,
      authentication: {
        kind: 'token',
        grants: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
      },
      offers: [metrics()],
    },
    { at: { kind: 'nodes' } },
  );

  test('of a server that requires a token are added once', () => {
    expect(lines(kubelet, kubelet)).toEqual({
      cluster: ['get list watch nodes', 'get nodes/metrics'],
    });
  });

  test.each([health('/healthz'), offer('web')])(
    'are not needed for a page without authentication ($capability)',
    (page) => {
      expect(hasAccess(accessOf([connection({ ...kubelet.endpoint, offers: [page] })]))).toBe(
        false,
      );
    },
  );

  test('depend on the token, and not on the capability', () => {
    const endpoint = { ...kubelet.endpoint, offers: [offer('x-page')] };
    expect(lines(connection(endpoint))).toEqual({ cluster: ['get nodes/metrics'] });
  });

  test.each([
    { kind: 'bearer' as const, token: { secret: 'a', key: 'b' } },
    { kind: 'basic' as const, username: 'a', password: { secret: 'a', key: 'b' } },
    { kind: 'secret' as const, secret: { secret: 'a', key: 'b' } },
  ])('are empty for a server that requires a Secret ($kind)', (authentication) => {
    const endpoint = { port: 80, authentication, offers: [offer('promql')] };
    expect(hasAccess(accessOf([connection(endpoint)]))).toBe(false);
  });

  test('are the rules of a consumption of the API', () => {
    const api = { port: 443, offers: [offer('kubernetes-api')] };
    const rules = [{ nonResourceURLs: ['/version'], verbs: ['get'] }];
    expect(lines(connection(api), connection(api, { consumption: { rules } }))).toEqual({
      cluster: ['get /version'],
    });
  });
});
