import type { Environment } from '../config/environment.js';
import { offer } from '../model/offer.js';
import type { Party } from '../model/party.js';
import { internet, portOf } from './internet.js';

/** What Grafana leans on outside: the provider of logins, and the database. */
export const grafanaBackends = ({ grafana: { oidc, database } }: Environment): Party[] => [
  ...(oidc
    ? [
        {
          name: 'identity-provider',
          workloads: { 'identity-provider': oidc.at ?? internet },
          // Grafana itself asks these two; the login page is the browser's affair.
          endpoints: Object.fromEntries(
            [oidc.tokenUrl, oidc.userInfoUrl].map((url) => [
              `oidc-${portOf(url)}`,
              {
                port: portOf(url),
                scheme: 'https' as const,
                host: new URL(url).hostname,
                authentication: { kind: 'secret' as const, secret: oidc.clientSecret },
                verification: { kind: 'public-ca' as const },
                offers: [offer('identity')],
              },
            ]),
          ),
          consumes: [],
        },
      ]
    : []),
  ...(database
    ? [
        {
          name: 'grafana-database',
          workloads: { 'grafana-database': database.at },
          endpoints: {
            postgres: {
              port: database.port,
              scheme: 'tcp' as const,
              host: database.host,
              authentication: { kind: 'secret' as const, secret: database.password },
              offers: [offer('database')],
            },
          },
          consumes: [],
        },
      ]
    : []),
];
