import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { loadChecks } from '../../src/load-checks.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { full } from '../checks/full.js';
import { build, minimal, withFewComponents } from '../environment.js';

type Grafana = NonNullable<EnvironmentOptions['grafana']>;
type Settings = NonNullable<Grafana['settings']>;

const { checks } = await loadChecks();

/** The findings of a synthesis with these options of Grafana, as severity, path and the remedy or the message. */
const findingsOf = (grafana: Grafana, rest: Partial<EnvironmentOptions> = {}): string[] => {
  const options = { ...minimal, ...withFewComponents, ...rest, grafana };
  const invalid = validate(options, 'test', 'test.ts').findings;
  const found = invalid.length > 0 ? invalid : checked(options);
  return found.map(({ severity, place, remedy, message, code }) =>
    [
      severity,
      place.path ?? place.object,
      severity === 'error' ? remedy : `${code} ${message}`,
    ].join(' | '),
  );
};

const checked = (options: EnvironmentOptions) => {
  const stack = build(options);
  return runChecks(stack, checks, checkInputOf(stack, [], {})).filter(
    ({ severity, code }) => severity === 'error' || code.startsWith('config/'),
  );
};

const iniOf = (grafana: Grafana): string =>
  build({ ...minimal, grafana }).manifests.flatMap(
    ({ object }) => object.data?.['grafana.ini'] ?? [],
  )[0];

const secret = { secret: 'grafana', key: 'secret' };
const pods = { kind: 'pods', namespace: 'auth', labels: { app: 'sso' } } as const;
const smtp = { enabled: true, host: 'smtp.example.com:587', user: 'grafana', password: secret };
const google = { enabled: true, client_id: 'grafana', client_secret: secret };

describe('settings are accepted', () => {
  test.each<[string, Grafana]>([
    [
      'of any section',
      { settings: { users: { default_theme: 'light' }, log: { level: 'debug' } } },
    ],
    ['with a mail server', { settings: { smtp } }],
    [
      'with a mail server in the cluster',
      { settings: { smtp: { ...smtp, host: 'mail.auth.svc:25' } }, settingsAt: { smtp: pods } },
    ],
    [
      'with a provider that limits the login',
      { settings: { 'auth.google': { ...google, allowed_domains: 'example.com' } } },
    ],
    [
      'with a provider in the cluster',
      {
        settings: {
          'auth.generic_oauth': {
            ...google,
            auth_url: 'https://sso.example.com/auth',
            token_url: 'http://sso.auth.svc:8080/token',
            api_url: 'http://sso.auth.svc:8080/userinfo',
          },
        },
        settingsAt: { 'auth.generic_oauth': pods },
      },
    ],
    [
      'with a key of JWT from a Secret',
      {
        settings: {
          'auth.jwt': {
            enabled: true,
            header_name: 'X-JWT',
            username_claim: 'sub',
            key_file: secret,
          },
        },
      },
    ],
    [
      'with a proxy that authenticates users',
      { settings: { 'auth.proxy': { enabled: true, whitelist: '10.1.0.0/16' } } },
    ],
    [
      'that are the same as those of Crowsnest',
      {
        settings: {
          server: { http_port: 3000, protocol: 'http' },
          paths: { data: '/var/lib/grafana/', provisioning: '/etc/grafana/provisioning' },
          log: { mode: 'console' },
          'auth.anonymous': { enabled: false },
        },
      },
    ],
    [
      'with URLs for the browser',
      {
        settings: {
          auth: { signout_redirect_url: 'https://sso.example.com/logout' },
          users: { external_manage_link_url: 'https://sso.example.com/users' },
        },
      },
    ],
    [
      'of plugins and feature toggles',
      {
        settings: {
          'plugin.acme-datasource': { anything: 1 },
          feature_toggles: { enable: 'a b', publicDashboards: true },
        },
      },
    ],
    [
      'with empty values',
      {
        settings: {
          'auth.google': { ...google, allowed_domains: 'example.com', hosted_domain: '' },
        },
      },
    ],
    [
      'with paths and roles for logins',
      {
        settings: {
          users: { auto_assign_org_role: 'None' },
          'auth.google': { ...google, hosted_domain: 'example.com', skip_org_role_sync: true },
          'auth.github': {
            ...google,
            allowed_organizations: 'acme',
            role_attribute_path: "contains(groups[*], '@acme/ops') && 'Editor' || 'Viewer'",
            org_mapping: '@acme/ops:1:Editor *:2',
          },
          'auth.generic_oauth': {
            ...google,
            allowed_groups: 'ops',
            auth_url: 'https://sso.example.com/a',
            token_url: 'https://sso.example.com/t',
            api_url: 'https://sso.example.com/u',
            login_attribute_path: 'preferred_username',
            groups_attribute_path: 'groups[].name',
          },
        },
      },
    ],
    ['with LDAP', { ldap: { config: secret, servers: [{ host: 'ldap.example.com' }] } }],
  ])('%s', (_, grafana) => {
    expect(findingsOf(grafana)).toEqual([]);
  });

  test('with all providers behind a proxy with a private certificate authority', () => {
    const proxy = {
      url: 'http://proxy.example.com:3128',
      at: { kind: 'addresses' as const, cidrs: ['192.0.2.0/28'] },
    };
    expect(
      findingsOf({
        proxy,
        certificateAuthority: secret,
        settings: { 'auth.google': { ...google, hosted_domain: 'example.com' }, smtp },
      }),
    ).toEqual([]);
  });
});

