import { z } from 'zod';
import { secretReference, url } from '../../config/fields.js';
import { internet } from '../../config/internet.js';
import { certificateAuthority } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { plainHeaders } from '../../config/plain-headers.js';
import { addressBlock, bareAddress, placed, serverAt } from '../../config/server.js';
import { serverLogin } from '../../config/server-login.js';
import type { Authentication } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { OtlpProtocol, SecretHeader } from './otlp-exporter.js';

const header = z.strictObject({
  kind: z.literal('header'),
  /** Name of a header such as `x-api-key`. */
  name: z
    .string({ error: "the name of a header such as 'x-api-key'" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/),
  /** Its whole value. */
  value: secretReference,
});

/** Options of a store that Crowsnest does not deploy, and to which a collector sends by OTLP, besides its protocol. */
export const storeOptions = {
  /** Its address; for HTTP the part before `/v1/traces` or `/v1/logs`, which is that of Loki with `/otlp`. */
  url,
  /** With what the collector logs in. @default - none */
  authentication: z.discriminatedUnion('kind', [...serverLogin.options, header]).optional(),
  /** Headers of each request that are no credentials, such as `{ 'X-Scope-OrgID': 'shop' }` of a tenant. @default - none */
  headers: plainHeaders.optional(),
  /** Further certificate authorities that verify it, in PEM. @default - only public ones */
  certificateAuthority: certificateAuthority.optional(),
  /** Location of the store; it is reached directly, not through `proxy`. @default - any address outside private ranges, listed as open */
  at: place.optional(),
  /** Why its certificate cannot be verified; listed in the generated README. @default - it is verified */
  unverified: z.string().min(10).optional(),
};

/** How a store receives: OTLP by gRPC, or by HTTP. */
export const storeProtocol = z.enum(['grpc', 'http']);

const options = z.strictObject({ ...storeOptions, protocol: storeProtocol });

export type Store = z.output<typeof options>;

/** Rules between the options of a store. */
export const storeRules = (one: Store, context: z.RefinementCtx): void => {
  // The schema of the URL reports anything else.
  if (!url.safeParse(one.url).success) return;
  placed('at', one.at, [serverAt(one.url)], context);
  const { protocol, pathname } = new URL(one.url);
  const isSecure = protocol === 'https:';
  const fault = (at: string, message: string, input: unknown): void =>
    context.addIssue({ code: 'custom', path: [at], message, input });
  if (one.authentication && !isSecure)
    fault(
      'url',
      `a URL that starts with 'https://', since credentials are sent to it${
        one.authentication.kind === 'header'
          ? '; a header that is no credential is one of headers'
          : ''
      }`,
      one.url,
    );
  if (one.unverified !== undefined && !isSecure)
    fault('unverified', 'nothing: a URL with http:// has no certificate', one.unverified);
  if (one.protocol === 'grpc' && pathname !== '/')
    fault('url', "a URL without a path, or set protocol: 'http'", one.url);
};

/** The header with which a collector logs in, unless it logs in differently. */
export const headerOf = ({ authentication: login }: Store): SecretHeader | undefined =>
  login?.kind === 'header' ? login : undefined;

/** What a store takes, and the option that declares it. */
export interface StorePlace {
  /** Name of the party, and the variant of its offer: only the consumer with the option consumes it, so that no choice is needed. */
  readonly name: string;
  readonly takes: 'traces' | 'logs';
  /** Path of the option in the environment. */
  readonly path: string;
}

/** A store as an outside party. */
export const storeParty = (
  { url: address, protocol, authentication, headers, at, unverified }: Store,
  { name, takes, path }: StorePlace,
): Party => {
  const { scheme, host = '', port } = serverAt(address);
  const isSecure = scheme === 'https';
  const podPort = at?.kind === 'pods' ? at.port : undefined;
  const { pathname } = new URL(address);
  return {
    name,
    declaration: { path, options: { otlp: 'url', workloads: 'at' } },
    workloads: { [name]: at ?? outside(host) },
    endpoints: {
      otlp: {
        port: podPort ?? port,
        ...(podPort && { servicePort: port }),
        host,
        scheme: isSecure ? 'https' : plain[protocol],
        ...(isSecure && {
          verification: unverified
            ? { kind: 'unverified', reason: unverified }
            : { kind: 'public-ca' },
        }),
        ...(authentication && { authentication: authenticationOf(authentication) }),
        offers: [
          offer(takes, {
            variant: name,
            ...(pathname !== '/' && { path: pathname.replace(/\/$/, '') }),
            ...(headers && { headers }),
          }),
        ],
      },
    },
    consumes: [],
  };
};

const plain = { grpc: 'grpc', http: 'http' } as const satisfies Record<OtlpProtocol, string>;

const authenticationOf = (one: NonNullable<Store['authentication']>): Authentication =>
  one.kind === 'header' ? { kind: 'secret', secret: one.value } : one;

const outside = (host: string): Location => {
  const address = bareAddress(host);
  return address === undefined ? internet : { kind: 'addresses', cidrs: [addressBlock(address)] };
};
