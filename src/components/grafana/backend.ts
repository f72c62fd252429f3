import { internet, portOf } from '../../config/internet.js';
import type { Endpoint } from '../../model/endpoint.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { SecretReference } from '../../model/prerequisite.js';
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
          endpoints: loginEndpoints([oidc.tokenUrl, oidc.userInfoUrl], oidc.clientSecret),
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

/** The servers of URLs, of which each is a host with a port: the pages of one provider can be on several. */
const loginEndpoints = (
  urls: readonly string[],
  secret: SecretReference,
): Record<string, Endpoint> => {
  const servers = new Map(urls.map((url) => [new URL(url).host, url]));
  return Object.fromEntries(
    [...servers.values()].map((url, index) => [
      index === 0 ? 'oidc' : `oidc-${index}`,
      {
        port: portOf(url),
        scheme: 'https',
        host: new URL(url).hostname,
        authentication: { kind: 'secret', secret },
        verification: { kind: 'public-ca' },
        offers: [offer('identity')],
      },
    ]),
  );
};
