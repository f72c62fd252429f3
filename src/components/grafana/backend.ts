import { internet, portOf } from '../../config/internet.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { GrafanaOptions } from './options.js';

/** Outside servers that Grafana uses: the identity provider, and the database. */
export const grafanaBackends = ({
  oidc,
  database,
}: Pick<GrafanaOptions, 'oidc' | 'database'>): Party[] => [
  ...(oidc
    ? [
        {
          name: 'identity-provider',
          workloads: { 'identity-provider': oidc.at ?? internet },
          // Only the two URLs that Grafana itself requests; the browser requests the login page.
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
              offers: [offer('database', { variant: 'postgres' })],
            },
          },
          consumes: [],
        },
      ]
    : []),
];
