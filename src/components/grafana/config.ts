import { grafanaUrl } from '../../config/exposure.js';
import type { DataSource } from '../../model/data-source.js';
import { secretPath } from '../../model/identity.js';
import type { CredentialFiles } from './credentials.js';
import type { DashboardProviders, DataSources, GrafanaSettings } from './file.js';
import { hardened } from './hardened.js';
import type { Database, Oidc } from './login.js';
import type { GrafanaOptions } from './options.js';
import { settingTexts } from './setting.js';

/**
 * Grafana's configuration file: no anonymous access, no requests to the internet. `home` is the path
 * of the home dashboard.
 */
export const grafanaSettings = (
  port: number,
  credentials: CredentialFiles,
  options: Pick<
    GrafanaOptions,
    'exposure' | 'oidc' | 'database' | 'pluginFolder' | 'ldap' | 'settings'
  >,
  home: string | undefined,
): GrafanaSettings => merged(ownSettings(port, credentials, options, home), options.settings);

/** Settings with those of the environment, which override them. */
const merged = (
  own: GrafanaSettings,
  settings: GrafanaOptions['settings'] = {},
): GrafanaSettings => {
  const texts = settingTexts(settings);
  const sections: Record<string, object | undefined> = { ...own };
  for (const [name, values] of Object.entries(texts)) {
    sections[name] = { ...sections[name], ...values };
  }
  return sections as GrafanaSettings;
};

const ownSettings = (
  port: number,
  credentials: CredentialFiles,
  {
    exposure,
    oidc,
    database,
    pluginFolder,
    ldap,
  }: Pick<GrafanaOptions, 'exposure' | 'oidc' | 'database' | 'pluginFolder' | 'ldap'>,
  home: string | undefined,
): GrafanaSettings => ({
  server: {
    http_port: `${port}`,
    root_url: exposure ? grafanaUrl(exposure) : `http://localhost:${port}/`,
    ...(exposure?.path && { serve_from_sub_path: 'true' }),
  },
  ...(pluginFolder !== undefined && { paths: { plugins: pluginFolder } }),
  log: { mode: 'console' },
  security: {
    admin_user: credentials.adminUser ? fromFile(credentials.adminUser) : 'admin',
    admin_password: fromFile(credentials.adminPassword),
    secret_key: fromFile(credentials.secretKey),
    ...hardened.security,
  },
  ...(home !== undefined && { dashboards: { default_home_dashboard_path: home } }),
  users: hardened.users,
  ...(database && { database: postgres(database) }),
  ...(oidc && { 'auth.generic_oauth': provider(oidc) }),
  ...(ldap && {
    'auth.ldap': {
      enabled: 'true',
      config_file: secretPath(ldap.config),
      allow_sign_up: `${ldap.allowSignUp}`,
    },
  }),
  'auth.anonymous': hardened['auth.anonymous'],
  analytics: hardened.analytics,
  news: hardened.news,
  // With a read-only root file system, the plugin installer would unload the bundled data sources:
  // https://github.com/grafana/grafana/issues/132528
  plugins: {
    preinstall_disabled: 'true',
    preinstall_auto_update: 'false',
    plugin_admin_enabled: 'false',
    public_key_retrieval_disabled: 'true',
  },
  snapshots: hardened.snapshots,
  metrics: {
    enabled: 'true',
    ...(exposure && {
      basic_auth_username: 'metrics',
      basic_auth_password: fromFile(secretPath(exposure.metricsPassword)),
    }),
  },
});

/** The data sources; Grafana removes those that are no longer in it. */
export const provisionedSources = (dataSources: readonly DataSource[]): DataSources => ({
  apiVersion: 1,
  prune: true,
  datasources: [...dataSources],
});

/** The folders of dashboards by title, with their paths: Grafana reads changes without a restart. */
export const dashboardProviders = (
  folders: Readonly<Record<string, string>>,
): DashboardProviders => ({
  apiVersion: 1,
  providers: Object.entries(folders).map(([title, path]) => ({
    name: title,
    folder: title,
    type: 'file',
    allowUiUpdates: false,
    updateIntervalSeconds: 30,
    options: { path, foldersFromFilesStructure: false },
  })),
});

const postgres = ({
  host,
  port,
  name,
  user,
  password,
  certificateAuthority,
}: Database): GrafanaSettings['database'] => ({
  type: 'postgres',
  host: `${host}:${port}`,
  name,
  user,
  password: fromFile(secretPath(password)),
  ssl_mode: 'verify-full',
  ca_cert_path: secretPath(certificateAuthority),
});

const provider = (oidc: Oidc): GrafanaSettings['auth.generic_oauth'] => ({
  enabled: 'true',
  name: oidc.name,
  client_id: oidc.clientId,
  client_secret: fromFile(secretPath(oidc.clientSecret)),
  scopes: oidc.scopes,
  auth_url: oidc.authorizationUrl,
  token_url: oidc.tokenUrl,
  api_url: oidc.userInfoUrl,
  role_attribute_path: oidc.rolePath,
  role_attribute_strict: 'true',
  ...(oidc.allowedDomains && { allowed_domains: oidc.allowedDomains.join(' ') }),
  // A JSON list, since the name of a group can have spaces.
  ...(oidc.allowedGroups && { allowed_groups: JSON.stringify(oidc.allowedGroups) }),
  ...((oidc.groupsPath ?? oidc.allowedGroups) && {
    groups_attribute_path: oidc.groupsPath ?? 'groups',
  }),
  allow_sign_up: 'true',
  use_pkce: 'true',
  use_refresh_token: 'true',
});

const fromFile = (path: string): string => `$__file{${path}}`;
