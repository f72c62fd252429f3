import type { Setting, Settings } from '../../schema/grafana/setting-fault.js';

const database =
  'nothing: set grafana.database, which verifies the server and reads the password from a Secret';
const credentials = 'nothing: grafana.credentials names a Secret with it';
const installer =
  'nothing: no request to grafana.com is allowed, and the file system is read-only; build an image with the plugin and declare it in grafana.plugins';
const tls = 'nothing: the Ingress or the Gateway in exposure.grafana terminates TLS';

interface Owned {
  /** The only allowed value. @default - none */
  readonly value?: RegExp;
  /** What to use instead. */
  readonly instead: string;
}

/** Settings that other options set, or that only work as Crowsnest sets them. */
const owned: Readonly<Record<string, Owned>> = {
  'paths.data': {
    value: /^\/var\/lib\/grafana\/?$/,
    instead: "'/var/lib/grafana', where the volume is",
  },
  'paths.logs': {
    value: /^\/var\/log\/grafana\/?$/,
    instead: 'nothing: the logs go to the output of the pod',
  },
  'paths.plugins': {
    value: /^\/var\/lib\/grafana\/plugins\/?$/,
    instead: 'nothing: set grafana.plugins.folder',
  },
  'paths.provisioning': {
    value: /^\/etc\/grafana\/provisioning\/?$/,
    instead: "'/etc/grafana/provisioning', where Crowsnest mounts its files",
  },
  'server.protocol': { value: /^http$/, instead: tls },
  'server.http_addr': {
    value: /^(?:0\.0\.0\.0|\[?::\]?)?$/,
    instead: 'nothing: clients connect to the address of the pod',
  },
  'server.http_port': { value: /^3000$/, instead: '3000, the port of the Service' },
  'server.cert_file': { instead: tls },
  'server.cert_key': { instead: tls },
  'server.socket': { instead: 'nothing: clients connect by TCP' },
  'log.mode': {
    value: /^console$/,
    instead: "'console': the file system is read-only, and nothing collects a file",
  },
  'security.admin_user': { instead: credentials },
  'security.admin_password': { instead: credentials },
  'security.secret_key': { instead: credentials },
  'database.type': { value: /^(?:sqlite3)?$/, instead: database },
  'database.host': { instead: database },
  'database.name': { instead: database },
  'database.user': { instead: database },
  'database.password': { instead: database },
  'database.url': { instead: database },
  'database.ssl_mode': { instead: database },
  'database.ca_cert_path': { instead: database },
  'metrics.enabled': { value: /^true$/, instead: 'true: Prometheus scrapes it' },
  'metrics.basic_auth_username': { instead: 'nothing: exposure.grafana.metricsPassword sets it' },
  'metrics.basic_auth_password': { instead: 'nothing: exposure.grafana.metricsPassword sets it' },
  'plugins.preinstall': { value: /^$/, instead: installer },
  'plugins.preinstall_sync': { value: /^$/, instead: installer },
  'plugins.preinstall_disabled': { value: /^true$/, instead: installer },
  'plugins.preinstall_auto_update': { value: /^false$/, instead: installer },
  'plugins.plugin_admin_enabled': { value: /^false$/, instead: installer },
  'remote_cache.connstr': {
    instead:
      "nothing: no policy allows its server, which only the Secret names. Use the type 'database'",
  },
  'unified_alerting.ha_peers': { value: /^$/, instead: 'nothing: Grafana has one replica' },
  'log.syslog.address': { instead: 'nothing: Grafana logs to the output of its pod' },
  'tracing.jaeger.sampling_server_url': {
    instead: 'nothing: set sampling_server_url in [tracing.opentelemetry]',
  },
  'tracing.jaeger.address': { instead: 'nothing: set address in [tracing.opentelemetry.otlp]' },
  'auth.ldap.config_file': {
    instead: 'nothing: grafana.ldap.config references the Secret with the file',
  },
  'auth.ldap.enabled': {
    value: /^false$/,
    instead: 'nothing: set grafana.ldap, which references the file with the servers',
  },
};

/** What to use instead of a setting that Crowsnest sets itself; undefined if the setting is free. */
export const ownedInstead = (section: string, key: string, value: Setting): string | undefined => {
  const name = `${section}.${key}`;
  const found = Object.hasOwn(owned, name) ? owned[name] : undefined;
  if (!found || (typeof value !== 'object' && found.value?.test(`${value}`))) return undefined;
  return found.instead;
};

// Only content of this host, no plugins, no frames. $NONCE and $ROOT_PATH are variables of Grafana.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval' 'unsafe-inline' 'strict-dynamic' $NONCE",
  "style-src 'self' 'unsafe-inline' blob:",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws://$ROOT_PATH wss://$ROOT_PATH",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "media-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

/** Settings that Crowsnest chooses: no anonymous access, no requests to the internet. An environment can override them. */
export const hardened = {
  security: {
    disable_gravatar: 'true',
    cookie_secure: 'true',
    // With `strict`, a link from a notification would lose the session.
    cookie_samesite: 'lax',
    allow_embedding: 'false',
    strict_transport_security: 'true',
    strict_transport_security_max_age_seconds: '31536000',
    strict_transport_security_subdomains: 'false',
    x_content_type_options: 'true',
    content_security_policy: 'true',
    content_security_policy_template: contentSecurityPolicy,
  },
  users: { allow_sign_up: 'false', allow_org_create: 'false' },
  'auth.anonymous': { enabled: 'false', hide_version: 'true' },
  analytics: {
    reporting_enabled: 'false',
    check_for_updates: 'false',
    check_for_plugin_updates: 'false',
    feedback_links_enabled: 'false',
  },
  news: { news_feed_enabled: 'false' },
  snapshots: { external_enabled: 'false' },
} as const;

/** A setting that overrides what Crowsnest chooses. */
export interface Overridden {
  readonly section: string;
  readonly key: string;
  /** What Crowsnest would set. */
  readonly chosen: string;
}

/** The settings that override what Crowsnest chooses, with another value. */
export const overriddenIn = (settings: Settings): Overridden[] =>
  Object.entries<Readonly<Record<string, string>>>(hardened).flatMap(([section, chosen]) =>
    Object.entries(settings[section] ?? {}).flatMap(([key, value]) => {
      const own = Object.hasOwn(chosen, key) ? chosen[key] : undefined;
      const text = typeof value === 'object' ? '{ secret }' : `${value}`;
      return own === undefined || text === '' || text.toLowerCase() === own
        ? []
        : [{ section, key, chosen: own }];
    }),
  );
