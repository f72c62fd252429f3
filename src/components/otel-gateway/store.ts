import { z } from 'zod';
import { secretReference, url } from '../../config/fields.js';
import { internet } from '../../config/internet.js';
import { certificateAuthority } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { addressBlock, bareAddress, placed, serverAt } from '../../config/server.js';
import { serverLogin } from '../../config/server-login.js';
import type { Authentication } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';

const header = z.strictObject({
  kind: z.literal('header'),
  /** Name of a header such as `x-api-key`. */
  name: z
    .string({ error: "the name of a header such as 'x-api-key'" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/),
  /** Its whole value. */
  value: secretReference,
});

/** A store of traces that Crowsnest does not deploy. */
export const store = z
  .strictObject({
    /** Its address; for HTTP the part before `/v1/traces`. */
    url,
    /** How it receives spans: OTLP by gRPC, or by HTTP. @default 'grpc' */
    protocol: z.enum(['grpc', 'http']).default('grpc'),
    /** With what the gateway logs in. @default - none */
    authentication: z.discriminatedUnion('kind', [...serverLogin.options, header]).optional(),
    /** Further certificate authorities that verify it, in PEM. @default - only public ones */
    certificateAuthority: certificateAuthority.optional(),
    /** Location of the store; it is reached directly, not through `proxy`. @default - any address outside private ranges, listed as open */
    at: place.optional(),
    /** Why its certificate cannot be verified; listed in the generated README. @default - it is verified */
    unverified: z.string().min(10).optional(),
  })
  .superRefine((one, context) => {
    // The schema of the URL reports anything else.
    if (!url.safeParse(one.url).success) return;
    placed('at', one.at, [serverAt(one.url)], context);
    const { protocol, pathname } = new URL(one.url);
    const isSecure = protocol === 'https:';
    const fault = (at: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: [at], message, input });
    if (one.authentication && !isSecure)
      fault('url', "a URL that starts with 'https://', since credentials are sent to it", one.url);
    if (one.unverified !== undefined && !isSecure)
      fault('unverified', 'nothing: a URL with http:// has no certificate', one.unverified);
    if (one.protocol === 'grpc' && pathname !== '/')
      fault('url', "a URL without a path, or set protocol: 'http'", one.url);
  });

export type Store = z.output<typeof store>;

/** The variant of `traces` that only the gateway consumes, so that its option needs no choice. */
export const storeVariant = 'store';

const name = 'trace-store';

/** The store as an outside party. */
export const storeParty = ({
  url: address,
  protocol,
  authentication,
  at,
  unverified,
}: Store): Party => {
  const { scheme, host = '', port } = serverAt(address);
  const isSecure = scheme === 'https';
  const podPort = at?.kind === 'pods' ? at.port : undefined;
  const { pathname } = new URL(address);
  return {
    name,
    declaration: { path: 'otelGateway.store', options: { otlp: 'url', workloads: 'at' } },
    workloads: { [name]: at ?? outside(host) },
    endpoints: {
      otlp: {
        port: podPort ?? port,
        ...(podPort && { servicePort: port }),
        host,
        scheme: isSecure ? 'https' : protocol === 'grpc' ? 'grpc' : 'http',
        ...(isSecure && {
          verification: unverified
            ? { kind: 'unverified', reason: unverified }
            : { kind: 'public-ca' },
        }),
        ...(authentication && { authentication: authenticationOf(authentication) }),
        offers: [
          offer('traces', {
            variant: storeVariant,
            ...(pathname !== '/' && { path: pathname.replace(/\/$/, '') }),
          }),
        ],
      },
    },
    consumes: [],
  };
};

const authenticationOf = (one: NonNullable<Store['authentication']>): Authentication =>
  one.kind === 'header' ? { kind: 'secret', secret: one.value } : one;

const outside = (host: string): Location => {
  const address = bareAddress(host);
  return address === undefined ? internet : { kind: 'addresses', cidrs: [addressBlock(address)] };
};
