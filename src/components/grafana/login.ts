import { z } from 'zod';
import { hostName, httpsUrl, line, port, secretReference, url } from '../../config/fields.js';
import { place } from '../../config/place.js';
import { placed, serverAt } from '../../config/server.js';
import { pathFault, rolePathFault } from '../../schema/grafana/role.js';
import { isInCluster } from '../../schema/private-host.js';

/** What a login page must be. */
export const browserText = 'the public URL of the provider: the browser of the user opens it';

const withoutFault =
  (faultOf: (text: string) => string | undefined) =>
  (input: string, { addIssue }: z.core.$RefinementCtx): void => {
    // Another text than one line has its own finding.
    const message = /^\P{Cc}+$/u.test(input) ? faultOf(input) : undefined;
    if (message !== undefined) addIssue({ code: 'custom', message, input });
  };

const roleText = z
  .string({
    error: `a JMESPath expression that returns Admin, Editor or Viewer, such as "contains(groups, 'ops') && 'Admin' || 'Viewer'"`,
  })
  .min(1)
  .regex(/^\P{Cc}*$/u);

/** Login with an OpenID Connect provider; users then have no password in Grafana. */
export const oidc = z
  .strictObject({
    /** Text on the login button. */
    name: line,
    /** Id of Grafana at the provider. */
    clientId: line,
    clientSecret: secretReference,
    /** Where the browser logs in; `auth_url` of Grafana. */
    authorizationUrl: httpsUrl,
    /** Where Grafana gets the token; `token_url`. */
    tokenUrl: httpsUrl,
    /** Where Grafana gets the user's data; `api_url`. */
    userInfoUrl: httpsUrl,
    /** With spaces between them. @default 'openid profile email' */
    scopes: z
      .string({ error: "one text with spaces between the scopes, such as 'openid profile email'" })
      .min(1)
      .regex(/^\P{Cc}*$/u)
      .default('openid profile email'),
    /** A JMESPath expression over the token that returns Viewer, Editor or Admin; other users are rejected. */
    rolePath: roleText.superRefine(withoutFault(rolePathFault)),
    /** Only users with an e-mail address of these domains may log in. @default - of any domain */
    allowedDomains: z.array(hostName).min(1).optional(),
    /** Only members of one of these groups may log in. @default - members of any group, or of none */
    allowedGroups: z.array(line).min(1).optional(),
    /** A JMESPath expression over the token that returns the groups of the user. @default 'groups' with `allowedGroups` */
    groupsPath: line.superRefine(withoutFault(pathFault)).optional(),
    /** Where the provider is. @default - any address outside private ranges, listed as open */
    at: place.optional(),
  })
  .superRefine(({ at, authorizationUrl: input, tokenUrl, userInfoUrl }, context) => {
    placed('at', at, [serverAt(tokenUrl), serverAt(userInfoUrl)], context);
    if (!isInCluster(`${serverAt(input).host}`)) return;
    const path = ['authorizationUrl'];
    context.addIssue({ code: 'custom', path, message: browserText, input });
  });

/** A PostgreSQL server instead of the file on Grafana's volume. */
export const database = z.strictObject({
  host: hostName,
  /** @default 5432 */
  port: port.default(5432),
  /** Name of the database. */
  name: line,
  user: line,
  password: secretReference,
  /** Certificate authority of the server, which is always verified. */
  certificateAuthority: secretReference,
  at: place,
});

/** A validated OpenID Connect provider. */
export type Oidc = z.output<typeof oidc>;

/** A validated database. */
export type Database = z.output<typeof database>;

/** Login with an LDAP directory. */
export const ldap = z.strictObject({
  /** A key of a Secret with Grafana's `ldap.toml`, which has the password of the directory. */
  config: secretReference,
  /** The servers that the file names, which the policies allow. */
  servers: z
    .array(
      z
        .strictObject({
          host: hostName,
          /** @default 636, for TLS; 389 is the port without TLS or with STARTTLS */
          port: port.default(636),
          /** Where the server is. @default - any address outside private ranges, listed as open */
          at: place.optional(),
        })
        .superRefine(({ host, at }, context) => placed('at', at, [{ host }], context)),
    )
    .min(1),
  /** Whether users of the directory who are not in Grafana yet may log in. @default true */
  allowSignUp: z.boolean().default(true),
});

/** A validated LDAP directory. */
export type Ldap = z.output<typeof ldap>;

/**
 * The proxy for requests to servers that the environment gives no place: logins and URLs in settings. Mail, LDAP
 * and databases do not use it.
 */
export const proxy = z.strictObject({ url, at: place });

/** A validated proxy. */
export type OutgoingProxy = z.output<typeof proxy>;
