import { z } from 'zod';
import { path, text, url } from './format.js';

// https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config

/**
 * A field that holds a secret: an environment has a reference to a key of a Secret, and the file of
 * an engine, which never has the secret itself, the path of a file under `name_file`.
 */
export type SecretField<S extends z.ZodType> = <const N extends string>(
  name: N,
) => { readonly [K in N]: S };

/** The URL of a server, in which no credentials stand. */
export const serverUrl = url.refine(
  (value) => !/^https?:\/\/[^/?#]*@/.test(value) && URL.canParse(value),
  {
    error: 'a URL without credentials, and refer to a Secret instead',
  },
);

/** A secret in the file of an engine. */
export const fileField = <const N extends string>(name: N) =>
  ({ [`${name}_file`]: path }) as unknown as { readonly [K in N]: typeof path };

/** The same fields, none of which must be there. */
export const optional = <T extends z.ZodRawShape>(shape: T) => z.object(shape).partial().shape;

/** A field of which it is known why it is not taken, and what to do instead. */
export const refused = (instead: string) => z.undefined({ error: instead }).optional();

type Fields = Readonly<Record<string, unknown>>;

/** The name under which a field, or the file of a secret, is there. */
const keyOf = (fields: Fields, name: string): string | undefined =>
  [name, `${name}_file`].find((key) => fields[key] !== undefined);

/** Of the fields at most one may be there, or exactly one. */
export const one =
  (names: readonly string[], needed?: 'needed') =>
  (fields: Fields, context: z.RefinementCtx): void => {
    const [first, second] = names.flatMap((name) => keyOf(fields, name) ?? []);
    if (first === undefined && needed) {
      const message = `a value, or give another of ${names.join(', ')}`;
      context.addIssue({ code: 'custom', path: [names[0]!], message, input: undefined });
    }
    if (second === undefined) return;
    const message = `nothing: it does not go together with ${first}`;
    context.addIssue({ code: 'custom', path: [second], message, input: fields[second] });
  };

/** A field is there with another alone. */
export const needs =
  (name: string, other: string) =>
  (fields: Fields, context: z.RefinementCtx): void => {
    if (!keyOf(fields, name) || keyOf(fields, other)) return;
    const message = `what ${name} goes with, or remove ${name}`;
    context.addIssue({ code: 'custom', path: [other], message, input: undefined });
  };

/** TLS towards a server; who is not verified has to be said elsewhere. */
export const tlsConfig = <S extends z.ZodType, M extends z.ZodRawShape>(
  secret: SecretField<S>,
  more: M,
) =>
  z
    .strictObject({
      ...more,
      ...optional(secret('ca')),
      ...optional(secret('cert')),
      ...optional(secret('key')),
      server_name: text.optional(),
      min_version: z.enum(['TLS12', 'TLS13']).optional(),
      max_version: z.enum(['TLS12', 'TLS13']).optional(),
    })
    .superRefine(needs('cert', 'key'))
    .superRefine(needs('key', 'cert'));

// What the client sets itself, or what a login is for.
const reserved =
  `authorization host content-encoding content-length content-type user-agent connection keep-alive
  proxy-authenticate proxy-authorization www-authenticate accept-encoding x-amz-date
  x-amz-security-token x-amz-content-sha256 x-prometheus-remote-write-version
  x-prometheus-remote-read-version x-prometheus-scrape-timeout-seconds`.split(/\s+/);

const headers = z.record(
  z
    .string({ error: 'the name of a header that the client does not set itself' })
    .refine((name) => /^[\w-]+$/.test(name) && !reserved.includes(name.toLowerCase())),
  z.strictObject({ values: z.array(text).min(1) }),
);

const proxy = refused(
  'nothing here: a proxy is a party of its own, which alerting.proxy names for all that is told by HTTP',
);

/** How a client proves who it is, and whom it believes. */
export const httpClient = <S extends z.ZodType, M extends z.ZodRawShape>(
  secret: SecretField<S>,
  tls: M,
  proxied: z.ZodRawShape = {},
) => ({
  basic_auth: z.strictObject({ username: text, ...secret('password') }).optional(),
  authorization: z
    .strictObject({
      type: z
        .string({ error: "a type such as 'Bearer'; for Basic there is basic_auth" })
        .regex(/^(?!basic$)\S+$/i)
        .optional(),
      ...secret('credentials'),
    })
    .optional(),
  oauth2: z
    .strictObject({
      client_id: text,
      ...secret('client_secret'),
      token_url: serverUrl,
      scopes: z.array(text).optional(),
      endpoint_params: z.record(z.string(), z.string()).optional(),
      tls_config: tlsConfig(secret, {}).optional(),
      ...proxied,
    })
    .optional(),
  tls_config: tlsConfig(secret, tls).optional(),
  follow_redirects: z.boolean().optional(),
  enable_http2: z.boolean().optional(),
  http_headers: headers.optional(),
  bearer_token: refused('nothing: authorization has the same, with credentials'),
  proxy_url: proxy,
  no_proxy: proxy,
  proxy_from_environment: proxy,
  proxy_connect_header: proxy,
  ...proxied,
});

/** Ways to prove who one is, of which one is taken. */
export const oneLogin = one(['basic_auth', 'authorization', 'oauth2']);

/** A token of its own, beside which the client has no authorization. */
export const alone =
  (token: string) =>
  (fields: Fields, context: z.RefinementCtx): void => {
    const { authorization } = (fields.http_config ?? {}) as Fields;
    if (authorization === undefined || keyOf(fields, token) === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['http_config', 'authorization'],
      message: `nothing: it does not go together with ${token}`,
      input: authorization,
    });
  };
