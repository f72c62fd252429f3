import { z } from 'zod';
import type { TypeRules } from '../engine-schema.js';
import { asText, duration, port, positiveDuration, text } from '../format.js';
import { headersOf, httpClientRules, logins, proxyUrl, serverUrl } from '../http-client.js';
import { bareAddress, isNumber } from '../private-host.js';
import { needs, one } from '../refinement.js';
import { count } from './engine.js';
import {
  addresses,
  atMost,
  attributes,
  escaping,
  ofApiServer,
  ownNames,
  ownNamespace,
  recordPort,
  selectors,
  timeouts,
} from './refinements.js';
import { legacyNames, relabelRule } from './relabel.js';

const escapingScheme = z.enum(['allow-utf-8', 'underscores', 'dots', 'values']);
export const scheme = z.enum(['http', 'https']);
export const metricsPath = z.string({ error: "a path such as '/metrics'" });

const protocols = (of: (type: string) => z.ZodType) =>
  z
    .array(of('config.ScrapeProtocol'))
    .min(1)
    .refine((all) => new Set(all).size === all.length, {
      error: 'a list of protocols without duplicates',
    });

const url = z
  .string({ error: 'a URL with http:// or https://' })
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value));

// The defaults in https://github.com/prometheus/prometheus/blob/v3.14.0/config/config.go
const queue = { max_shards: 50, max_backoff: '5s' };

const awsKey =
  'nothing: Prometheus reads it from no file. Set awsCredentials of the entry, a key of a Secret with a credentials file';

/** Logins of clouds in an environment: a file of the container must be a key of a Secret. */
const cloudRules = (reference: z.ZodType): TypeRules => ({
  'googleiam.Config': { fields: { credentials_file: reference } },
  'azuread.AzureADConfig': {
    refused: {
      oauth: 'nothing: its secret is read from no file. Use workload_identity or managed_identity',
      certificate: 'nothing: use workload_identity or managed_identity',
    },
  },
  'azuread.WorkloadIdentityConfig': {
    refused: {
      token_file_path: 'nothing: the webhook of Azure mounts the token at its default path',
    },
  },
});

const attributeNames = z
  .array(z.string({ error: 'the name of an attribute' }).regex(/\S/))
  .refine((names) => new Set(names.map((name) => name.trim())).size === names.length, {
    error: 'a list of names without duplicates',
  });

const fieldSelector = z
  .string({ error: "a selector such as 'status.phase=Running'" })
  .regex(/^[^=!,]+(=|==|!=)[^=!,]*(,[^=!,]+(=|==|!=)[^=!,]*)*$/);

const rulePath = z
  .string({ error: "a path with '*' only in its last part" })
  .regex(/^[^*]+(\*[^/]*)?$|^\*[^/]*$/);

// What the methods UnmarshalYAML and Validate of config/config.go and discovery/*/*.go in
// https://github.com/prometheus/prometheus/tree/v3.14.0 reject, and what Crowsnest rejects.
export const rulesOf = (reference?: z.ZodType): TypeRules => {
  const client = httpClientRules(reference);
  return {
    ...client,
    'config.ProxyConfig': {
      ...client['config.ProxyConfig'],
      fields: { proxy_url: proxyUrl },
      refused: reference
        ? {
            proxy_connect_header:
              'nothing: it is a secret, and the engine cannot read it from a file',
          }
        : {},
    },
    'relabel.Config': relabelRule,
    'config.Config': {
      fields: { rule_files: z.array(rulePath), scrape_config_files: z.array(rulePath) },
      refinements: [
        timeouts,
        ownNames('scrape_configs', 'job_name', 'a name that no other job has'),
        ownNames('remote_write', 'name', 'a name that no other entry has'),
        ownNames('remote_read', 'name', 'a name that no other entry has'),
      ],
    },
    'config.GlobalConfig': {
      fields: { scrape_protocols: protocols, metric_name_escaping_scheme: escapingScheme },
      refinements: [escaping, atMost('scrape_timeout', 'scrape_interval')],
    },
    'config.OTLPConfig': {
      fields: {
        promote_resource_attributes: attributeNames,
        ignore_resource_attributes: attributeNames,
      },
      refinements: [attributes],
    },
    'config.QueueConfig': {
      fields: {
        capacity: count,
        max_shards: count,
        min_shards: count,
        max_samples_per_send: count,
      },
      refinements: [
        atMost('min_shards', 'max_shards', queue.max_shards),
        atMost('min_backoff', 'max_backoff', queue.max_backoff),
      ],
    },
    'eureka.SDConfig': { fields: { server: url } },
    'http.SDConfig': { fields: { url } },
    'puppetdb.SDConfig': { fields: { url } },
    'stackit.SDConfig': { fields: { endpoint: url } },
    'uyuni.SDConfig': { fields: { server: url } },
    'config.ScrapeConfig': {
      fields: {
        scheme,
        metrics_path: metricsPath,
        // 0 is the default: the value in `global`.
        scrape_interval: duration,
        scrape_timeout: duration,
        scrape_protocols: protocols,
        metric_name_escaping_scheme: escapingScheme,
      },
      refinements: [escaping, addresses, legacyNames('relabel_configs', 'metric_relabel_configs')],
    },
    'targetgroup.Group': { fields: { targets: z.array(text) } },
    'dns.SDConfig': {
      fields: {
        names: z
          .array(
            z
              .string({ error: "a host name such as 'db.example.com'" })
              .regex(/^[\w-]+(?:\.[\w-]+)*\.?$/)
              .refine((name) => !isNumber(name) && bareAddress(name) === undefined, {
                error: 'a name: DNS has no records of addresses',
              }),
          )
          .min(1),
        type: z.preprocess(
          (value) => (typeof value === 'string' ? value.toUpperCase() : value),
          z.enum(['SRV', 'A', 'AAAA', 'MX', 'NS']),
        ),
        port: port.or(z.literal(0)),
        refresh_interval: positiveDuration,
      },
      refinements: [recordPort],
    },
    'kubernetes.SDConfig': {
      refinements: [one(['kubeconfig_file', 'api_server']), selectors, ownNamespace, ofApiServer],
    },
    'kubernetes.SelectorConfig': { fields: { field: fieldSelector } },
    'config.AlertmanagerConfig': {
      fields: { scheme, api_version: z.literal('v2') },
      refinements: [one([...logins, 'sigv4']), addresses],
    },
    ...(reference && cloudRules(reference)),
    'config.RemoteWriteConfig': {
      fields: { url: serverUrl, headers: headersOf(asText(z.string())) },
      refinements: [one([...logins, 'sigv4', 'azuread', 'google_iam'])],
    },
    'config.RemoteReadConfig': {
      fields: { url: serverUrl, headers: headersOf(asText(z.string())) },
    },
    'config.TracingConfig': {
      fields: { headers: headersOf(asText(z.string())), compression: z.literal('gzip') },
    },
    'config.ChunkEncodingConfig': { fields: { floats: z.enum(['xor', 'xor2']) } },
    'config.TSDBRetentionConfig': { fields: { percentage: z.number().min(0).max(100) } },
    'sigv4.SigV4Config': {
      refused: reference ? { access_key: awsKey, secret_key: awsKey } : {},
      refinements: [
        needs('external_id', 'role_arn'),
        needs('access_key', 'secret_key'),
        needs('secret_key', 'access_key'),
      ],
    },
  };
};
