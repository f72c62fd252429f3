import { describe, expect, test } from 'vitest';
import { validate } from '../../src/environment/validate.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { minimal } from '../environment.js';
import { nativeServers } from './native-servers.js';

const findingsOf = (prometheus: object) =>
  validate({ ...minimal, prometheus }, 'test', 'environments/test.ts').findings.map(
    ({ place, remedy, value }) => ({ path: place.path, remedy, value }),
  );

test('native servers and sections are accepted, with all kinds of logins', () => {
  expect(findingsOf(nativeServers)).toEqual([]);
});

const url = 'https://mimir.example.com/api/v1/push';
const write = (fields: object) => ({ remoteWrite: [{ name: 'mimir', url, ...fields }] });
const addresses = { kind: 'addresses', cidrs: ['192.0.2.0/28'] };
const token = { secret: 'a', key: 'b' };

describe('what cannot work is reported', () => {
  test.each<[what: string, options: object, path: string, remedy: string]>([
    [
      'a server in the cluster',
      { remoteWrite: [{ url: 'http://mimir-nginx.mimir.svc/api/v1/push' }] },
      'remoteWrite[0].at',
      "where mimir-nginx.mimir.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'a server to read from in the cluster',
      { remoteRead: [{ url: 'http://mimir-nginx.mimir.svc/api/v1/read' }] },
      'remoteRead[0].at',
      "where mimir-nginx.mimir.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'an Alertmanager in the cluster',
      { alertmanagers: [{ static_configs: [{ targets: ['alertmanager.other.svc:9093'] }] }] },
      'alertmanagers[0].at',
      "where alertmanager.other.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'discovery of Alertmanagers whose addresses are unknown',
      { alertmanagers: [{ consul_sd_configs: [{ server: 'consul.example.com:8500' }] }] },
      'alertmanagers[0].consul_sd_configs',
      'nothing: synth does not know which targets it discovers, so no network policy can allow them. List the targets in static_configs, or their names in dns_sd_configs',
    ],
    [
      'no Alertmanager',
      { alertmanagers: [{ scheme: 'https' }] },
      'alertmanagers[0].static_configs',
      'a list of targets, or their names in dns_sd_configs',
    ],
    ['a reserved header', write({ headers: { Host: 'a' } }), 'remoteWrite[0].headers.Host', ''],
    [
      'two logins',
      write({ authentication: { kind: 'bearer', token }, basic_auth: { username: 'a' } }),
      'remoteWrite[0].basic_auth',
      'nothing: it cannot be used with authentication',
    ],
    [
      'a secret',
      write({ authorization: { credentials: 'secret' } }),
      'remoteWrite[0].authorization.credentials',
      'an object with secret and key',
    ],
    [
      'a secret of AWS',
      write({ sigv4: { region: 'eu-west-1', secret_key: token } }),
      'remoteWrite[0].sigv4.secret_key',
      'nothing: Prometheus reads it from no file. Set awsCredentials of the entry, a key of a Secret with a credentials file',
    ],
    [
      'a certificate that is not verified, without a reason',
      write({ tls_config: { insecure_skip_verify: true } }),
      'remoteWrite[0].unverified',
      'the reason why the certificate cannot be verified',
    ],
    [
      'the location of a proxy without a proxy',
      write({ proxyAt: addresses }),
      'remoteWrite[0].proxyAt',
      'nothing: there is no proxy_url',
    ],
    [
      'two entries with one name',
      { remoteWrite: [{ url }, { url }] },
      'remoteWrite[1].name',
      'a name that no other remote write has',
    ],
    [
      'two credentials files of AWS',
      {
        remoteWrite: [
          { url, sigv4: {}, awsCredentials: token },
          { name: 'other', url, sigv4: {}, awsCredentials: { secret: 'c', key: 'd' } },
        ],
      },
      'remoteWrite[1].awsCredentials',
      '{"secret":"a","key":"b"}, as for the other: the variable of AWS applies to the whole process',
    ],
    [
      'results of rules that are not seen between evaluations',
      { config: { global: { evaluation_interval: '5m' } } },
      'config.global.evaluation_interval',
      'less than 5m: Prometheus then sees no results of rules between evaluations',
    ],
    [
      'a timeout above the scrape interval',
      { config: { global: { scrape_timeout: '31s' } } },
      'config.global.scrape_timeout',
      'at most 30s, the scrape interval',
    ],
    [
      'a field with an option',
      { config: { global: { scrape_interval: '1m' } } },
      'config.global.scrape_interval',
      'nothing: use the option scrapeInterval',
    ],
    [
      'a section with an option',
      { config: { scrape_configs: [] } },
      'config.scrape_configs',
      'nothing: use the option scrapeConfigs',
    ],
  ])('%s', (_, options, path, remedy) => {
    expect(findingsOf(options)).toEqual([
      expect.objectContaining({
        path: `prometheus.${path}`,
        ...(remedy && { remedy: remedyFor(remedy) }),
      }),
    ]);
  });
});

test('unusual values that Prometheus accepts are accepted', () => {
  for (const scrapeInterval of ['1s', '5s', '500ms', '90s', '1m30s', '2m', '120s']) {
    expect(findingsOf({ scrapeInterval })).toEqual([]);
  }
  for (const retention of ['1h', '36h', '1d12h', '10y'])
    expect(findingsOf({ retention })).toEqual([]);
});
