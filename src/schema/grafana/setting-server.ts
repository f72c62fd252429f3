import type { Settings } from './setting-fault.js';

/** A server that Grafana connects to because of its settings. */
export interface SettingServer {
  readonly section: string;
  readonly key: string;
  /** A URL, or a host and a port. */
  readonly address: string;
}

const oauth = ['token_url', 'api_url', 'teams_url', 'jwk_set_url'];

/** The settings with the address of a server that Grafana itself connects to, by section. All others are for the browser. */
const addressKeys: Readonly<Record<string, readonly string[]>> = {
  'auth.generic_oauth': oauth,
  'auth.google': oauth,
  'auth.github': oauth,
  'auth.gitlab': oauth,
  'auth.azuread': oauth,
  'auth.okta': oauth,
  'auth.grafana_com': oauth,
  'auth.grafananet': oauth,
  'auth.saml': ['idp_metadata_url'],
  'auth.jwt': ['jwk_set_url'],
  'auth.extended_jwt': ['jwks_url'],
  azure: ['user_identity_token_url'],
  smtp: ['host'],
  snapshots: ['external_snapshot_url'],
  secretscan: ['base_url'],
  grafana_com: ['url', 'api_url'],
  grafana_net: ['url'],
  feature_management: ['update_webhook'],
  rendering: ['server_url'],
  database: ['host'],
  'tracing.opentelemetry': ['sampling_server_url'],
  'tracing.opentelemetry.otlp': ['address'],
  'tracing.opentelemetry.jaeger': ['address'],
  'metrics.graphite': ['address'],
  'unified_alerting.state_history': [
    'loki_remote_url',
    'loki_remote_read_url',
    'loki_remote_write_url',
  ],
  unified_alerting: ['ha_redis_address'],
  remote_alertmanager: ['url'],
  recording_rules: ['url'],
  'external_image_storage.s3': ['endpoint'],
  'external_image_storage.webdav': ['url'],
  live: ['ha_engine_address'],
  secure_socks_datasource_proxy: ['proxy_address'],
};

/** Whether a setting has the address of a server that Grafana itself connects to. */
export const connects = (section: string, key: string): boolean =>
  (Object.hasOwn(addressKeys, section) && addressKeys[section]?.includes(key)) ?? false;

/** What a section has by default, as in `conf/defaults.ini`, so that it may be left out. */
const defaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'auth.google': {
    auth_url: 'https://accounts.google.com/o/oauth2/v2/auth',
    token_url: 'https://oauth2.googleapis.com/token',
    api_url: 'https://openidconnect.googleapis.com/v1/userinfo',
  },
  'auth.github': {
    auth_url: 'https://github.com/login/oauth/authorize',
    token_url: 'https://github.com/login/oauth/access_token',
    api_url: 'https://api.github.com/user',
  },
  'auth.gitlab': {
    auth_url: 'https://gitlab.com/oauth/authorize',
    token_url: 'https://gitlab.com/oauth/token',
    api_url: 'https://gitlab.com/api/v4',
  },
  'auth.grafana_com': {
    auth_url: 'https://grafana.com/oauth2/authorize',
    token_url: 'https://grafana.com/api/oauth2/token',
    api_url: 'https://grafana.com/api/oauth2/user',
  },
  'auth.grafananet': {
    auth_url: 'https://grafana.com/oauth2/authorize',
    token_url: 'https://grafana.com/api/oauth2/token',
    api_url: 'https://grafana.com/api/oauth2/user',
  },
  // Groups of users with many groups are read there:
  // https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/entraid/
  'auth.azuread': { api_url: 'https://graph.microsoft.com/v1.0' },
};

/** A text of a section, or its default. */
export const textOf = (settings: Settings, section: string, key: string): string | undefined => {
  const value = settings[section]?.[key];
  return value === undefined || value === '' || typeof value === 'object'
    ? defaults[section]?.[key]
    : `${value}`;
};

/** Whether a section that has a switch is on. */
export const isOn = (settings: Settings, section: string): boolean =>
  /^(?:1|t|true|y|yes|on)$/i.test(`${settings[section]?.enabled}`);

// Sections that are off unless `enabled` is true: https://github.com/grafana/grafana/blob/main/conf/defaults.ini
const offByDefault =
  /^(?:auth\.(?!basic$).+|smtp|secretscan|secure_socks_datasource_proxy|recording_rules)$/;

const isOff = (settings: Settings, section: string): boolean =>
  offByDefault.test(section)
    ? !isOn(settings, section)
    : /^(?:0|f|false|n|no|off)$/i.test(`${settings[section]?.enabled}`);

/** The settings without those of servers to which Grafana does not connect, since their section is off. */
export const withoutUnused = (settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).map(([section, values]) => [
      section,
      isOff(settings, section)
        ? Object.fromEntries(Object.entries(values).filter(([key]) => !connects(section, key)))
        : values,
    ]),
  );

/** The first server of each section that has no effect, since nothing says that the section is on. */
export const withoutEffect = (
  settings: Settings,
): { readonly section: string; readonly key: string }[] =>
  Object.entries(settings).flatMap(([section, values]) => {
    const key = Object.keys(values).find((one) => connects(section, one));
    const isOpen = values.enabled === undefined || values.enabled === '';
    return key !== undefined && isOpen && isOff(settings, section) ? [{ section, key }] : [];
  });

/** The servers that Grafana connects to because of its settings. */
export const settingServers = (settings: Settings): SettingServer[] =>
  Object.keys(settings)
    .filter((section) => !isOff(settings, section))
    .flatMap((section) => {
      const keys = new Set([
        ...(Object.hasOwn(addressKeys, section) ? (addressKeys[section] ?? []) : []),
        ...Object.keys(defaults[section] ?? {}).filter((key) => key !== 'auth_url'),
      ]);
      return [...keys].flatMap((key) => {
        const address = textOf(settings, section, key);
        return address === undefined ? [] : [{ section, key, address }];
      });
    });
