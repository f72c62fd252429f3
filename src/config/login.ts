import { z } from 'zod';
import { hostName, httpsUrl, port, secretReference } from './fields.js';
import { place } from './place.js';

/** Login through an OpenID Connect provider; people then have no password in Grafana. */
export const oidc = z.strictObject({
  /** On the login button. */
  name: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: secretReference,
  authorizationUrl: httpsUrl,
  tokenUrl: httpsUrl,
  userInfoUrl: httpsUrl,
  /** @default 'openid profile email' */
  scopes: z.string().min(1).default('openid profile email'),
  /** A JMESPath over the token that gives Viewer, Editor or Admin; who gets none is refused. */
  rolePath: z.string().min(1),
  /** Where the provider listens. @default - anywhere outside private ranges, listed as open */
  at: place.optional(),
});

/** A PostgreSQL server in place of the file on Grafana's volume. */
export const database = z.strictObject({
  host: hostName,
  /** @default 5432 */
  port: port.default(5432),
  /** Of the database. */
  name: z.string().min(1),
  user: z.string().min(1),
  password: secretReference,
  /** Certificate authority by which the server is verified; there is no way round it. */
  certificateAuthority: secretReference,
  at: place,
});

/** A valid OpenID Connect provider. */
export type Oidc = z.output<typeof oidc>;

/** A valid database. */
export type Database = z.output<typeof database>;