describe('settings are rejected', () => {
  test.each<[string, Grafana, string]>([
    [
      'with a line break',
      { settings: { users: { login_hint: 'a\n[auth.anonymous]\nenabled = true' } } },
      'grafana.settings.users.login_hint',
    ],
    [
      'with a literal password',
      { settings: { smtp: { ...smtp, password: 'hunter22' } } },
      'grafana.settings.smtp.password',
    ],
    [
      'with a password from the environment of the pod',
      { settings: { smtp: { ...smtp, password: '$__env{SMTP_PASSWORD}' } } },
      'grafana.settings.smtp.password',
    ],
    [
      'with a misspelt key',
      { settings: { smtp: { ...smtp, skip_verfy: true } } },
      'grafana.settings.smtp.skip_verfy',
    ],
    ...(
      [
        ['auth.github', 'role_attribute_path', "contains(groups[*, 'a') && 'Admin'"],
        ['auth.gitlab', 'role_attribute_path', "contains(groups, 'a') && 'Administrator'"],
        ['auth.jwt', 'email_attribute_path', 'emails[0'],
        ['auth.generic_oauth', 'groups_attribute_path', 'join(groups)'],
        ['auth.okta', 'org_mapping', 'a:1:viewer'],
        ['users', 'auto_assign_org_role', 'viewer'],
        ['auth.anonymous', 'org_role', 'Reader'],
      ] as const
    ).map(([section, key, value]): [string, Grafana, string] => [
      `with ${key} of ${section} ${value}`,
      { settings: { [section]: { [key]: value } } },
      section === 'users'
        ? `grafana.settings.users.${key}`
        : `grafana.settings['${section}'].${key}`,
    ]),
    [
      'with a misspelt section',
      { settings: { 'auth.gogle': google } },
      "grafana.settings['auth.gogle']",
    ],
    [
      'with a value of another type',
      { settings: { users: { allow_org_create: 'maybe' } } },
      'grafana.settings.users.allow_org_create',
    ],
    [
      'with the port of the Service',
      { settings: { server: { http_port: 8080 } } },
      'grafana.settings.server.http_port',
    ],
    [
      'with the database, which is an option',
      { settings: { database: { type: 'mysql', host: 'db:3306' } } },
      'grafana.settings.database.type',
    ],
    [
      'with the credentials, which are an option',
      { settings: { security: { admin_password: secret } } },
      'grafana.settings.security.admin_password',
    ],
    [
      'with plugins to download',
      { settings: { plugins: { preinstall: 'grafana-clock-panel' } } },
      'grafana.settings.plugins.preinstall',
    ],
    [
      'with a file that no Secret holds',
      { settings: { 'auth.jwt': { enabled: true, key_file: '/etc/grafana/key.pem' } } },
      "grafana.settings['auth.jwt'].key_file",
    ],
    [
      'with a mail server in the cluster and no place',
      { settings: { smtp: { ...smtp, host: 'mail.auth.svc:25' } } },
      'grafana.settingsAt.smtp',
    ],
    [
      'with a mail server without a port',
      { settings: { smtp: { ...smtp, host: 'smtp.example.com' } } },
      'grafana.settings.smtp.host',
    ],
    [
      'with a setting of the provider that is an option',
      { oidc: full.grafana.oidc, settings: { 'auth.generic_oauth': { client_id: 'other' } } },
      "grafana.settings['auth.generic_oauth'].client_id",
    ],
    [
      'with a place that no setting needs',
      { settingsAt: { smtp: pods } },
      'grafana.settingsAt.smtp',
    ],
  ])('%s', (_, grafana, path) => {
    const [first, ...others] = findingsOf(grafana);
    expect(first?.split(' | ').slice(0, 2)).toEqual(['error', path]);
    expect(others.every((one) => one.startsWith('error | grafana.'))).toBe(true);
  });

  test('with another public URL than that of the exposure', () => {
    const { grafana: exposed } = full.exposure;
    const found = findingsOf(
      { settings: { server: { root_url: 'https://other.example.com/' } } },
      { exposure: { grafana: exposed } },
    );
    expect(found).toEqual([expect.stringMatching(/^error \| grafana\.ini: server\.root_url/)]);
  });
});

