/** A part of prometheus.yml, and whether Prometheus accepts it: `test/live` asks promtool. */
export interface PrometheusValue {
  readonly what: string;
  readonly config: object;
  readonly accepted: boolean;
}

const job = (fields: object): object => ({
  scrape_configs: [
    { job_name: 'db', static_configs: [{ targets: ['db.example.com:9100'] }], ...fields },
  ],
});

const step = (fields: object): object => job({ metric_relabel_configs: [fields] });

const write = (fields: object): object => ({
  remote_write: [{ url: 'https://mimir.example.com/api/v1/push', ...fields }],
});

// As GET /api/v1/status/config prints a step: with separator and replacement.
const printed = { separator: ';', replacement: '$1' };

const steps: readonly (readonly [what: string, fields: object, accepted: boolean])[] = [
  ['a printed keep', { ...printed, action: 'keep', source_labels: ['a'], regex: 'b' }, true],
  ['a printed drop', { ...printed, action: 'drop', source_labels: ['a'], regex: 'b' }, true],
  ['a printed replace', { ...printed, action: 'replace', target_label: 'a', regex: '(.*)' }, true],
  ['a printed labelmap', { ...printed, action: 'labelmap', regex: 'a_(.+)' }, true],
  ['a printed labeldrop', { ...printed, action: 'labeldrop', regex: 'a' }, true],
  ['a printed labelkeep', { ...printed, action: 'labelkeep', regex: 'a|__name__' }, true],
  [
    'a printed hashmod',
    { ...printed, action: 'hashmod', source_labels: ['a'], modulus: 2, target_label: 'b' },
    true,
  ],
  [
    'a printed lowercase',
    { ...printed, action: 'lowercase', source_labels: ['a'], target_label: 'b' },
    true,
  ],
  [
    'a printed keepequal',
    { ...printed, action: 'keepequal', source_labels: ['a'], target_label: 'b' },
    true,
  ],
  ['an action in another case', { action: 'LabelDrop', regex: 'a' }, true],
  ['a keep without an expression', { action: 'keep', source_labels: ['a'] }, true],
  ['a labelmap without an expression', { action: 'labelmap', replacement: 'a_$1' }, true],
  [
    'a keep with fields that it does not use',
    { action: 'keep', source_labels: ['a'], regex: 'b', target_label: 'c', modulus: 2 },
    true,
  ],
  ['an empty replacement', { source_labels: ['a'], target_label: 'b', replacement: '' }, true],
  ['a UTF-8 name', { source_labels: ['a.b'], target_label: 'c-d' }, true],
  ['a name with a group', { source_labels: ['a'], target_label: 'b_${1}' }, true],
  ['no target', { source_labels: ['a'] }, false],
  ['an empty target', { source_labels: ['a'], target_label: '' }, false],
  ['an unknown action', { action: 'keeep', source_labels: ['a'], regex: 'b' }, false],
  [
    'a hashmod without modulus',
    { action: 'hashmod', source_labels: ['a'], target_label: 'b' },
    false,
  ],
  [
    'a modulus of 0',
    { action: 'hashmod', source_labels: ['a'], target_label: 'b', modulus: 0 },
    false,
  ],
  [
    'a lowercase with a replacement',
    { action: 'lowercase', source_labels: ['a'], target_label: 'b', replacement: 'x' },
    false,
  ],
  [
    'a keepequal with an expression',
    { action: 'keepequal', source_labels: ['a'], target_label: 'b', regex: '(.*)' },
    false,
  ],
  [
    'a labeldrop with source labels',
    { action: 'labeldrop', regex: 'a', source_labels: ['b'] },
    false,
  ],
  ['a labeldrop with a separator', { action: 'labeldrop', regex: 'a', separator: ',' }, false],
  ['a labelmap without a name', { action: 'labelmap', regex: 'a', replacement: '' }, false],
  ['an invalid expression', { action: 'labeldrop', regex: '(' }, false],
  // Go reads a number or a boolean as its text where a text is expected.
  ['a boolean expression', { action: 'keep', source_labels: ['a'], regex: true }, true],
  ['a number as an expression', { action: 'drop', source_labels: ['a'], regex: 1.5 }, true],
  ['a number as a replacement', { target_label: 'a', replacement: 1 }, true],
  ['a boolean as a replacement', { target_label: 'a', replacement: false }, true],
  ['a number as a separator', { source_labels: ['a'], separator: 0, target_label: 'b' }, true],
  ['numbers as label names', { source_labels: [1], target_label: 2 }, true],
  ['a list as an expression', { action: 'keep', source_labels: ['a'], regex: ['b'] }, false],
  ['an object as a replacement', { target_label: 'a', replacement: {} }, false],
  [
    'a text as a modulus',
    { action: 'hashmod', source_labels: ['a'], modulus: 'two', target_label: 'b' },
    false,
  ],
];

