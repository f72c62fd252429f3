import { z } from 'zod';
import type { Endpoint } from '../model/endpoint.js';
import { nativeOauth2, nativeProxy, oauth2, proxyFields } from './oauth2.js';
import { nativeTls, optionalKey, present, secretKey, tls } from './tls.js';

export { present } from './tls.js';

const inParty =
  "For the token of Prometheus itself, declare the application as a party with authentication: { kind: 'token', audience, grants }";

/** How Prometheus connects to targets and logs in. */
export const clientFields = {
  scheme: z
    .string()
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(['', 'http', 'https']))
    .optional(),
  tlsConfig: tls.optional(),
  basicAuth: z.strictObject({ username: secretKey, password: secretKey }).optional(),
  authorization: z
    .strictObject({ type: z.string().optional(), credentials: optionalKey })
    .optional(),
  bearerTokenSecret: optionalKey,
  bearerTokenFile: z
    .literal('', {
      error: `nothing: the path can be that of the token of Prometheus, with which a server could use its permissions. Reference a key of a Secret: authorization: { credentials: { name, key } }. ${inParty}`,
    })
    .optional(),
  oauth2,
  ...proxyFields,
  followRedirects: z.boolean().optional(),
  enableHttp2: z.boolean().optional(),
};

const client = z.object(clientFields);

type Client = z.output<typeof client>;

/** At most one way to log in. */
export const oneLogin = (fields: Client, { addIssue }: z.RefinementCtx): void => {
  const names = (['basicAuth', 'authorization', 'bearerTokenSecret', 'oauth2'] as const).filter(
    (name) => fields[name] !== undefined,
  );
  const [first, second] = names;
  if (second === undefined) return;
  const message = `nothing: it cannot be used with ${first}`;
  addIssue({ code: 'custom', path: [second], message, input: fields[second] });
};

/** The scheme of the targets, and how their certificate is verified. */
export const verificationOf = (
  { scheme, tlsConfig }: Client,
  subject: string,
): Pick<Endpoint, 'scheme' | 'verification'> => {
  if (scheme !== 'https') return { scheme: 'http' };
  const { insecureSkipVerify, caFile, serverName } = tlsConfig ?? {};
  if (insecureSkipVerify) {
    return {
      scheme,
      verification: { kind: 'unverified', reason: `${subject} sets insecureSkipVerify` },
    };
  }
  return {
    scheme,
    verification: caFile
      ? { kind: 'cluster-ca', ...(serverName && { serverName }) }
      : { kind: 'public-ca' },
  };
};

/** The same in Prometheus's notation, with references to Secrets; `clientId` is that of `oauth2`. */
export const nativeClient = (fields: Client, clientId = ''): Record<string, unknown> => {
  const { tlsConfig, basicAuth, authorization, bearerTokenSecret, oauth2: login } = fields;
  const credentials = authorization?.credentials ?? bearerTokenSecret;
  return present({
    tls_config: tlsConfig && nativeTls(tlsConfig),
    basic_auth: basicAuth,
    authorization: credentials && { type: authorization?.type || 'Bearer', credentials },
    oauth2: login && nativeOauth2(login, clientId),
    ...nativeProxy(fields),
    follow_redirects: fields.followRedirects,
    enable_http2: fields.enableHttp2,
  });
};