describe('there is a warning', () => {
  const warned = (settings: Settings) =>
    findingsOf({ settings }).map((one) => one.split(' | ')[2]?.split(' ')[0]);

  test.each<[string, Settings, string]>([
    ['about an unknown key', { panels: { brand_new: 'on' } }, 'config/unknown-setting'],
    ['about an unknown section', { something_else: { a: 1 } }, 'config/unknown-setting'],
    [
      'about SAML, which only Grafana Enterprise has',
      { 'auth.saml': { enabled: true, private_key_path: secret } },
      'config/enterprise-setting',
    ],
    [
      'about a weaker protection',
      { security: { allow_embedding: true } },
      'config/overridden-setting',
    ],
    [
      'about requests to the internet',
      { analytics: { check_for_updates: true } },
      'config/overridden-setting',
    ],
    [
      'about a provider at which everybody can have an account',
      { 'auth.github': google },
      'config/open-login',
    ],
    [
      'about a header that everybody can send',
      { 'auth.proxy': { enabled: true } },
      'config/open-login',
    ],
  ])('%s', (_, settings, code) => {
    expect(warned(settings)).toEqual([code]);
  });

  test('about anonymous readers, also if Grafana is exposed', () => {
    const settings = { 'auth.anonymous': { enabled: true } };
    expect(warned(settings)).toEqual(['config/open-login']);
    expect(exposedErrors(settings)).toEqual([]);
    const [found] = checked({ ...minimal, grafana: { settings } });
    expect(found?.remedy).toBe('Keep secrets out of the dashboards, or remove it.');
  });
});

const exposedErrors = (settings: Settings) =>
  findingsOf({ settings }, { exposure: { grafana: full.exposure.grafana } }).filter((one) =>
    one.startsWith('error'),
  );

test.each<[string, Settings]>([
  ['anonymous editors', { 'auth.anonymous': { enabled: true, org_role: 'Editor' } }],
  ['everybody who creates an account', { users: { allow_sign_up: true } }],
  ['everybody who sends a header', { 'auth.proxy': { enabled: true } }],
  ['everybody with an account at a provider', { 'auth.google': google }],
  [
    'everybody, since roles are not strict',
    { 'auth.gitlab': { ...google, role_attribute_path: 'is_admin && `Admin`' } },
  ],
])('an exposed Grafana is not open to %s', (_, settings) => {
  expect(exposedErrors(settings)).toHaveLength(1);
});

describe('the configuration file', () => {
  test('has the settings of the environment instead of those of Crowsnest', () => {
    const ini = iniOf({ settings: { security: { cookie_samesite: 'strict' }, smtp } });
    expect(ini).toMatch(/^cookie_samesite = strict$/m);
    expect(ini).not.toMatch(/cookie_samesite = lax/);
    expect(ini).toMatch(/^password = \$__file\{\/etc\/crowsnest\/secrets\/grafana\/secret\}$/m);
  });

  test('has the path of a file, and not its content', () => {
    const ini = iniOf({ settings: { 'auth.jwt': { enabled: true, key_file: secret } } });
    expect(ini).toMatch(/^key_file = \/etc\/crowsnest\/secrets\/grafana\/secret$/m);
  });

  test('has values as Grafana reads them', () => {
    const ini = iniOf({ settings: { smtp: { from_name: ' a;b ', ehlo_identity: 'c\\' } } });
    expect(ini).toMatch(/^from_name = """ a;b """$/m);
    expect(ini).toMatch(/^ehlo_identity = """c\\"""$/m);
  });
});