const jobs: readonly (readonly [what: string, fields: object, accepted: boolean])[] = [
  ['limits of 0', { sample_limit: 0, label_limit: 0, target_limit: 0, body_size_limit: '0' }, true],
  ['a printed limit of 0', { body_size_limit: '0B' }, true],
  ['a limit in MiB', { body_size_limit: '10MiB' }, true],
  ['a limit with a fraction', { body_size_limit: '1.5GB' }, true],
  ['a limit in SI units', { body_size_limit: '10kB' }, false],
  ['a limit without a unit', { body_size_limit: '10' }, false],
  ['durations of 0', { scrape_interval: '0s', scrape_timeout: '0s' }, true],
  ['a timeout above the interval', { scrape_interval: '10s', scrape_timeout: '11s' }, false],
  ['a timeout above the common interval', { scrape_interval: '0s', scrape_timeout: '2m' }, false],
  ['a path without a slash', { metrics_path: 'metrics' }, true],
  ['a parameter without values', { params: { module: [] } }, true],
  ['a bucket factor of 0', { native_histogram_min_bucket_factor: 0 }, true],
  ['no targets', { static_configs: [] }, true],
  ['a group without targets', { static_configs: [{ targets: [], labels: { a: 'b' } }] }, true],
  ['a target without a port', { static_configs: [{ targets: ['db.example.com'] }] }, true],
  ['a target with a path', { static_configs: [{ targets: ['db.example.com/a'] }] }, false],
  [
    'a label with a UTF-8 name',
    { static_configs: [{ targets: ['a:1'], labels: { 'a-b': 'c' } }] },
    true,
  ],
  [
    'defaults of the client',
    { follow_redirects: true, enable_http2: true, proxy_from_environment: false },
    true,
  ],
  [
    'a certificate that is verified',
    { scheme: 'https', tls_config: { insecure_skip_verify: false } },
    true,
  ],
  ['a proxy', { proxy_url: 'http://proxy.example.com:3128', no_proxy: '10.0.0.0/8' }, true],
  ['a SOCKS proxy', { proxy_url: 'socks5://proxy.example.com:1080' }, true],
  ['no proxy without a proxy', { no_proxy: '10.0.0.0/8' }, false],
  ['two proxies', { proxy_url: 'http://proxy.example.com', proxy_from_environment: true }, false],
  ['a user without a password', { basic_auth: { username: 'token' } }, true],
  ['a password without a user', { basic_auth: { password_file: '/etc/password' } }, true],
  [
    'a token server whose certificate is verified',
    {
      oauth2: {
        client_id: 'a',
        client_secret_file: '/etc/secret',
        token_url: 'https://login.example.com/token',
        tls_config: { insecure_skip_verify: false },
      },
    },
    true,
  ],
  ['numbers and booleans as parameters', { params: { debug: [true], depth: [1, 2.5] } }, true],
  [
    'numbers and booleans as labels',
    { static_configs: [{ targets: ['a:1'], labels: { zone: 1, spare: false } }] },
    true,
  ],
  ['a number as a user', { basic_auth: { username: 1234 } }, true],
  ['a number as a name and as a path', { job_name: 7, metrics_path: 8 }, true],
  ['a number as an interval', { scrape_interval: 30 }, false],
  ['0 as an interval', { scrape_interval: 0 }, true],
  ['a text as a limit', { sample_limit: 'ten' }, false],
  ['a text as a boolean', { honor_labels: 'maybe' }, false],
  [
    'two logins',
    { basic_auth: { username: 'a' }, authorization: { credentials_file: '/etc/token' } },
    false,
  ],
  [
    'a legacy name with legacy validation',
    {
      metric_name_validation_scheme: 'legacy',
      metric_name_escaping_scheme: 'underscores',
      relabel_configs: [{ target_label: 'a_b', replacement: 'c' }],
    },
    true,
  ],
  [
    'a UTF-8 name with legacy validation',
    {
      metric_name_validation_scheme: 'legacy',
      metric_name_escaping_scheme: 'underscores',
      relabel_configs: [{ target_label: 'a-b', replacement: 'c' }],
    },
    false,
  ],
];

