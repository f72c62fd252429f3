import { z } from 'zod';
import { url } from '../../config/fields.js';
import { internet } from '../../config/internet.js';
import { accessKey, bucketName, isOfAws, region } from '../../config/object-store.js';
import { certificateAuthority } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { addressBlock, bareAddress, placed, serverAt } from '../../config/server.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import { trustPrerequisite } from '../../model/trust.js';
import { secretFor } from '../database-server.js';

/** A bucket of an S3-compatible object store, for copies. */
export const bucket = z
  .strictObject({
    /** Name of the bucket. */
    name: bucketName('backups'),
    /** URL of the server, without the bucket. */
    endpoint: url,
    /** Region of the bucket; required for AWS. @default - none */
    region: region.optional(),
    /**
     * Folder in the bucket, which no other environment has. @default - the names of the cluster and of the stack
     */
    prefix: z
      .string({ error: "a folder such as 'clusters/production', without / at its start and end" })
      .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/)
      .optional(),
    /** How requests are signed. */
    authentication: accessKey,
    /** Further certificate authorities that verify the server, in PEM. @default - only public ones */
    certificateAuthority: certificateAuthority.optional(),
    /** Location of the server; it is reached directly, not through `proxy`. @default - any address outside private ranges, listed as open */
    at: place.optional(),
    /** Why requests are sent without TLS, for an endpoint with `http://`; listed in the generated README. @default - they are not */
    plainHttp: z.string().min(10).optional(),
  })
  .superRefine((one, context) => rules(one, context));

/** A validated bucket. */
export type Bucket = z.output<typeof bucket>;

const rules = (one: Bucket, context: z.RefinementCtx): void => {
  const fault = (at: string, message: string, input: unknown): void =>
    context.addIssue({ code: 'custom', path: [at], message, input });
  const { endpoint, name, plainHttp } = one;
  // The schema of the URL reports anything else.
  if (!url.safeParse(endpoint).success) return;
  const server = serverAt(endpoint);
  const { host = '' } = server;
  placed('at', one.at, [server], context);
  if (one.region === undefined && isOfAws(host))
    fault('region', "the region of the bucket such as 'eu-central-1'", undefined);
  const { pathname, search } = new URL(endpoint);
  if (pathname !== '/' || search !== '')
    fault(
      'endpoint',
      'a URL without a path: name is the bucket, and prefix is the folder',
      endpoint,
    );
  else if (host.startsWith(`${name}.`))
    fault(
      'endpoint',
      `a URL without the bucket, such as ${endpoint.replace(`${name}.`, '')}`,
      endpoint,
    );
  if (server.scheme === 'http' && plainHttp === undefined)
    fault(
      'endpoint',
      "a URL that starts with 'https://', or state the reason for plain HTTP in plainHttp",
      endpoint,
    );
  if (server.scheme !== 'http' && plainHttp !== undefined)
    fault('plainHttp', 'nothing: requests are sent with TLS', plainHttp);
};

/** The server of the bucket as an outside party. */
export const bucketParty = ({ endpoint, at }: Bucket): Party => {
  const server = serverAt(endpoint);
  const podPort = at?.kind === 'pods' ? at.port : undefined;
  const name = 'backup-bucket';
  return {
    name,
    declaration: { path: 'backup.bucket', options: { s3: 'endpoint', workloads: 'at' } },
    workloads: { [name]: at ?? placeOf(server.host) },
    endpoints: {
      s3: {
        ...server,
        port: podPort ?? server.port,
        ...(podPort && { servicePort: server.port }),
        ...(server.scheme === 'https' && { verification: { kind: 'public-ca' } }),
        offers: [offer('backups')],
      },
    },
    consumes: [],
  };
};

const placeOf = (host = ''): Location => {
  const address = bareAddress(host);
  return address === undefined ? internet : { kind: 'addresses', cidrs: [addressBlock(address)] };
};

/** The objects that must exist for the bucket. */
export const bucketPrerequisites = ({
  name,
  authentication: { accessKeyId, secretAccessKey },
  certificateAuthority: authority,
}: Bucket): DeclaredPrerequisite[] => {
  const purpose = `lets backups use the bucket ${name}`;
  return [
    ...secretFor(accessKeyId, 'ID of the access key', purpose),
    ...secretFor(secretAccessKey, 'secret access key', purpose),
    ...trustPrerequisite(authority, 'used to verify the bucket'),
  ];
};

/** The repository of a workload: each has its own, so that none waits for the lock of another. */
export const repositoryOf = ({ endpoint, name }: Bucket, folder: string): string =>
  `s3:${endpoint.replace(/\/$/, '')}/${name}/${folder}`;
