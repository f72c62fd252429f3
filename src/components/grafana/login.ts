import { z } from 'zod';
import { hostName, httpsUrl, port, secretReference } from '../../config/fields.js';
import { place } from '../../config/place.js';
import { placed, serverAt } from '../../config/server.js';

/** Login with an OpenID Connect provider; users then have no password in Grafana. */
export const oidc = z
  .strictObject({
    /** Text on the login button. */
    name: z.string().min(1),
    clientId: z.string().min(1),
    clientSecret: secretReference,
    authorizationUrl: httpsUrl,
    tokenUrl: httpsUrl,
    userInfoUrl: httpsUrl,
    /** @default 'openid profile email' */
    scopes: z.string().min(1).default('openid profile email'),
    /** A JMESPath expression over the token that returns Viewer, Editor or Admin; other users are rejected. */
    rolePath: z.string().min(1),
    /** Where the provider is. @default - any address outside private ranges, listed as open */
    at: place.optional(),
  })
  .superRefine(({ at, tokenUrl, userInfoUrl }, context) =>
    placed('at', at, [serverAt(tokenUrl), serverAt(userInfoUrl)], context),
  );

/** A PostgreSQL server instead of the file on Grafana's volume. */
export const database = z.strictObject({
  host: hostName,
  /** @default 5432 */
  port: port.default(5432),
  /** Name of the database. */
  name: z.string().min(1),
  user: z.string().min(1),
  password: secretReference,
  /** Certificate authority of the server, which is always verified. */
  certificateAuthority: secretReference,
  at: place,
});

/** A validated OpenID Connect provider. */
export type Oidc = z.output<typeof oidc>;

/** A validated database. */
export type Database = z.output<typeof database>;
