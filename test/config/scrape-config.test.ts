import { describe, expect, test } from 'vitest';
import { secretReference } from '../../src/config/fields.js';
import { validate } from '../../src/environment/validate.js';
import { remedyFor } from '../../src/schema/allowed.js';
import prometheus from '../../src/schema/data/prometheus.js';
import { rawScrapeTypes } from '../../src/schema/prometheus/scrape-config.js';
import { minimal } from '../environment.js';
import { misspell, put, rename, type Site, sitesIn } from '../mutation/place.js';
import { unsaid } from '../schema/said.js';
import { keysOf, put as set } from './place.js';
import { scrapeConfigs } from './scrape-configs.js';

const findingsOf = (all: unknown, more: object = {}) =>
  validate(
    { ...minimal, prometheus: { scrapeConfigs: all, ...more } },
    'test',
    'environments/test.ts',
  ).findings.map(({ place, ...rest }) => ({
    ...rest,
    path: place.path?.replace('prometheus.scrapeConfigs', ''),
  }));

const pathOf = ({ path }: Pick<Site, 'path'>): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');

// These objects can have any names.
const free = /\.(params|labels|http_headers|endpoint_params|claims)[.[]/;
const sites = sitesIn(scrapeConfigs).filter((site) => !free.test(pathOf(site)));

test('a job can have native configuration, with all its fields', () => {
  expect(findingsOf(scrapeConfigs)).toEqual([]);
  expect(
    unsaid(
      prometheus.types,
      rawScrapeTypes(secretReference),
      'config.ScrapeConfig',
      scrapeConfigs.map(({ config }) => config),
    ),
  ).toEqual([]);
});

test('a misspelt field is reported at every place, with a suggestion', () => {
  const unfound = sites
    .filter(({ key }) => typeof key === 'string' && key.length > 4)
    .filter(
      ({ path, key }) =>
        !findingsOf(rename(scrapeConfigs, path, misspell(`${key}`))).some(
          ({ suggestion }) => suggestion !== undefined,
        ),
    );
  expect(unfound.map(pathOf)).toEqual([]);
});

test('a value of another type is reported', () => {
  const unfound = sites.filter(({ path, value }) => {
    const other = typeof value === 'object' ? 'text' : { of: value };
    return !findingsOf(put(scrapeConfigs, path, other)).some((one) =>
      `${one.path}`.startsWith(pathOf({ path }).replace(/\.(secret|key)$/, '')),
    );
  });
  expect(unfound.map(pathOf)).toEqual([]);
});

const bad = (path: string, value: unknown) => findingsOf(set(scrapeConfigs, keysOf(path), value));

const unknown =
  'nothing: synth does not know which targets it discovers, so no network policy can allow them. List the targets in static_configs, or their names in dns_sd_configs';
const duration = "a duration such as '30s', '5m' or '1h30m'";
const step = '[0].config.relabel_configs[0]';
const address =
  'another label, or set the same address for all targets: { target_label, replacement }';

describe('an invalid value', () => {
  test.each<[path: string, value: unknown, remedy: string]>([
    ['[0].config.job_name', '///', 'a name with a letter or a digit'],
    ['[0].config.scheme', 'ftp', "'http' or 'https'"],
    ['[0].config.scrape_interval', '1 minute', duration],
    ['[0].config.scrape_timeout', '61s', 'at most 1m, its scrape interval'],
    ['[1].config.scrape_timeout', '31s', 'at most 30s, its scrape interval'],
    [
      '[0].config.scrape_protocols',
      ['PrometheusProto', 'PrometheusProto'],
      'a list of protocols without duplicates',
    ],
    [
      '[0].config.fallback_scrape_protocol',
      'text',
      "'PrometheusProto', 'PrometheusText0.0.4', 'PrometheusText1.0.0', 'OpenMetricsText0.0.1' or 'OpenMetricsText1.0.0'",
    ],
    ['[0].config.sample_limit', -1, 'a whole number of at least 1'],
    ['[0].config.body_size_limit', '1Mi', "a size such as '512MB'"],
    ['[0].config.basic_auth.password', 'secret', 'an object with secret and key'],
    [
      '[0].config.static_configs[0].targets[0]',
      'http://switch.example.com:9100',
      "a host and a port such as 'db.example.com:9100'",
    ],
    [
      '[0].config.static_configs[0].targets[0]',
      'switch.example.com:99999',
      "a host and a port such as 'db.example.com:9100'",
    ],
    ['[0].config.static_configs[0].labels', { site: ['a'] }, 'a string'],
    ['[1].config.dns_sd_configs[0].type', 'TXT', "'SRV', 'A', 'AAAA', 'MX' or 'NS'"],
    ['[1].config.dns_sd_configs[0].names[0]', 'a b', "a host name such as 'db.example.com'"],
    [
      `${step}.regex`,
      '(',
      'a regular expression in RE2 syntax, without look-around and back-references',
    ],
    [
      `${step}.regex`,
      '(?!a)b',
      'a regular expression in RE2 syntax, without look-around and back-references',
    ],
    [`${step}.target_label`, undefined, "a label name such as 'namespace'"],
    [
      `[1].config.relabel_configs`,
      [{ source_labels: ['a'], target_label: '__address__' }],
      address,
    ],
    [
      '[2].config.relabel_configs[2].replacement',
      'https://pages.exporters.svc',
      "a host and a port such as 'db.example.com:9100'",
    ],
    ['[0].config.metric_relabel_configs[0].source_labels', [], 'a list of at least 1 item'],
    [
      '[0].config.metric_relabel_configs[0].regex',
      undefined,
      'a regular expression: without one, the step drops everything',
    ],
    ['[0].config.relabel_configs[5].modulus', undefined, 'a whole number of at least 1'],
    [
      '[0].config.metric_relabel_configs[1].replacement',
      '',
      "a label name, such as '$1' for a group of the regular expression",
    ],
    [
      '[0].config.kubernetes_sd_configs',
      [{ role: 'pod' }],
      "nothing: declare the application as a party, which selects its pods by labels: parties: [{ name, workloads: { web: { kind: 'pods', … } }, … }]",
    ],
    ['[0].config.consul_sd_configs', [{ server: 'consul.example.com:8500' }], unknown],
    ['[0].config.http_sd_configs', [{ url: 'https://targets.example.com/' }], unknown],
    ['[0].config.file_sd_configs', [{ files: ['/targets.json'] }], unknown],
    [
      '[0].config.scrape_failure_log_file',
      '/prometheus/failures.log',
      'nothing: the targets page of Prometheus shows why a scrape fails',
    ],
  ])('in %s is reported: %j', (path, value, remedy) => {
    expect(bad(path, value)).toContainEqual(expect.objectContaining({ remedy: remedyFor(remedy) }));
  });

  test('of an unknown action is reported', () => {
    expect(bad('[0].config.relabel_configs[2].action', 'keeep')).toEqual([
      expect.objectContaining({ path: '[0].config.relabel_configs[2].action', suggestion: 'keep' }),
    ]);
  });
});

test.each<[string, object, object?]>([
  [
    'a step that states its defaults',
    {
      metric_relabel_configs: [
        {
          source_labels: ['__name__'],
          separator: ';',
          regex: 'node_.*',
          replacement: '$1',
          action: 'keep',
        },
      ],
    },
  ],
  ['limits of 0', { sample_limit: 0, body_size_limit: '0B' }],
  ['a target without a port', { static_configs: [{ targets: ['db.example.com'] }] }],
  [
    'an address from another label',
    {
      relabel_configs: [
        {
          source_labels: ['__address__'],
          regex: '([^:]+)(?::\\d+)?',
          target_label: '__address__',
          replacement: '$1:9182',
        },
      ],
    },
  ],
  [
    'a group without targets',
    { static_configs: [{ targets: [] }, { targets: ['db.example.com:1'] }] },
  ],
  ['a certificate that is verified', { tls_config: { insecure_skip_verify: false } }],
  [
    'SRV records',
    { static_configs: [], dns_sd_configs: [{ names: ['db.example.com'] }] },
    { ports: [9100] },
  ],
  ['a proxy', { proxy_url: 'http://proxy.example.com:3128' }],
  ['no proxies of the environment', { proxy_from_environment: false }],
])('%s is accepted', (_, change, entry = {}) => {
  const config = {
    job_name: 'one',
    static_configs: [{ targets: ['db.example.com:9100'] }],
    ...change,
  };
  expect(findingsOf([{ ...entry, config }])).toEqual([]);
});

describe('an invalid combination is reported', () => {
  const [switches, appliances, pages] = scrapeConfigs;
  const one = (change: object, entry: object = {}) => ({
    ...entry,
    config: { job_name: 'one', static_configs: [{ targets: ['db.example.com:9100'] }], ...change },
  });

  test.each<[string, unknown[], string, string]>([
    [
      'a job without targets',
      [one({ static_configs: undefined })],
      '[0].config.static_configs',
      'a list of targets, or their names in dns_sd_configs',
    ],
    [
      'two jobs with the same name',
      [switches, { ...pages, config: { ...pages!.config, job_name: 'switches/core' } }],
      '[1].config.job_name',
      'a name that no other job has',
    ],
    [
      'Prometheus itself',
      [one({ static_configs: [{ targets: ['localhost:9090'] }] })],
      '[0].at',
      "where localhost is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }. That is the pod of Prometheus itself: remove a job that only scrapes Prometheus",
    ],
    [
      'two logins',
      [
        one({
          basic_auth: { username: 'a', password: { secret: 'a', key: 'b' } },
          authorization: { credentials: { secret: 'a', key: 'b' } },
        }),
      ],
      '[0].config.authorization',
      'nothing: it cannot be used with basic_auth',
    ],
    [
      'a certificate without its key',
      [one({ tls_config: { cert: { secret: 'a', key: 'b' } } })],
      '[0].config.tls_config.key',
      'a value, or remove cert, which requires it',
    ],
    [
      'a certificate that is not verified, without a reason',
      [{ ...appliances, unverified: undefined }],
      '[0].unverified',
      'the reason why the certificate cannot be verified',
    ],
    [
      'a reason for a certificate that is verified',
      [one({}, { unverified: 'it signs its own certificate' })],
      '[0].unverified',
      'nothing: tls_config has no insecure_skip_verify',
    ],
    [
      'UTF-8 names with legacy validation',
      [
        one({
          metric_name_validation_scheme: 'legacy',
          metric_name_escaping_scheme: 'allow-utf-8',
        }),
      ],
      '[0].config.metric_name_escaping_scheme',
      "'underscores', 'dots' or 'values': legacy name validation does not allow UTF-8 names",
    ],
    [
      'a Service without its location',
      [one({ static_configs: [{ targets: ['db.shop.svc:9100'] }] })],
      '[0].at',
      "where db.shop.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'SRV records without the ports of their targets',
      [one({ dns_sd_configs: [{ names: ['db.example.com'] }] })],
      '[0].ports',
      'the ports in the SRV records, such as [9100]',
    ],
    [
      'ports without SRV records',
      [one({}, { ports: [9100] })],
      '[0].ports',
      'nothing: no dns_sd_configs reads SRV records',
    ],
    [
      'a proxy inside the cluster without its location',
      [one({ proxy_url: 'http://proxy.egress.svc:3128' })],
      '[0].proxyAt',
      "where proxy.egress.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'the location of a proxy without a proxy',
      [one({}, { proxyAt: { kind: 'addresses', cidrs: ['192.0.2.0/28'] } })],
      '[0].proxyAt',
      'nothing: there is no proxy_url',
    ],
    [
      'a login inside the cluster without its location',
      [
        one({
          oauth2: {
            client_id: 'a',
            client_secret: { secret: 'a', key: 'b' },
            token_url: 'http://login/token',
          },
        }),
      ],
      '[0].loginAt',
      "where login is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [
      'a target outside the location of the targets',
      [
        one(
          { static_configs: [{ targets: ['10.1.2.3:9100'] }] },
          { at: { kind: 'addresses', cidrs: ['10.2.0.0/16'] } },
        ),
      ],
      '[0].at',
      'a place that contains the target 10.1.2.3',
    ],
  ])('%s', (_, configs, path, remedy) => {
    expect(findingsOf(configs)).toEqual([
      expect.objectContaining({ path, remedy: remedyFor(remedy) }),
    ]);
  });

  test('the metrics to keep for a job in two places', () => {
    expect(findingsOf([one({})], { keep: { one: 'used' } })).toEqual([
      expect.objectContaining({
        path: 'prometheus.keep.one',
        remedy: 'Remove it: use metric_relabel_configs of this job.',
      }),
    ]);
  });
});
