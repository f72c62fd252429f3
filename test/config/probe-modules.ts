import type { EnvironmentOptions } from '../../src/environment/environment.js';

const tls_config = {
  server_name: 'a.example.com',
  min_version: 'TLS12',
  max_version: 'TLS13',
} as const;
const address = { preferred_ip_protocol: 'ip6', ip_protocol_fallback: false } as const;

/** Modules with all fields. */
export const modules = {
  tcp: { prober: 'tcp' },
  mail: {
    prober: 'tcp',
    timeout: '8s',
    tcp: {
      ...address,
      query_response: [
        { expect: '^220 ([^ ]+) ESMTP', labels: [{ name: 'banner', value: '$1' }] },
        { send: 'STARTTLS' },
        { expect_bytes: '220', starttls: true },
      ],
      tls: false,
      tls_config: { ...tls_config, insecure_skip_verify: false },
    },
  },
  dns: { prober: 'dns', dns: { query_name: 'example.com' } },
  'dns-soa': {
    prober: 'dns',
    dns: {
      ...address,
      query_name: 'example.com',
      query_type: 'SOA',
      query_class: 'IN',
      recursion_desired: false,
      transport_protocol: 'tcp',
      dns_over_tls: true,
      tls_config,
      valid_rcodes: ['NOERROR'],
      validate_answer_rrs: {
        fail_if_matches_regexp: ['.*127.0.0.1'],
        fail_if_all_match_regexp: ['.*127.0.0.1'],
        fail_if_not_matches_regexp: ['example.com.*'],
        fail_if_none_matches_regexp: ['example.com.*'],
      },
      validate_authority_rrs: {},
      validate_additional_rrs: {},
    },
  },
  grpc: {
    prober: 'grpc',
    grpc: {
      ...address,
      service: 'shop',
      tls: true,
      tls_config: { insecure_skip_verify: true },
      metadata: { tenant: ['a'] },
    },
  },
  ping: { prober: 'icmp', timeout: '2s', icmp: { ...address, payload_size: 64, ttl: 32 } },
} satisfies NonNullable<EnvironmentOptions['blackboxExporter']>['modules'];

/** Modules that blackbox-exporter does not load. */
export const invalidModules: [name: string, module: object][] = [
  ['no name to query', { prober: 'dns', dns: {} }],
  ['an unknown type of record', { prober: 'dns', dns: { query_name: 'a.com', query_type: 'AA' } }],
  ['an unknown class', { prober: 'dns', dns: { query_name: 'a.com', query_class: 'INN' } }],
  ['an unknown field', { prober: 'tcp', tcp: { tlss: true } }],
  ['an invalid expression', { prober: 'tcp', tcp: { query_response: [{ expect: '(' }] } }],
  [
    'two expectations',
    { prober: 'tcp', tcp: { query_response: [{ expect: 'a', expect_bytes: 'a' }] } },
  ],
  ['a section of a wrong type', { prober: 'grpc', grpc: { tls: 'yes please' } }],
  ['a timeout without a unit', { prober: 'tcp', timeout: '5' }],
];
