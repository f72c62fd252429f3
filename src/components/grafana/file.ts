import { z } from 'zod';
import { promqlUid } from '../../model/data-source.js';
import { type ConfigFile, type Format, json, yaml } from '../../model/file.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import { path, text, url } from '../../schema/format.js';
import { jsonDataFaults, linkedUids } from '../../schema/grafana/json-data.js';
import { pathFault, rolePathFault } from '../../schema/grafana/role.js';
import { ini } from './ini.js';

// https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/, as far as we write it.
// INI knows text alone.

const on = z.literal('true');
const off = z.literal('false');
const file = z
  .string({ error: 'the content of a file: $__file{/path}' })
  .regex(/^\$__file\{\/[^{}]+\}$/);

const withoutFault = (faultOf: (value: string) => string | undefined) =>
  text.superRefine((input, { addIssue }) => {
    const message = faultOf(input);
    if (message !== undefined) addIssue({ code: 'custom', message, input });
  });

const settings = z.strictObject({
  server: z.strictObject({
    http_port: z.string({ error: 'a port' }).regex(/^[1-9]\d{1,4}$/),
    root_url: url,
    serve_from_sub_path: on.optional(),
  }),
  paths: z.strictObject({ plugins: path }).optional(),
  log: z.strictObject({ mode: z.literal('console') }),
  security: z.strictObject({
    admin_user: z.union([z.literal('admin'), file]),
    admin_password: file,
    secret_key: file,
    disable_gravatar: on,
    cookie_secure: on,
    cookie_samesite: z.enum(['lax', 'strict']),
    allow_embedding: off,
    strict_transport_security: on,
    strict_transport_security_max_age_seconds: z
      .string({ error: 'a number of seconds of at least a day' })
      .regex(/^\d{5,}$/),
    strict_transport_security_subdomains: z.enum(['true', 'false']),
    x_content_type_options: on,
    content_security_policy: on,
    content_security_policy_template: text,
  }),
  dashboards: z.strictObject({ default_home_dashboard_path: path }).optional(),
  users: z.strictObject({ allow_sign_up: off, allow_org_create: off }),
  database: z
    .strictObject({
      type: z.literal('postgres'),
      host: z.string({ error: 'a host and a port' }).regex(/^[^\s:]+:\d+$/),
      name: text,
      user: text,
      password: file,
      ssl_mode: z.literal('verify-full'),
      ca_cert_path: path,
    })
    .optional(),
  'auth.generic_oauth': z
    .strictObject({
      enabled: on,
      name: text,
      client_id: text,
      client_secret: file,
      scopes: text,
      auth_url: url,
      token_url: url,
      api_url: url,
      role_attribute_path: withoutFault(rolePathFault),
      role_attribute_strict: on,
      allowed_domains: text.optional(),
      allowed_groups: text.optional(),
      groups_attribute_path: withoutFault(pathFault).optional(),
      allow_sign_up: on,
      use_pkce: on,
      use_refresh_token: on,
    })
    .optional(),
  'auth.ldap': z
    .strictObject({ enabled: on, config_file: path, allow_sign_up: z.enum(['true', 'false']) })
    .optional(),
  'auth.anonymous': z.strictObject({ enabled: off, hide_version: on }),
  analytics: z.strictObject({
    reporting_enabled: off,
    check_for_updates: off,
    check_for_plugin_updates: off,
    feedback_links_enabled: off,
  }),
  news: z.strictObject({ news_feed_enabled: off }),
  plugins: z.strictObject({
    preinstall_disabled: on,
    preinstall_auto_update: off,
    plugin_admin_enabled: off,
    public_key_retrieval_disabled: on,
  }),
  snapshots: z.strictObject({ external_enabled: off }),
  metrics: z.strictObject({
    enabled: on,
    basic_auth_username: text.optional(),
    basic_auth_password: file.optional(),
  }),
});

/** The schema of the configuration file with the settings of an environment, which have exactly these texts. */
const withSettings = (added: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
  const shape: Record<string, z.ZodType> = { ...settings.shape };
  for (const [section, values] of Object.entries(added)) {
    const known = shape[section];
    const object = known instanceof z.ZodOptional ? known.unwrap() : known;
    // A section that only settings write has none of the fields that an option would write.
    const whole = known instanceof z.ZodOptional && object instanceof z.ZodObject;
    const own = object instanceof z.ZodObject ? (whole ? object.partial() : object).shape : {};
    const literals = Object.entries(values).map(([key, one]) => [key, z.literal(one)]);
    shape[section] = z.strictObject({ ...own, ...Object.fromEntries(literals) });
  }
  return z.strictObject(shape) as unknown as typeof settings;
};

const secret = z
  .string({ error: 'text with the content of a file in it: $__file{/path}' })
  .regex(/\$__file\{\/[^{}]+\}/);

const hostAndPort = z.string({ error: 'a host and a port' }).regex(/^[^\s:/]+:\d+$/);

