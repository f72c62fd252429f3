import { describe, expect, test } from 'vitest';
import { environmentSchema } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import alertmanager from '../../src/schema/data/alertmanager.js';
import { connects } from '../../src/schema/grafana/setting-server.js';
import { providerSections, settingSections } from '../../src/schema/grafana/settings.js';
import { buildStack } from '../../src/stack.js';
import { hosts, type Options, placedHosts, shop, withoutConnection } from '../config/hosts.js';
import { leavesOf } from '../config/schema-leaf.js';
import { minimal, noContent, withFewComponents } from '../environment.js';

const findingsOf = (options: object) => {
  const all = { ...minimal, ...withFewComponents, ...options } as Options;
  const { environment, findings } = validate(all, 'test', 'environments/test.ts');
  return environment ? buildStack(environment, noContent).findings : findings;
};
const errorsOf = (options: object) =>
  findingsOf(options).filter(({ severity }) => severity === 'error');

// Of each kind one for names, one for addresses, one for misread numbers.
const inside = [
  'mimir.mimir.svc',
  'Mimir.Mimir.SVC',
  'mimir.mimir.svc.',
  'mimir.mimir.svc.cluster.local',
  'mimir-0.mimir.mimir.svc',
  'mimir.mimir.svc.k8s.example.com',
  'mimir',
  'mimir.mimir',
  'mimir.corp.internal',
  'localhost',
  '127.0.0.1',
  '[::1]',
  '2130706433',
  '010.1.2.3',
];
const outside = ['mimir.example.com', 'svc.example.com', 'mimir.svc.pinecone.io', '192.0.2.1'];
const needsName = /dns_sd_configs|ldap|smtp\.host/;
const isOwnPlace = /static_configs|relabel_configs|proxy_url|Config |receivers/;

describe.each(Object.entries(hosts))('%s', (field, options) => {
  test.each(inside)('%s needs a place, or is not accepted', (host) => {
    expect(errorsOf(options(host))).not.toEqual([]);
  });

  test.each(outside)('%s is accepted', (host) => {
    // A reserved range for documentation counts as private, like others.
    const isAddress = host === '192.0.2.1';
    if (isAddress && (!isOwnPlace.test(field) || needsName.test(field))) return;
    expect(errorsOf(options(host))).toEqual([]);
  });
});

describe.each(Object.entries(placedHosts))('%s with a place', (_, [path, options]) => {
  const at = (host: string, place: object) =>
    errorsOf(options(host, place)).map((one) => [one.code, one.place.path]);
  const elsewhere = [['connections/other-place', path]];
  const own = path.startsWith('logAgent') ? 'crowsnest-agents' : 'crowsnest';

  test('in another namespace it is rejected', () => {
    expect(at('web.checkout.svc', shop)).toEqual(elsewhere);
    expect(at('web', shop)).toEqual(elsewhere);
  });

  test('in the same namespace it is accepted', () => {
    expect(at('web.shop.svc', shop)).toEqual([]);
    expect(at('web-0.web.shop.svc.cluster.local', shop)).toEqual([]);
    expect(at('web', { ...shop, namespace: own })).toEqual([]);
    expect(at('web.example.com', shop)).toEqual([]);
  });

  test('an address outside the place is rejected', () => {
    const place = { kind: 'addresses', cidrs: ['10.9.0.0/24'] };
    expect(at('10.9.0.1', place)).toEqual([]);
    expect(at('10.9.1.1', place)).not.toEqual([]);
    expect(at('web.checkout.svc', place)).toEqual([]);
  });
});

const hostField = /url$|host$|hosts\.\*$|^runbooks$|serveraddress|serviceaddress|servername/i;

test('every option with a host is listed', () => {
  const listed = [...Object.keys(hosts), ...Object.keys(placedHosts)];
  const published = Object.keys(withoutConnection);
  const fields = leavesOf(environmentSchema).filter((path) => hostField.test(path));
  expect(fields.filter((path) => ![...listed, ...published].includes(path))).toEqual([]);
  const unions = ['exposure.behindAuthProxy'];
  const stale = published.filter(
    (path) => !fields.includes(path) && !unions.some((one) => path.startsWith(one)),
  );
  expect(stale).toEqual([]);
});

test('every field of Alertmanager with a URL or a mail server is listed', () => {
  const fields = Object.entries(alertmanager.types).flatMap(([type, all]) =>
    Object.entries(all).flatMap(([field, of]) =>
      /^(common\.URL|config\.HostPort)$/.test(`${of}`) ? [`${type} ${field}`] : [],
    ),
  );
  // Those of `global` are inherited in one place.
  const own = fields.filter((field) => !field.startsWith('config.GlobalConfig '));
  expect(own.filter((field) => !Object.hasOwn(hosts, field))).toEqual([]);
});

test('every setting of Grafana with the address of a server is known as one, or is for others', () => {
  const fields = Object.entries({ ...settingSections, ...providerSections }).flatMap(
    ([section, keys]) =>
      keys
        .split(' ')
        .filter((key) => /(?:url|host|address|endpoint|webhook|dsn)$/.test(key))
        .filter((key) => !connects(section, key))
        .map((key) => (/^(?:auth|signout_redirect)_url$/.test(key) ? key : `${section}.${key}`)),
  );
  expect([...new Set(fields)].sort()).toEqual([
    // The browser of the user opens these.
    'analytics.application_insights_endpoint_url',
    'analytics.rudderstack_config_url',
    'analytics.rudderstack_data_plane_url',
    'analytics.rudderstack_integrations_url',
    'analytics.rudderstack_sdk_url',
    'analytics.rudderstack_v3_sdk_url',
    'auth_url',
    'external_image_storage.s3.bucket_url',
    'external_image_storage.webdav.public_url',
    'grpc_server.address',
    'log.frontend.custom_endpoint',
    'log.frontend.sentry_dsn',
    // Not accepted.
    'log.syslog.address',
    'plugins.cdn_base_url',
    'plugins.plugin_catalog_url',
    // The renderer calls it.
    'rendering.callback_url',
    'security.actions_allow_post_url',
    'server.cdn_url',
    'server.root_url',
    'signout_redirect_url',
    'smtp.from_address',
    'tracing.jaeger.address',
    'tracing.jaeger.sampling_server_url',
    'unified_alerting.ha_advertise_address',
    'unified_alerting.ha_listen_address',
    'users.external_manage_link_url',
  ]);
});

test('the login page is public, since the browser opens it', () => {
  const at = (authorizationUrl: string) => {
    const { grafana } = hosts['grafana.oidc.tokenUrl']!('login.example.com') as {
      grafana: { oidc: object };
    };
    return errorsOf({ grafana: { oidc: { ...grafana.oidc, authorizationUrl } } }).map(
      ({ place }) => place.path,
    );
  };
  expect(at('https://dex.dex.svc/auth')).toEqual(['grafana.oidc.authorizationUrl']);
  expect(at('https://localhost:5556/auth')).toEqual([]);
  expect(at('https://login.corp/auth')).toEqual([]);
});
