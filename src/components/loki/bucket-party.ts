import { internet } from '../../config/internet.js';
import { addressBlock, bareAddress, type Server } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import { trustPrerequisite } from '../../model/trust.js';
import { type AwsSetting, awsLogins, roleSection } from '../aws-role.js';
import { secretFor } from '../database-server.js';
import { type Bucket, regionOf, serverOf } from './bucket.js';

const name = 'log-bucket';

/** The server of the bucket as an outside party, with the servers at which Loki gets the credentials of its role. */
export const bucketParty = (one: Bucket, cluster: AwsSetting['cluster']): Party => {
  const { authentication: login, at, unverified } = one;
  const server = serverOf(one);
  const podPort = at?.kind === 'pods' ? at.port : undefined;
  const logins =
    login.kind === 'keys' ? [] : awsLogins({ region: regionOf(one) }, { role: login, cluster });
  const store: Endpoint = {
    ...server,
    port: podPort ?? server.port,
    ...(podPort && { servicePort: server.port }),
    workload: name,
    ...verificationOf(server, unverified),
    offers: [offer('objects')],
  };
  const ofLogins = logins.map((login, index): [string, Endpoint] => [
    `login-${index}`,
    {
      ...login,
      workload: loginPlace(login),
      ...verificationOf(login),
      offers: [offer('objects')],
    },
  ]);
  return {
    name,
    declaration: { path: 'loki.bucket', options: { s3: 'endpoint', workloads: 'at' } },
    workloads: {
      [name]: at ?? placeOf(server),
      ...Object.fromEntries(logins.map((login) => [loginPlace(login), placeOf(login)])),
    },
    endpoints: { s3: store, ...Object.fromEntries(ofLogins) },
    consumes: [],
  };
};

const verificationOf = ({ scheme }: Server, unverified?: string): Partial<Endpoint> =>
  scheme !== 'https'
    ? {}
    : {
        verification:
          unverified === undefined
            ? { kind: 'public-ca' }
            : { kind: 'unverified', reason: unverified },
      };

const loginPlace = ({ host = '' }: Server): string =>
  bareAddress(host) === undefined ? `${name}-login` : `${name}-login-${host.includes(':') ? 6 : 4}`;

const placeOf = ({ host = '' }: Server): Location => {
  const address = bareAddress(host);
  return address === undefined ? internet : { kind: 'addresses', cidrs: [addressBlock(address)] };
};

/** The objects that must exist for the bucket. */
export const bucketPrerequisites = (one: Bucket | undefined): DeclaredPrerequisite[] => {
  if (!one) return [];
  const { authentication: login, certificateAuthority } = one;
  const purpose = `lets Loki use the bucket ${one.name}`;
  return [
    ...(login.kind === 'keys'
      ? [
          ...secretFor(login.accessKeyId, 'ID of the access key', purpose),
          ...secretFor(login.secretAccessKey, 'secret access key', purpose),
        ]
      : []),
    ...trustPrerequisite(certificateAuthority, 'used to verify the bucket'),
  ];
};

/** What the generated README states about the bucket. */
export const bucketSections = (
  one: Bucket | undefined,
  account: { readonly namespace: string; readonly name: string },
): string[] => {
  if (!one) return [];
  const { authentication: login, plainHttp } = one;
  const arn = `arn:aws:s3:::${one.name}`;
  return [
    ...(plainHttp === undefined
      ? []
      : [
          `## Bucket of Loki\n**Lines are sent to the bucket without TLS**, and everybody on their way can read them: ${plainHttp}.`,
        ]),
    ...(login.kind === 'keys'
      ? []
      : [
          `## Role of AWS for Loki\n${roleSection(login, account, {
            purpose: 'Loki signs requests to its bucket with',
            permissions: `the permissions \`s3:ListBucket\` for \`${arn}\`, and \`s3:GetObject\`, \`s3:PutObject\` and \`s3:DeleteObject\` for \`${arn}/*\``,
          })}`,
        ]),
  ];
};