const dataSources = z
  .strictObject({
    apiVersion: z.literal(1),
    prune: z.literal(true),
    datasources: z
      .array(
        z.strictObject({
          name: text,
          uid: text,
          type: text,
          access: z.literal('proxy'),
          url: z.union([url, hostAndPort]),
          isDefault: z.boolean(),
          editable: z.literal(false),
          basicAuth: z.literal(true).optional(),
          basicAuthUser: text.optional(),
          user: text.optional(),
          // Its fields depend on the type, and are validated below.
          jsonData: z.record(text, z.unknown()),
          secureJsonData: z.record(text, z.string()).optional(),
        }),
      )
      .min(1),
  })
  .superRefine(({ datasources }, context) => {
    const uids = datasources.map(({ uid }) => uid);
    const defaults = datasources.filter(({ isDefault }) => isDefault);
    if (defaults.length > 1) {
      context.addIssue({
        code: 'custom',
        path: ['datasources'],
        message: 'a list with one default',
      });
    }
    datasources.forEach(({ uid, type, jsonData, secureJsonData = {} }, index) => {
      const at = ['datasources', index];
      const fault = (path: readonly PropertyKey[], message: string): void =>
        context.addIssue({ code: 'custom', path: [...at, ...path], message });
      for (const { path, expected, known } of jsonDataFaults(type, jsonData)) {
        if (expected !== undefined) fault(['jsonData', ...path], expected);
        else if (known) {
          const keys = path.map(String);
          const message = known.join(' ');
          context.addIssue({ code: 'unrecognized_keys', keys, path: [...at, 'jsonData'], message });
        }
      }
      // The data source of the stack's Prometheus always has them.
      for (const name of uid === promqlUid ? ['httpMethod', 'timeInterval'] : []) {
        if (!(name in jsonData)) fault(['jsonData', name], `a value of ${name}`);
      }
      for (const [name, value] of Object.entries(secureJsonData)) {
        // The value of a header can be known to everybody, such as the name of a tenant.
        if (secret.safeParse(value).success || /^httpHeaderValue\d+$/.test(name)) continue;
        fault(['secureJsonData', name], 'text with the content of a file in it: $__file{/path}');
      }
      if (uids.indexOf(uid) < index) fault(['uid'], 'a uid that no other has');
      for (const { path, uid: target } of linkedUids(jsonData)) {
        if (uids.includes(target)) continue;
        const values = uids;
        context.addIssue({
          code: 'invalid_value',
          values,
          input: target,
          path: [...at, 'jsonData', ...path],
        });
      }
    });
  });

const providers = z.strictObject({
  apiVersion: z.literal(1),
  providers: z.array(
    z.strictObject({
      name: text,
      folder: text,
      type: z.literal('file'),
      allowUiUpdates: z.literal(false),
      updateIntervalSeconds: z.int().min(1),
      options: z.strictObject({ path, foldersFromFilesStructure: z.boolean() }),
    }),
  ),
});

/** A dashboard, as far as Grafana cannot do without; the rest is its own affair. */
const dashboard = z.looseObject({
  uid: z.string({ error: 'a uid of up to 40 letters, digits, - and _' }).regex(/^[\w-]{1,40}$/),
  title: text,
  schemaVersion: z.int().min(1).optional(),
  panels: z.array(z.looseObject({ type: text, title: z.string().optional() })).optional(),
});

export type GrafanaSettings = z.input<typeof settings>;
export type DataSources = z.input<typeof dataSources>;
export type DashboardProviders = z.input<typeof providers>;

// https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/#default-paths
export const configFolder = '/etc/grafana';
const provisioning = `${configFolder}/provisioning`;

/** Grafana's configuration file, with the settings of an environment: the same object for the same settings. */
export const settingsFile = (
  added: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): ConfigFile<GrafanaSettings> => settingsFileFor(JSON.stringify(added));

const settingsFileFor = memoizeText(
  (added): ConfigFile<GrafanaSettings> => ({
    kind: 'grafana-settings',
    path: `${configFolder}/grafana.ini`,
    format: ini,
    schema: added === '{}' ? settings : withSettings(JSON.parse(added)),
    partial: true,
    reload: 'restart',
  }),
);

/** The provisioning file of data sources. */
export const dataSourceFile: ConfigFile<DataSources> = {
  kind: 'grafana-data-sources',
  path: `${provisioning}/datasources/*.yaml`,
  format: yaml,
  schema: dataSources,
  reload: 'restart',
};

/** The provisioning file of dashboards. */
export const providerFile: ConfigFile<DashboardProviders> = {
  path: `${provisioning}/dashboards/*.yaml`,
  format: yaml,
  schema: providers,
  reload: 'restart',
};

/** The provisioning file of plugins: none, because none are installed. */
export const pluginFile: ConfigFile<{ readonly apiVersion: 1; readonly apps: [] }> = {
  path: `${provisioning}/plugins/*.yaml`,
  format: yaml,
  schema: z.strictObject({ apiVersion: z.literal(1), apps: z.tuple([]) }),
  reload: 'restart',
};

/** The provisioning file of Grafana's own alerts: none, because Prometheus evaluates the rules. */
export const alertFile: ConfigFile<{ readonly apiVersion: 1; readonly groups: [] }> = {
  path: `${provisioning}/alerting/*.yaml`,
  format: yaml,
  schema: z.strictObject({ apiVersion: z.literal(1), groups: z.tuple([]) }),
  reload: 'restart',
};

const { read, write } = json();
const written = memoize((model: object) => write(model));

/** The size of a dashboard decides its ConfigMap, which then has the same text. */
const writtenOnce: Format = { read, write: (model) => written(model as object) };

/** A dashboard. Grafana reads it again every 30 seconds. */
export const dashboardFile: ConfigFile<z.input<typeof dashboard>> = {
  kind: 'grafana-dashboard',
  path: {
    file: providerFile,
    option: 'providers',
    extension: '.json',
    patterns: (file) =>
      (file as DashboardProviders).providers.map(({ options }) => `${options.path}/**`),
  },
  format: writtenOnce,
  schema: dashboard,
  reload: 'itself',
  prose: true,
};
