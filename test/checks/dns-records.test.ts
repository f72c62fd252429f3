import { describe, expect, test } from 'vitest';
import endpoints from '../../src/checks/network/endpoints.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf } from './input.js';

const jobOf = (dns: object, more: object = {}): EnvironmentOptions =>
  ({
    ...minimal,
    prometheus: {
      memory: '4Gi',
      memoryLimit: '4Gi',
      volume: '50Gi',
      scrapeConfigs: [{ ...more, config: { job_name: 'db', dns_sd_configs: [dns] } }],
    },
  }) as EnvironmentOptions;

const ofStack = {
  at: {
    kind: 'pods',
    namespace: 'crowsnest',
    labels: { 'app.kubernetes.io/name': 'grafana' },
  },
};

const found = (dns: object, more: object = {}) =>
  endpoints
    .run(inputOf(build(jobOf(dns, more))))
    .map(({ fault, place, suggestion }) => [fault, place.path, suggestion]);

const path = (field: string) =>
  expect.stringMatching(new RegExp(`scrape_configs\\[\\d+\\].dns_sd_configs\\[0\\].${field}`));

describe('a native job that finds targets by DNS', () => {
  const service = 'crowsnest-grafana.crowsnest.svc';

  test.each([
    [`_web._tcp.${service}`],
    [`_web._tcp.${service}.cluster.local`],
    // CoreDNS ignores the underscores.
    [`web.tcp.${service}`],
    // CoreDNS answers with all ports.
    [service],
    ['_metrics._tcp.db.example.com'],
    ['db.service.consul.example.com'],
  ])('can read the SRV records of %s', (name) => {
    const isOurs = name.includes('crowsnest');
    expect(found({ names: [name] }, { ports: [3000], ...(isOurs ? ofStack : {}) })).toEqual([]);
  });

  test('needs a port with that name', () => {
    expect(found({ names: [`_wbe._tcp.${service}`] }, { ports: [3000], ...ofStack })).toEqual([
      ['unknown-service-port', path('names'), '_web._tcp'],
    ]);
    const other = '_web._tcp.crowsnest-graphana.crowsnest.svc';
    expect(found({ names: [other] }, { ports: [3000], ...ofStack })).toEqual([
      ['unknown-service', path('names'), 'crowsnest-grafana'],
    ]);
  });

  test.each([
    '_web._udp.db.shop.svc',
    '_tcp._web.db.shop.svc',
    'tcp._web.db.shop.svc',
    '_web.db.shop.svc.cluster.local',
  ])('needs a named TCP port, which %s has not', (name) => {
    const options = jobOf(
      { names: [name] },
      { ports: [3000], at: { kind: 'pods', namespace: 'shop', labels: { app: 'db' } } },
    );
    const { findings } = validate(options, 'test', 'environments/test.ts');
    expect(findings.map(({ place }) => place.path)).toEqual([
      'prometheus.scrapeConfigs[0].config.dns_sd_configs[0].names[0]',
    ]);
  });

  test('needs the namespace in which its targets are', () => {
    const name = '_web._tcp.crowsnest-grafana.croswnest.svc';
    const { findings } = build(jobOf({ names: [name] }, { ports: [3000], ...ofStack }));
    expect(findings.map(({ code }) => code)).toContain('connections/other-place');
  });

  test('needs a port of the Service, or of the pods of a headless one', () => {
    expect(found({ names: [service], type: 'A', port: 3000 }, ofStack)).toEqual([]);
    expect(found({ names: [service], type: 'A', port: 3001 }, ofStack)).toContainEqual([
      'unknown-service-port',
      path('names'),
      undefined,
    ]);
  });

  test('keeps the type of the records that it declares', () => {
    const patched = (dns: object, more: object, from: RegExp, to: string) =>
      endpoints
        .run(
          changed(
            build(jobOf(dns, more)),
            'ConfigMap crowsnest/crowsnest-prometheus-config',
            ({ data }) => {
              const text = data['prometheus.yml'].replace(from, to);
              if (text === data['prometheus.yml']) throw new Error(`There is no ${from}.`);
              data['prometheus.yml'] = text;
            },
          ),
        )
        .map(({ fault, place }) => [fault, place.path]);
    const addresses = { names: ['db.example.com'], type: 'A', port: 9100 };
    expect(patched(addresses, {}, /type: A\n/, 'type: SRV\n')).toContainEqual([
      'differs-from-declaration',
      path('type'),
    ]);
    const records = { names: ['_m._tcp.db.example.com'], type: 'SRV' };
    expect(
      patched(records, { ports: [9100] }, /type: SRV\n/, 'type: A\n        port: 9100\n'),
    ).toContainEqual(['differs-from-declaration', path('type')]);
    expect(patched(addresses, {}, /port: 9100\n/, 'port: 9101\n')).toContainEqual([
      'undeclared-target',
      expect.anything(),
    ]);
  });
});
