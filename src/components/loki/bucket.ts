import { z } from 'zod';
import { url } from '../../config/fields.js';
import {
  type AccessKey,
  accessKey,
  accessKeyVariables,
  bucketName,
  isOfAws,
  region,
} from '../../config/object-store.js';
import { certificateAuthority } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { bareAddress, placed, serverAt } from '../../config/server.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { type AwsRole, awsRole } from '../aws-role.js';

/** How Loki signs requests: with keys from Secrets, or as a role of AWS. */
const authentication = z.discriminatedUnion('kind', [accessKey, ...awsRole.options]);

/** A bucket of an S3-compatible object store, in which Loki keeps lines and their index. */
export const bucket = z
  .strictObject({
    /** Name of the bucket, of which Loki uses all: no other Loki may have it. */
    name: bucketName('logs'),
    /** URL of the server, without the bucket. @default - that of AWS in the region */
    endpoint: url.optional(),
    /** Region of the bucket; required for AWS. @default 'us-east-1' */
    region: region.optional(),
    /** Whether requests have the bucket in their path, not in their host name. @default - true with an endpoint */
    pathStyle: z.boolean().optional(),
    /** How requests are signed. */
    authentication,
    /** Further certificate authorities that verify the server, in PEM. @default - only public ones */
    certificateAuthority: certificateAuthority.optional(),
    /** Location of the server; it is reached directly, not through `proxy`. @default - any address outside private ranges, listed as open */
    at: place.optional(),
    /** Why its certificate cannot be verified; listed in the generated README. @default - it is verified */
    unverified: z.string().min(10).optional(),
    /** Why requests are sent without TLS, for an endpoint with `http://`; listed in the generated README. @default - they are not */
    plainHttp: z.string().min(10).optional(),
  })
  .superRefine((one, context) => rules(one, context));

/** A validated bucket. */
export interface Bucket {
  readonly name: string;
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly pathStyle?: boolean | undefined;
  readonly authentication: AccessKey | AwsRole;
  readonly certificateAuthority?: z.output<typeof certificateAuthority> | undefined;
  readonly at?: z.output<typeof place> | undefined;
  readonly unverified?: string | undefined;
  readonly plainHttp?: string | undefined;
}

const rules = (one: Bucket, context: z.RefinementCtx): void => {
  const fault = (at: string, message: string, input: unknown): void =>
    context.addIssue({ code: 'custom', path: [at], message, input });
  const { endpoint, name, plainHttp, unverified } = one;
  // The schema of the URL reports anything else.
  if (endpoint !== undefined && !url.safeParse(endpoint).success) return;
  const { host = '' } = serverOf(one);
  if (one.region === undefined && (endpoint === undefined || isOfAws(host)))
    fault('region', "the region of the bucket such as 'eu-central-1'", undefined);
  const isPlain = endpoint?.startsWith('http:') === true;
  if (!isPlain && plainHttp !== undefined)
    fault('plainHttp', 'nothing: requests are sent with TLS', plainHttp);
  if (isPlain && unverified !== undefined)
    fault('unverified', 'nothing: a URL with http:// has no certificate', unverified);
  if (endpoint === undefined) return;
  placed('at', one.at, [serverOf(one)], context);
  const { pathname, search } = new URL(endpoint);
  if (pathname !== '/' || search !== '')
    fault('endpoint', 'a URL without a path: name is the bucket', endpoint);
  else if (host.startsWith(`${name}.`))
    fault(
      'endpoint',
      `a URL without the bucket, such as ${endpoint.replace(`${name}.`, '')}`,
      endpoint,
    );
  else if (isPlain && plainHttp === undefined)
    fault(
      'endpoint',
      "a URL that starts with 'https://', or state in plainHttp why everybody on the way may read the lines",
      endpoint,
    );
  if (one.pathStyle === false && bareAddress(host) !== undefined)
    fault('pathStyle', 'true: the name of a bucket cannot be added to an IP address', false);
};

/** The region with which requests are signed. Servers other than AWS usually accept this one. */
export const regionOf = ({ region = 'us-east-1' }: Pick<Bucket, 'region'>): string => region;

/** The server of a bucket. */
export const serverOf = ({ endpoint, region = '' }: Pick<Bucket, 'endpoint' | 'region'>) => {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return serverAt(endpoint ?? `https://s3.${region}.${domain}`);
};

/** Loki's client of the bucket: https://grafana.com/docs/loki/v3.7.x/configure/#aws_storage_config */
export const bucketConfig = (one: Bucket) => ({
  bucketnames: one.name,
  ...(one.endpoint !== undefined && { endpoint: one.endpoint.replace(/\/$/, '') }),
  region: regionOf(one),
  s3forcepathstyle: one.pathStyle ?? one.endpoint !== undefined,
  ...(one.unverified !== undefined && { http_config: { insecure_skip_verify: true as const } }),
});

/** Variables from Secrets: what is in the configuration, Loki shows at /config. */
export const bucketSecrets = ({
  authentication: login,
}: Bucket): Readonly<Record<string, SecretReference>> =>
  login.kind === 'keys' ? accessKeyVariables(login) : {};
