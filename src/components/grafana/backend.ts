import { internet } from '../../config/internet.js';
import { serverAt } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { type SettingServer, settingServers } from '../../schema/grafana/setting-server.js';
import type { GrafanaOptions } from './options.js';

type Backends = Pick<
  GrafanaOptions,
  'oidc' | 'database' | 'ldap' | 'proxy' | 'settings' | 'settingsAt'
>;

/** Outside servers that Grafana uses: identity providers, the database, and those in its settings. */
export const grafanaBackends = ({
  oidc,
  database,
  ldap,
  proxy,
  settings = {},
  settingsAt = {},
}: Backends): Party[] => [
  ...(oidc
    ? [
        party(
          { name: 'identity-provider', path: 'oidc' },
          oidc.at,
          // Only the two URLs that Grafana itself requests; the browser requests the login page.
          [oidc.tokenUrl, oidc.userInfoUrl].map((address) => ({
            address,
            capability: 'identity',
            secret: oidc.clientSecret,
          })),
          proxy,
        ),
      ]
    : []),
  ...(proxy
    ? [
        party({ name: 'grafana-proxy', path: 'proxy' }, proxy.at, [
          { address: proxy.url, capability: 'upstream' },
        ]),
      ]
    : []),
  ...(database
    ? [
        {
          name: 'grafana-database',
          declaration: { path: 'grafana.database' },
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
  ...(ldap?.servers ?? []).map(({ host, port, at }, index) =>
    party({ name: `ldap${index === 0 ? '' : `-${index}`}`, path: `ldap.servers[${index}]` }, at, [
      { address: `${host}:${port}`, capability: 'identity', secret: ldap?.config },
    ]),
  ),
  ...bySection(settings).map(([section, servers]) =>
    party(
      { name: partyNameOf(section), path: settingPath(section) },
      settingsAt[section],
      servers.map(({ address }) => ({ address, capability: capabilityOf(section) })),
      proxy,
    ),
  ),
];

/** Whether Grafana has servers that are only in its settings. */
export const hasUpstreams = ({
  proxy,
  settings = {},
}: Pick<Backends, 'proxy' | 'settings'>): boolean =>
  proxy !== undefined ||
  settingServers(settings).some(({ section }) => capabilityOf(section) === 'upstream');

/** Whether Grafana connects to an identity provider. */
export const hasIdentity = ({ oidc, ldap, settings = {} }: Backends): boolean =>
  oidc !== undefined ||
  ldap !== undefined ||
  settingServers(settings).some(({ section }) => capabilityOf(section) === 'identity');

const capabilityOf = (section: string) =>
  section.startsWith('auth.') ? ('identity' as const) : ('upstream' as const);

const partyNameOf = (section: string): string =>
  `grafana-${section.replace(/[^a-z0-9]+/g, '-')}`.slice(0, 40).replace(/-$/, '');

const settingPath = (section: string): string =>
  /^\w+$/.test(section) ? `settings.${section}` : `settings['${section}']`;

const bySection = (settings: NonNullable<GrafanaOptions['settings']>) => {
  const sections = new Map<string, SettingServer[]>();
  for (const one of settingServers(settings)) {
    sections.set(one.section, [...(sections.get(one.section) ?? []), one]);
  }
  return [...sections];
};

// A host and a port can be parsed as a URL, too.
const isUrl = (address: string): boolean => /^https?:\/\//.test(address);

interface Used {
  readonly address: string;
  readonly capability: 'identity' | 'upstream';
  readonly secret?: SecretReference;
}

/**
 * A party with an endpoint for each server: the pages of one provider can be on several hosts. Without a
 * place, servers of URLs are reached through the proxy, if there is one.
 */
const party = (
  { name, path }: { readonly name: string; readonly path: string },
  at: Location | undefined,
  used: readonly Used[],
  proxy?: GrafanaOptions['proxy'],
): Party => {
  const places: Record<string, Location> = {
    [name]: at ?? internet,
    [`${name}-proxy`]: proxy?.at ?? internet,
  };
  const endpoints = used.map(({ address, capability, secret }): Endpoint => {
    const proxied = at === undefined && proxy !== undefined && isUrl(address);
    const server = proxied ? serverAt(proxy.url) : serverAt(address);
    return {
      ...server,
      workload: proxied ? `${name}-proxy` : name,
      ...(secret && { authentication: { kind: 'secret', secret } }),
      verification: { kind: 'public-ca' },
      offers: [offer(capability)],
    };
  });
  const distinct = [...new Map(endpoints.map((one) => [`${one.host}:${one.port}`, one])).values()];
  return {
    name,
    declaration: { path: `grafana.${path}` },
    workloads: Object.fromEntries(
      Object.entries(places).filter(([key]) => distinct.some(({ workload }) => workload === key)),
    ),
    endpoints: Object.fromEntries(
      distinct.map((one, index) => [index === 0 ? 'server' : `server-${index}`, one]),
    ),
    consumes: [],
  };
};
