import { z } from 'zod';
import { objectName, secretReference } from '../config/fields.js';
import type { Endpoint } from '../model/endpoint.js';
import { clusterCaPath } from '../model/identity.js';
import type { SecretReference } from '../model/prerequisite.js';
import { refused } from '../schema/refinement.js';

/** A reference to a key of a Secret, as Kubernetes writes it. */
export const secretKey = z
  .strictObject({
    name: objectName,
    key: secretReference.shape.key,
    // Without the Secret, the pod of Prometheus does not start.
    optional: z.boolean().optional(),
  })
  .transform(({ name, key }): SecretReference => ({ secret: name, key }));

/** A value without a name, as generated objects have it, counts as not set. */
const emptyReference = z
  .strictObject({ key: z.literal('').optional(), name: z.literal('').optional() })
  .transform(() => undefined);

export const optionalKey = z
  .union([emptyReference, secretKey], { error: 'an object with the name and the key of a Secret' })
  .optional();

const fromSecret = 'nothing: copy the value to a Secret, and reference it: secret: { name, key }';

const secretOrConfigMap = z
  .strictObject({ secret: optionalKey, configMap: refused(fromSecret) })
  .transform(({ secret }) => secret)
  .optional();

const tlsVersion = z
  .enum(['TLS10', 'TLS11', 'TLS12', 'TLS13'])
  .refine((version) => version === 'TLS12' || version === 'TLS13', { error: "'TLS12' or 'TLS13'" })
  .optional();

const inSecret = (field: string): string =>
  `nothing: the pod of Prometheus does not have the file. Reference a key of a Secret in ${field}`;

/** Fields of a file in the pod of Prometheus: empty, or rejected. */
const noFile = (instead: string) => z.literal('', { error: inSecret(instead) }).optional();

const tls = z
  .strictObject({
    ca: secretOrConfigMap,
    caFile: z.enum(['', clusterCaPath], { error: inSecret('ca') }).optional(),
    cert: secretOrConfigMap,
    certFile: noFile('cert'),
    keySecret: optionalKey,
    keyFile: noFile('keySecret'),
    serverName: z.string().optional(),
    insecureSkipVerify: z.boolean().optional(),
    minVersion: tlsVersion,
    maxVersion: tlsVersion,
  })
  .superRefine(({ cert, keySecret }, { addIssue }) => {
    if ((cert === undefined) === (keySecret === undefined)) return;
    const [missing, other] = cert ? ['keySecret', 'cert'] : ['cert', 'keySecret'];
    const message = `a reference to a key of a Secret: ${other} requires it`;
    addIssue({ code: 'custom', path: [missing!], message, input: undefined });
  });

const inParty =
  "For the token of Prometheus itself, declare the application as a party with authentication: { kind: 'token', audience, grants }";

const noProxy =
  'nothing: Prometheus connects to the targets themselves, and the network policies allow only that';

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
  oauth2: refused(
    'nothing: Prometheus cannot read clientId from a Secret. Use prometheus.scrapeConfigs of the environment, in which oauth2.client_id is a text',
  ),
  proxyUrl: z.literal('', { error: noProxy }).optional(),
  noProxy: z.literal('', { error: noProxy }).optional(),
  proxyFromEnvironment: z.literal(false, { error: noProxy }).optional(),
  proxyConnectHeader: refused(noProxy),
  followRedirects: z.boolean().optional(),
  enableHttp2: z.boolean().optional(),
};

const client = z.object(clientFields);

type Client = z.output<typeof client>;

/** At most one way to log in. */
export const oneLogin = (fields: Client, { addIssue }: z.RefinementCtx): void => {
  const names = (['basicAuth', 'authorization', 'bearerTokenSecret'] as const).filter(
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

/** The same in Prometheus's notation, with references to Secrets. */
export const nativeClient = ({
  tlsConfig,
  basicAuth,
  authorization,
  bearerTokenSecret,
  followRedirects,
  enableHttp2,
}: Client): Record<string, unknown> => {
  const { ca, cert, keySecret, serverName, minVersion, maxVersion } = tlsConfig ?? {};
  const credentials = authorization?.credentials ?? bearerTokenSecret;
  return present({
    tls_config: nonEmpty({
      ca,
      cert,
      key: keySecret,
      server_name: serverName || undefined,
      min_version: minVersion,
      max_version: maxVersion,
    }),
    basic_auth: basicAuth,
    authorization: credentials && { type: authorization?.type || 'Bearer', credentials },
    follow_redirects: followRedirects,
    enable_http2: enableHttp2,
  });
};

/** The fields with a value. */
export const present = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const nonEmpty = (fields: Readonly<Record<string, unknown>>) => {
  const all = present(fields);
  return Object.keys(all).length > 0 ? all : undefined;
};
