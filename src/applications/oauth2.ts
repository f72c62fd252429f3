import { z } from 'zod';
import { objectName } from '../config/fields.js';
import { proxyUrl, serverUrl } from '../schema/http-client.js';
import { refused } from '../schema/refinement.js';
import type { Document } from './document.js';
import { isIn, type Objects } from './object.js';
import { nativeTls, present, secretKey, tls } from './tls.js';

const noVariables =
  "nothing: Prometheus has no environment variables of a proxy. Set proxyUrl to the proxy's URL";

/** The proxy of a client. */
export const proxyFields = {
  proxyUrl: proxyUrl.optional(),
  noProxy: z.string().optional(),
  proxyFromEnvironment: z.literal(false, { error: noVariables }).optional(),
  proxyConnectHeader: refused('nothing: it is a secret, and Prometheus cannot read it from a file'),
};

const proxy = z.object(proxyFields);

/** A proxy in Prometheus's notation. */
export const nativeProxy = ({ proxyUrl, noProxy }: z.output<typeof proxy>) => ({
  proxy_url: proxyUrl || undefined,
  no_proxy: (proxyUrl && noProxy) || undefined,
});

const fromConfigMap =
  'nothing: Prometheus reads clientId from no file, and it is not a secret. Copy it to a ConfigMap, add that as YAML to applications/, and reference it: configMap: { name, key }';

/** A login at a token server. The operator reads `clientId` in the cluster; here it is read from `applications/`. */
export const oauth2 = z
  .strictObject({
    clientId: z.strictObject({
      secret: refused(fromConfigMap),
      configMap: z.strictObject({
        name: objectName,
        key: z.string().min(1),
        optional: z.boolean().optional(),
      }),
    }),
    clientSecret: secretKey,
    tokenUrl: serverUrl,
    scopes: z.array(z.string()).optional(),
    endpointParams: z.record(z.string(), z.string()).optional(),
    tlsConfig: tls
      .refine(({ insecureSkipVerify }) => !insecureSkipVerify, {
        path: ['insecureSkipVerify'],
        error: 'nothing: the certificate of the token server must be verified',
      })
      .optional(),
    ...proxyFields,
  })
  .optional();

type OAuth2 = NonNullable<z.output<typeof oauth2>>;

/** The client id in a ConfigMap of `applications/`; undefined if none has it. */
export const clientIdOf = (
  { clientId: { configMap } }: OAuth2,
  { metadata: { namespace = 'default' }, application }: Document,
  { configMaps }: Objects,
): string | undefined =>
  configMaps.find(
    (one) =>
      one.name === configMap.name &&
      isIn(one, namespace, application) &&
      one.data[configMap.key] !== undefined,
  )?.data[configMap.key];

/** A login in Prometheus's notation. */
export const nativeOauth2 = (login: OAuth2, clientId: string): Record<string, unknown> =>
  present({
    client_id: clientId,
    client_secret: login.clientSecret,
    token_url: login.tokenUrl,
    scopes: login.scopes,
    endpoint_params: login.endpointParams,
    tls_config: login.tlsConfig && nativeTls(login.tlsConfig),
    ...nativeProxy(login),
  });