test('mail does not use the proxy', () => {
  const { connections } = build({
    ...minimal,
    grafana: {
      proxy: {
        url: 'http://proxy.example.com:3128',
        at: { kind: 'addresses', cidrs: ['192.0.2.0/28'] },
      },
      settings: { smtp },
    },
  });
  const hosts = connections
    .filter(({ capability }) => capability === 'upstream')
    .map(({ endpoint }) => endpoint.host);
  expect(hosts).toEqual(['proxy.example.com', 'smtp.example.com']);
});

test('the proxy is used for what the policies do not allow directly', () => {
  const { manifests } = build({
    ...minimal,
    grafana: {
      proxy: {
        url: 'http://proxy.example.com:3128',
        at: { kind: 'addresses', cidrs: ['192.0.2.0/28'] },
      },
      certificateAuthority: { secret: 'ca', key: 'ca.crt' },
      settings: { 'auth.google': { ...google, allowed_domains: 'example.com' } },
    },
  });
  const set = manifests.find(
    ({ object }) => object.kind === 'StatefulSet' && /grafana$/.test(object.metadata.name),
  )?.object;
  const env = Object.fromEntries(
    set?.spec.template.spec.containers[0].env.map(
      ({ name, value }: { name: string; value: string }) => [name, value],
    ),
  );
  expect(env).toMatchObject({
    HTTPS_PROXY: 'http://proxy.example.com:3128',
    SSL_CERT_DIR: '/etc/crowsnest/secrets/ca',
  });
  expect(env.NO_PROXY.split(',')).toEqual(expect.arrayContaining(['localhost', '.svc']));
  expect(env.NO_PROXY).not.toContain('google');
});

describe('a value that Grafana does not know is reported', () => {
  const remedyOf = (section: string, key: string, value: string | number): string[] =>
    findingsOf({ settings: { [section]: { [key]: value } } });

  test.each([
    ['users', 'auto_assign_org_role', 'Editr', "Set it to 'Viewer', 'Editor', 'Admin' or 'None'."],
    ['log', 'level', 'verbose', "Set it to 'debug', 'info', 'warn', 'error' or 'critical'."],
    [
      'smtp',
      'startTLS_policy',
      'MandatoryStartTls',
      "Set it to 'OpportunisticStartTLS', 'MandatoryStartTLS' or 'NoStartTLS'.",
    ],
    [
      'dashboards',
      'min_refresh_interval',
      '5 s',
      "Set it to a duration such as '30s', '5m' or '1d'.",
    ],
    [
      'unified_alerting',
      'evaluation_timeout',
      30,
      "Set it to a duration such as '30s', '5m' or '1d'.",
    ],
  ])('%s.%s: %s', (section, key, value, remedy) => {
    expect(remedyOf(section, key, value)).toEqual([
      `error | grafana.settings.${section}.${key} | ${remedy}`,
    ]);
  });

  test('with the most similar value', () => {
    const settings = { users: { default_theme: 'drak' } };
    const { findings } = validate({ ...minimal, grafana: { settings } }, 'test', 'test.ts');
    expect(findings.map(({ suggestion }) => suggestion)).toEqual(['dark']);
  });

  test.each([
    ['users', 'auto_assign_org_role', 'None'],
    ['users', 'default_theme', 'system'],
    ['log', 'level', 'DEBUG'],
    ['log', 'level', ''],
    ['dashboards', 'min_refresh_interval', '1m30s'],
    ['users', 'user_invite_max_lifetime_duration', '2w'],
    ['date_formats', 'interval_second', 'HH:mm:ss'],
  ])('and another is accepted: %s.%s: %s', (section, key, value) => {
    expect(remedyOf(section, key, value)).toEqual([]);
  });
});

describe('a server in a section that is off', () => {
  const host = 'smtp.example.com:587';

  test('is a warning if the section is not enabled', () => {
    expect(findingsOf({ settings: { smtp: { host, user: 'grafana' } } })).toEqual([
      'warning | grafana.settings.smtp.host | config/disabled-setting smtp.host has no effect: the section is not enabled.',
    ]);
  });

  test('is accepted if the section is disabled, and not written', () => {
    const settings = { smtp: { enabled: false, host } };
    expect(findingsOf({ settings })).toEqual([]);
    expect(iniOf({ settings })).not.toContain(host);
  });

  test('is accepted in a section that is on by default', () => {
    const history = { backend: 'loki', loki_remote_url: 'https://logs.example.com' };
    expect(findingsOf({ settings: { 'unified_alerting.state_history': history } })).toEqual([]);
    expect(findingsOf({ settings: { smtp: { enabled: true, host } } })).toEqual([]);
  });
});