const dns = { names: ['db.example.com'] };
const sigv4 = { region: 'eu-west-1' };

const others: readonly (readonly [what: string, config: object, accepted: boolean])[] = [
  ['DNS records in lower case', job({ dns_sd_configs: [{ ...dns, type: 'a', port: 9100 }] }), true],
  ['SRV records', job({ dns_sd_configs: [dns] }), true],
  ['SRV records with a port', job({ dns_sd_configs: [{ ...dns, type: 'SRV', port: 0 }] }), true],
  ['MX records', job({ dns_sd_configs: [{ ...dns, type: 'MX', port: 25 }] }), true],
  ['A records without a port', job({ dns_sd_configs: [{ ...dns, type: 'A' }] }), false],
  ['unknown records', job({ dns_sd_configs: [{ ...dns, type: 'TXT', port: 1 }] }), false],
  ['a tenant', write({ headers: { 'X-Scope-OrgID': 'platform' } }), true],
  ['a number as a tenant', write({ headers: { 'X-Scope-OrgID': 12 } }), true],
  ['external labels', { global: { external_labels: { shard: 1, spare: true } } }, true],
  ['a reserved header', write({ headers: { 'Content-Type': 'text/plain' } }), false],
  ['version 2', write({ protobuf_message: 'io.prometheus.write.v2.Request' }), true],
  ['an unknown version', write({ protobuf_message: 'v2' }), false],
  ['metadata that are not sent', write({ metadata_config: { send: false } }), true],
  ['shards above the default', write({ queue_config: { min_shards: 51 } }), false],
  ['shards', write({ queue_config: { min_shards: 51, max_shards: 51, capacity: 1 } }), true],
  ['no capacity', write({ queue_config: { capacity: 0 } }), false],
  ['a backoff above the default', write({ queue_config: { min_backoff: '6s' } }), false],
  ['a backoff', write({ queue_config: { min_backoff: '6s', max_backoff: '10s' } }), true],
  ['sigv4 by the default chain', write({ sigv4 }), true],
  ['sigv4 with an external id alone', write({ sigv4: { ...sigv4, external_id: 'a' } }), false],
  ['sigv4 with a role', write({ sigv4: { role_arn: 'a', external_id: 'a' } }), true],
  ['sigv4 with a key alone', write({ sigv4: { ...sigv4, access_key: 'a' } }), false],
  ['two logins of a writer', write({ sigv4, basic_auth: { username: 'a' } }), false],
  [
    'a relabelling of what is written',
    write({ write_relabel_configs: [{ action: 'labeldrop', regex: 'a' }] }),
    true,
  ],
];

/** Values at the edge of what Prometheus accepts. */
export const prometheusValues: readonly PrometheusValue[] = [
  ...steps.map(([what, fields, accepted]) => ({ what, config: step(fields), accepted })),
  ...jobs.map(([what, fields, accepted]) => ({ what, config: job(fields), accepted })),
  ...others.map(([what, config, accepted]) => ({ what, config, accepted })),
];
