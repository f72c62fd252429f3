import { z } from 'zod';
import { secretReference, url } from '../../config/fields.js';
import { type ClientPlaces, checkClient, type NativeClient } from '../../config/native-client.js';
import { place } from '../../config/place.js';
import { partyNameOf } from '../../config/scrape-config.js';
import { type Server, serverAt } from '../../config/server.js';
import { serverLogin } from '../../config/server-login.js';
import { secretPath } from '../../model/identity.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { withFiles } from '../../model/secret-file.js';
import type { EngineValue } from '../../schema/engine-value.js';
import { logins } from '../../schema/http-client.js';
import type { engine } from '../../schema/prometheus/engine.js';
import { prometheusType } from '../../schema/prometheus/type.js';
import type { Refinement } from '../../schema/refinement.js';
import { type AwsSetting, awsLogins } from '../aws-role.js';

/** What an environment states about a server beside its native fields. */
const places = {
  /** Location of the server. @default - any address outside private ranges, listed as open */
  at: place.optional(),
  /** Where it logs in: `oauth2`, `sigv4`, `azuread`, `google_iam`. @default - as for `at` */
  loginAt: place.optional(),
  /** Location of the proxy of `proxy_url`. @default - as for `at` */
  proxyAt: place.optional(),
  /** Why the certificate cannot be verified, for `insecure_skip_verify`; listed in the generated README. */
  unverified: z.string().min(10).optional(),
};

const own = {
  ...places,
  /** In place of `authorization` or `basic_auth`. @default - none */
  authentication: serverLogin.optional(),
  /**
   * Key of a Secret with a credentials file of AWS, for `sigv4`: its `profile` selects an entry.
   * @default - the role of `prometheus.awsRole`
   */
  awsCredentials: secretReference.optional(),
};

const name = z.string({ error: 'a name with a letter or a digit' }).regex(/[a-zA-Z0-9]/);

const clientOfServer: Refinement = (fields, context) => {
  checkClient(
    fields as ClientPlaces,
    fields as unknown as NativeClient,
    [serverAt(`${fields.url}`)],
    context,
  );
  const login = logins.find((one) => fields[one] !== undefined);
  if (fields.authentication === undefined || login === undefined) return;
  const message = 'nothing: it cannot be used with authentication';
  context.addIssue({ code: 'custom', path: [login], message, input: fields[login] });
};

const serverType = (type: 'config.RemoteWriteConfig' | 'config.RemoteReadConfig') =>
  z.lazy(() =>
    prometheusType(secretReference, {
      [type]: { fields: { name, url }, ours: own, refinements: [clientOfServer] },
    })(type),
  );

type Own = z.output<z.ZodObject<typeof own>>;
type Native<Type> = EngineValue<typeof engine, Type> & z.input<z.ZodObject<typeof own>>;
type RemoteWriteInput = Omit<Native<'config.RemoteWriteConfig'>, 'google_iam'> & {
  readonly google_iam?: { readonly credentials_file: SecretReference };
};
type RemoteReadInput = Native<'config.RemoteReadConfig'>;

/** A server to which samples are written: native fields of `remote_write`, and where it is. */
export const remoteWrite = serverType('config.RemoteWriteConfig') as unknown as z.ZodType<
  RemoteWriteInput,
  RemoteWriteInput
>;

/** A server from which queries also read: native fields of `remote_read`, and where it is. */
export const remoteRead = serverType('config.RemoteReadConfig') as unknown as z.ZodType<
  RemoteReadInput,
  RemoteReadInput
>;

/** A remote server, with its fields as Prometheus knows them and those of Crowsnest. */
export type RemoteServer = (RemoteWriteInput | RemoteReadInput) & Own;

/** The name of an entry: its host, if it has none. */
export const remoteNameOf = ({ name: given, url: address }: Pick<RemoteServer, 'name' | 'url'>) =>
  given ?? `${serverAt(`${address}`).host}`;

/** The name of the party of an entry; `jobs` are the names of native scrape jobs, which are parties too. */
export const remotePartyOf = (
  server: Pick<RemoteServer, 'name' | 'url'>,
  direction: 'write' | 'read',
  jobs: readonly string[],
): string => {
  const given = remoteNameOf(server);
  const party = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(given) ? given : partyNameOf(given);
  const isTaken = jobs.map(partyNameOf).includes(party);
  return direction === 'read' || isTaken ? `${party}-${direction}` : party;
};

/** The native fields of an entry, with references to Secrets. */
export const nativeOf = (
  server: RemoteServer,
): NativeClient & Readonly<Record<string, unknown>> => {
  const {
    at,
    loginAt,
    proxyAt,
    unverified,
    authentication: login,
    awsCredentials,
    ...native
  } = server;
  return {
    ...(native as NativeClient),
    ...(login?.kind === 'bearer' && {
      authorization: { type: 'Bearer', credentials: login.token },
    }),
    ...(login?.kind === 'basic' && {
      basic_auth: { username: login.username, password: login.password },
    }),
  };
};

/** An entry of Prometheus's configuration, with paths of files. */
export const remoteConfig = (server: RemoteServer): object => ({
  name: remoteNameOf(server),
  ...(withFiles(nativeOf(server)) as object),
});

/** The servers at which the services of a cloud give credentials. */
export const cloudLogins = (server: RemoteServer, aws: AwsSetting): readonly Server[] => {
  const { sigv4, azuread, google_iam } = server as Partial<RemoteWriteInput>;
  const hosts = [
    ...(azuread ? ['login.microsoftonline.com'] : []),
    ...(google_iam ? ['oauth2.googleapis.com'] : []),
  ];
  return [
    ...(sigv4 && !server.awsCredentials ? awsLogins(sigv4, aws) : []),
    ...hosts.map((host): Server => ({ scheme: 'https', host, port: 443 })),
  ];
};

/** The variable with the credentials file of AWS; it applies to the whole process. */
export const awsCredentialsFile = (
  servers: readonly RemoteServer[] = [],
): Readonly<Record<string, string>> => {
  const reference = servers.find(({ awsCredentials }) => awsCredentials)?.awsCredentials;
  return reference ? { AWS_SHARED_CREDENTIALS_FILE: secretPath(reference) } : {};
};

/** The references of an entry beside its native fields. */
export const ownReferences = ({ awsCredentials }: RemoteServer): readonly SecretReference[] =>
  awsCredentials ? [awsCredentials] : [];
