import { z } from 'zod';
import type { TypeRule } from './engine-schema.js';
import { text, url } from './format.js';
import { addressText, isNumber } from './private-host.js';
import { needs, one } from './refinement.js';

// What https://github.com/prometheus/common/blob/v0.70.1/config/http_config.go rejects.

/** The URL of a server, without credentials. */
export const serverUrl = url.refine(
  (value) => !/^https?:\/\/[^/?#]*@/.test(value) && URL.canParse(value),
  { error: 'a URL without credentials, and reference a Secret instead' },
);

/** The proxies that Go's HTTP client supports. */
export const proxyUrl = z
  .string({ error: "the URL of a proxy such as 'http://proxy.example.com:3128'" })
  .refine((value) => /^(https?|socks5h?):\/\/[^/@\s]+(\/\S*)?$/.test(value) && URL.canParse(value))
  .refine((value) => !isNumber(value), { error: `the URL of a proxy with ${addressText}` })
  .or(z.literal(''));

// Headers that the client sets itself, or that a login sets.
const reserved =
  `authorization host content-encoding content-length content-type user-agent connection keep-alive
  proxy-authenticate proxy-authorization www-authenticate accept-encoding x-amz-date
  x-amz-security-token x-amz-content-sha256 x-prometheus-remote-write-version
  x-prometheus-remote-read-version x-prometheus-scrape-timeout-seconds`.split(/\s+/);

/** Whether a client sets a header itself, or by a login. */
export const isReserved = (name: string): boolean => reserved.includes(name.toLowerCase());

/** Headers by name. */
export const headersOf = (value: z.ZodType) =>
  z.record(
    z
      .string({ error: 'the name of a header that the client does not set itself' })
      .refine((name) => name.toLowerCase() !== 'authorization', {
        error: 'authorization: { credentials: { secret, key } } instead of this header',
      })
      .refine((name) => /^[\w-]+$/.test(name) && !isReserved(name)),
    value,
  );

const proxy = 'nothing: alerting.proxy sets the proxy of all receivers that use HTTP';

/** The authentication methods, of which a client uses one. */
export const logins = ['basic_auth', 'authorization', 'oauth2'] as const;

/** How a client authenticates and which servers it trusts; without `reference`, as in an engine's own file. */
export const httpClientRules = (reference?: z.ZodType): Readonly<Record<string, TypeRule>> => ({
  'config.Authorization': {
    fields: {
      type: z
        .string({ error: "a type such as 'Bearer', or use basic_auth for Basic" })
        .regex(/^(?!basic$)\S+$/i),
    },
  },
  'config.OAuth2': {
    fields: {
      token_url: serverUrl,
      grant_type: z.enum(['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer']),
      signature_algorithm: z.enum(['RS256', 'RS384', 'RS512']),
    },
    refinements: [
      one(['client_secret', 'client_certificate_key'], 'needed'),
      needs('client_certificate_key', 'grant_type'),
      ({ tls_config }, context) => {
        const { insecure_skip_verify: input } = (tls_config ?? {}) as Record<string, unknown>;
        if (!input) return;
        const path = ['tls_config', 'insecure_skip_verify'];
        const message = 'nothing: the certificate of the token server must be verified';
        context.addIssue({ code: 'custom', path, message, input });
      },
    ],
  },
  'config.TLSConfig': {
    // The certificate of an authority is no secret: its text can be in the configuration.
    fields: {
      ca: z
        .string({ error: "a certificate that starts with '-----BEGIN CERTIFICATE-----'" })
        .regex(/-----BEGIN CERTIFICATE-----/),
    },
    secret: ['cert'],
    refinements: [needs('cert', 'key'), needs('key', 'cert')],
  },
  'config.ProxyConfig': {
    refused: reference
      ? {
          proxy_url: proxy,
          no_proxy: proxy,
          proxy_from_environment: proxy,
          proxy_connect_header: proxy,
        }
      : {},
    refinements: [
      one(['proxy_from_environment', 'proxy_url']),
      one(['proxy_from_environment', 'no_proxy']),
      needs('no_proxy', 'proxy_url'),
    ],
  },
  'config.Header': {
    fields: {
      values: z.array(text).min(1),
      ...(reference ? { secrets: z.array(reference).min(1) } : {}),
    },
    refused: reference
      ? { files: 'nothing: reference keys of Secrets in secrets' }
      : { secrets: 'nothing: list the files that contain them in files' },
    refinements: [
      ({ values, secrets, files }, context) => {
        if (values ?? secrets ?? files) return;
        const message = 'a list of values, or set secrets';
        context.addIssue({ code: 'custom', path: ['values'], message, input: undefined });
      },
    ],
  },
  'config.HTTPClientConfig': {
    fields: { http_headers: (of) => headersOf(of('config.Header')) },
    refused: { bearer_token: 'nothing: use authorization: { credentials: { secret, key } }' },
    refinements: [one(logins)],
  },
});

/** Required fields of the client. */
export const clientNeeded = {
  'config.BasicAuth': ['username', 'password'],
  'config.Authorization': ['credentials'],
  'config.OAuth2': ['client_id', 'token_url'],
} as const;

/** The types of the client that are not structs. */
export const clientScalars = {
  'config.TLSVersion': z.enum(['TLS12', 'TLS13']),
  'config.URL': url,
} as const;
