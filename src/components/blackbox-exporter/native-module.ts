import { z } from 'zod';
import { goDuration, regex, text } from '../../schema/format.js';
import { refused } from '../../schema/refinement.js';
import { queryClasses, queryTypes, responseCodes } from './dns-name.js';

// https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/config/config.go

const tlsVersion = z.enum(['TLS10', 'TLS11', 'TLS12', 'TLS13']);
const notMounted = refused(
  'nothing: the pod has no files with certificates. Servers are verified with the public certificate authorities',
);
const tls = z.strictObject({
  server_name: text.optional(),
  insecure_skip_verify: z.boolean().optional(),
  min_version: tlsVersion.optional(),
  max_version: tlsVersion.optional(),
  ...Object.fromEntries(
    ['ca', 'cert', 'key', 'ca_file', 'cert_file', 'key_file'].map((name) => [name, notMounted]),
  ),
});

const address = {
  preferred_ip_protocol: z.enum(['ip4', 'ip6']).optional(),
  ip_protocol_fallback: z.boolean().optional(),
};

const step = z
  .strictObject({
    expect: regex.optional(),
    expect_bytes: z.string().optional(),
    labels: z.array(z.strictObject({ name: text, value: z.string() })).optional(),
    send: z.string().optional(),
    starttls: z.boolean().optional(),
  })
  .superRefine(({ expect, expect_bytes }, { addIssue }) => {
    if (expect === undefined || expect_bytes === undefined) return;
    const message = 'nothing: it cannot be used with expect';
    addIssue({ code: 'custom', path: ['expect_bytes'], message, input: expect_bytes });
  });

const records = z.strictObject({
  fail_if_matches_regexp: z.array(regex).optional(),
  fail_if_all_match_regexp: z.array(regex).optional(),
  fail_if_not_matches_regexp: z.array(regex).optional(),
  fail_if_none_matches_regexp: z.array(regex).optional(),
});

const tcp = z.strictObject({
  ...address,
  query_response: z.array(step).optional(),
  tls: z.boolean().optional(),
  tls_config: tls.optional(),
});

const dns = z
  .strictObject({
    ...address,
    query_name: text,
    query_type: z.enum(queryTypes).optional(),
    query_class: z.enum(queryClasses).optional(),
    recursion_desired: z.boolean().optional(),
    transport_protocol: z.enum(['udp', 'tcp']).optional(),
    dns_over_tls: z.boolean().optional(),
    tls_config: tls.optional(),
    valid_rcodes: z.array(z.enum(responseCodes)).optional(),
    validate_answer_rrs: records.optional(),
    validate_authority_rrs: records.optional(),
    validate_additional_rrs: records.optional(),
  })
  .superRefine(({ dns_over_tls, transport_protocol }, { addIssue }) => {
    if (!dns_over_tls || transport_protocol === 'tcp') return;
    const message = "'tcp': dns_over_tls requires it";
    addIssue({ code: 'custom', path: ['transport_protocol'], message, input: transport_protocol });
  });

const grpc = z.strictObject({
  ...address,
  service: z.string().optional(),
  tls: z.boolean().optional(),
  tls_config: tls.optional(),
  metadata: z.record(text, z.array(z.string())).optional(),
});

const icmp = z.strictObject({
  ...address,
  source_ip_address: refused('nothing: the address of the pod is not known before it starts'),
  payload_size: z.int().min(0).max(65_507).optional(),
  // https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/prober/icmp.go
  dont_fragment: refused(
    'nothing: it needs a raw socket, and the pod has no capability for it. Without it, the socket needs none',
  ),
  ttl: z.int().min(1).max(255).optional(),
});

const timeout = goDuration.optional();

/** Modules of blackbox-exporter for other protocols than HTTP. */
export const nativeModules = [
  z.strictObject({ prober: z.literal('tcp'), timeout, tcp: tcp.optional() }),
  z.strictObject({ prober: z.literal('dns'), timeout, dns }),
  z.strictObject({ prober: z.literal('grpc'), timeout, grpc: grpc.optional() }),
  z.strictObject({ prober: z.literal('icmp'), timeout, icmp: icmp.optional() }),
] as const;

/** A module in native configuration of blackbox-exporter. */
export const nativeModule = z.discriminatedUnion('prober', nativeModules, {
  // Without an issue, a text of the whole schema is meant.
  error: (issue) =>
    issue?.code === 'invalid_union'
      ? "'tcp', 'dns', 'grpc' or 'icmp'. For pages over HTTP, use the option probes with a URL"
      : undefined,
});

/** The name of a module; those of the modules for pages are reserved. */
export const moduleName = z
  .string({ error: "a name that does not start with 'http_200' or another status code" })
  .regex(/^(?!http_\d{3})\S+$/);

export type NativeModule = z.output<typeof nativeModule>;

/** How a module connects to its target. */
export const transportOf = (module: NativeModule) => {
  if (module.prober === 'icmp') {
    return { protocol: 'ICMP', port: 0, tls: undefined } as const;
  }
  if (module.prober !== 'dns') {
    const section = module.prober === 'tcp' ? module.tcp : module.grpc;
    return { protocol: 'TCP', tls: section?.tls_config } as const;
  }
  const { transport_protocol = 'udp', dns_over_tls, tls_config } = module.dns;
  return {
    protocol: transport_protocol === 'udp' ? 'UDP' : 'TCP',
    // https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/prober/dns.go
    port: dns_over_tls ? 853 : 53,
    tls: tls_config,
  } as const;
};

/** The module as it is written: IPv4 is preferred, as by the modules for pages. */
export const writtenModule = (module: NativeModule): NativeModule => {
  const preferred = { preferred_ip_protocol: 'ip4' } as const;
  switch (module.prober) {
    case 'tcp':
      return { ...module, tcp: { ...preferred, ...module.tcp } };
    case 'dns':
      return { ...module, dns: { ...preferred, ...module.dns } };
    case 'grpc':
      return { ...module, grpc: { ...preferred, ...module.grpc } };
    case 'icmp':
      return { ...module, icmp: { ...preferred, ...module.icmp } };
  }
};
