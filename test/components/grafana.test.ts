import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GrafanaOptions, grafana } from '../../src/components/grafana/grafana.js';
import { jaeger } from '../../src/components/jaeger/jaeger.js';
import { prometheus } from '../../src/components/prometheus/prometheus.js';
import type { GrafanaExposure } from '../../src/config/exposure.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import type { Whole } from '../checks/whole.js';
import { build, emptyDashboard, minimal, noContent } from '../environment.js';
import grafanaOptions from './options/grafana.js';
import { differences } from './review.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

const least: GrafanaOptions = {
  resources: small.grafana,
  volume: small.grafana.volume,
  dashboardShards: 4,
};

const all: Whole<GrafanaOptions> = {
  resources: { cpu: '300m', memory: '600Mi', memoryLimit: '3Gi' },
  volume: '20Gi',
  claimTemplate: '10Gi',
  dashboardShards: 2,
  names: {
    stack: 'crowsnest',
    namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' },
  },
  credentialsSecret: 'grafana-credentials',
  exposure: full.exposure.grafana,
  oidc: grafanaOptions.oidc,
  pluginFolder: grafanaOptions.plugins.folder,
  database: grafanaOptions.database,
  ldap: grafanaOptions.ldap,
  proxy: grafanaOptions.proxy,
  certificateAuthority: grafanaOptions.certificateAuthority,
  settings: grafanaOptions.settings,
  settingsAt: grafanaOptions.settingsAt,
};

const { ingressClass: _class, tlsSecret: _tls, ...host } = full.exposure.grafana;
const behindGateway = (listener?: string): GrafanaExposure => ({
  ...host,
  kind: 'gateway',
  gateway: { namespace: 'edge', name: 'public', ...(listener && { listener }) },
});

// Any provider of promql is a data source.
const source = prometheus({
  size: small.prometheus,
  retention: '7d',
  scrapeInterval: '30s',
  externalLabels: {},
});

const spans = jaeger({
  size: small.jaeger,
  retention: '72h',
  sampling: { default: 1, services: {} },
});

const run = (options: GrafanaOptions, environment?: EnvironmentOptions): Synthesis =>
  synthesize(grafana(options), environment, [source]);

// The environment declares the external dependencies of an option.
const exposed = run(
  { ...least, exposure: all.exposure },
  { ...minimal, exposure: { grafana: full.exposure.grafana } },
);
const routed = run(
  { ...least, exposure: behindGateway('https') },
  { ...minimal, exposure: { grafana: behindGateway('https') } },
);
const loggedIn = run(
  { ...least, oidc: all.oidc },
  { ...minimal, grafana: { oidc: full.grafana.oidc } },
);
const stored = run(
  { ...least, database: all.database },
  { ...minimal, grafana: { database: full.grafana.database } },
);

type Objects = Pick<Synthesis, 'objects'>;

const statefulSetOf = ({ objects }: Objects) =>
  objects.find(({ kind, metadata }) => kind === 'StatefulSet' && /grafana$/.test(metadata.name))!;

const digestOf = (synthesis: Objects): string =>
  statefulSetOf(synthesis).spec.template.metadata.annotations['crowsnest/restart-on'];

/** The settings of grafana.ini as `section.key`. */
const iniOf = ({ objects }: Objects): Partial<Record<string, string>> => {
  const text: string = objects.find(({ data }) => data?.['grafana.ini'])?.data['grafana.ini'];
  let section = '';
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
      const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
      return key ? [[`${section}.${key}`, value]] : [];
    }),
  );
};

test.each([
  ['default', run(least)],
  ['all', run(all, full)],
])('the manifests of grafana match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/grafana-${name}.yaml`);
});

describe('compared with the default, grafana has other manifests', () => {
  const differencesOf = ({ objects }: Synthesis) => differences(run(least).objects, objects);

  test('with its credentials in a Secret', () => {
    const named = run({ ...least, credentialsSecret: 'grafana-credentials' });
    expect(differencesOf(named)).toMatchInlineSnapshot(`
      "ConfigMap crowsnest/crowsnest-grafana-config
        - data grafana.ini security admin_user: admin
        + data grafana.ini security admin_user: "$__file{/etc/crowsnest/secrets/grafana-credentials/admin-user}"
        - data grafana.ini security admin_password: "$__file{/var/lib/grafana/credentials/admin-password}"
        + data grafana.ini security admin_password: "$__file{/etc/crowsnest/secrets/grafana-credentials/admin-password}"
        - data grafana.ini security secret_key: "$__file{/var/lib/grafana/credentials/secret-key}"
        + data grafana.ini security secret_key: "$__file{/etc/crowsnest/secrets/grafana-credentials/secret-key}"
      StatefulSet crowsnest/crowsnest-grafana
        + spec template spec containers grafana volumeMounts /etc/crowsnest/secrets/grafana-credentials: { mountPath: /etc/crowsnest/secrets/grafana-credentials, name: secret-grafana-credentials, readOnly: true }
        - spec template spec initContainers
        + spec template spec volumes secret-grafana-credentials: { name: secret-grafana-credentials, secret: { secretName: grafana-credentials } }"
    `);
  });

  test('behind an Ingress', () => {
    expect(differencesOf(exposed)).toMatchInlineSnapshot(`
      "ConfigMap crowsnest/crowsnest-grafana-config
        - data grafana.ini server root_url: http://localhost:3000/
        + data grafana.ini server root_url: https://grafana.example.com/grafana/
        + data grafana.ini server serve_from_sub_path: "true"
        + data grafana.ini metrics basic_auth_username: metrics
        + data grafana.ini metrics basic_auth_password: "$__file{/etc/crowsnest/secrets/grafana-metrics/password}"
      StatefulSet crowsnest/crowsnest-grafana
        - spec template spec containers grafana livenessProbe httpGet path: /healthz
        + spec template spec containers grafana livenessProbe httpGet path: /grafana/healthz
        - spec template spec containers grafana readinessProbe httpGet path: /api/health
        + spec template spec containers grafana readinessProbe httpGet path: /grafana/api/health
        - spec template spec containers grafana startupProbe httpGet path: /healthz
        + spec template spec containers grafana startupProbe httpGet path: /grafana/healthz
        + spec template spec containers grafana volumeMounts /etc/crowsnest/secrets/grafana-metrics: { mountPath: /etc/crowsnest/secrets/grafana-metrics, name: secret-grafana-metrics, readOnly: true }
        + spec template spec volumes secret-grafana-metrics: { name: secret-grafana-metrics, secret: { secretName: grafana-metrics } }
      + Ingress crowsnest/crowsnest-grafana
        + metadata: { annotations: { nginx.ingress.kubernetes.io/proxy-body-size: 8m } }
        + spec: { ingressClassName: nginx, rules: [ { host: grafana.example.com, http: { paths: [ { backend: { service: { name: crowsnest-grafana, port: { name: web } } }, path: /grafana, pathType: Prefix } ] } }, { host: dashboards.example.com, http: { paths: [ { backend: { service: { name: crowsnest-grafana, port: { name: web } } }, path: /grafana, pathType: Prefix } ] } } ], tls: [ { hosts: [ grafana.example.com, dashboards.example.com ], secretName: grafana-tls } ] }"
    `);
  });

  test('behind a Gateway', () => {
    expect(differences(exposed.objects, routed.objects)).toMatchInlineSnapshot(`
      "- Ingress crowsnest/crowsnest-grafana
      + HTTPRoute crowsnest/crowsnest-grafana
        + metadata: { annotations: { nginx.ingress.kubernetes.io/proxy-body-size: 8m } }
        + spec: { hostnames: [ grafana.example.com, dashboards.example.com ], parentRefs: [ { group: gateway.networking.k8s.io, kind: Gateway, name: public, namespace: edge, sectionName: https } ], rules: [ { backendRefs: [ { kind: Service, name: crowsnest-grafana, port: 3000 } ], matches: [ { path: { type: PathPrefix, value: /grafana } } ] } ] }"
    `);
  });

  test('with a login through a provider', () => {
    expect(differencesOf(loggedIn)).toMatchInlineSnapshot(`
      "ConfigMap crowsnest/crowsnest-grafana-config
        + data grafana.ini auth.generic_oauth: { enabled: "true", name: Example, client_id: grafana, client_secret: "$__file{/etc/crowsnest/secrets/grafana-oidc/client-secret}", scopes: openid profile email groups, auth_url: https://login.example.com/authorize, token_url: https://login.example.com/token, api_url: https://login.example.com/userinfo, role_attribute_path: "\\"\\"\\"contains(groups[*], 'platform') && 'Admin' || 'Viewer'\\"\\"\\"", role_attribute_strict: "true", allowed_domains: example.com, allowed_groups: '"""["platform","on call"]"""', groups_attribute_path: groups, allow_sign_up: "true", use_pkce: "true", use_refresh_token: "true" }
      StatefulSet crowsnest/crowsnest-grafana
        + spec template spec containers grafana volumeMounts /etc/crowsnest/secrets/grafana-oidc: { mountPath: /etc/crowsnest/secrets/grafana-oidc, name: secret-grafana-oidc, readOnly: true }
        + spec template spec volumes secret-grafana-oidc: { name: secret-grafana-oidc, secret: { secretName: grafana-oidc } }"
    `);
  });

  test('with an external database', () => {
    expect(differencesOf(stored)).toMatchInlineSnapshot(`
      "ConfigMap crowsnest/crowsnest-grafana-config
        + data grafana.ini database: { type: postgres, host: postgres.databases.svc:5432, name: grafana, user: grafana, password: "$__file{/etc/crowsnest/secrets/grafana-database/password}", ssl_mode: verify-full, ca_cert_path: /etc/crowsnest/secrets/grafana-database/ca.crt }
      StatefulSet crowsnest/crowsnest-grafana
        + spec template spec containers grafana volumeMounts /etc/crowsnest/secrets/grafana-database: { mountPath: /etc/crowsnest/secrets/grafana-database, name: secret-grafana-database, readOnly: true }
        + spec template spec volumes secret-grafana-database: { name: secret-grafana-database, secret: { secretName: grafana-database } }"
    `);
  });
});

describe.each([
  ['by default', run(least)],
  ['with all options', run(all, full)],
])('grafana %s', (_, synthesis) => {
  const ini = iniOf(synthesis);

  test('sends security headers', () => {
    expect(ini).toMatchObject({
      'security.strict_transport_security': 'true',
      'security.strict_transport_security_max_age_seconds': '31536000',
      'security.content_security_policy': 'true',
      'security.x_content_type_options': 'true',
      'security.allow_embedding': 'false',
      'security.cookie_secure': 'true',
    });
    const policy = ini['security.content_security_policy_template'];
    expect(policy).toMatch(/^"""default-src 'self';.+"""$/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/\bhttps?:|\*/);
  });

  test('requires a login', () => {
    expect(ini).toMatchObject({
      'auth.anonymous.enabled': 'false',
      'users.allow_sign_up': 'false',
      'users.allow_org_create': 'false',
    });
  });

  test('sends no requests to the internet', () => {
    expect(ini).toMatchObject({
      'analytics.reporting_enabled': 'false',
      'analytics.check_for_updates': 'false',
      'analytics.check_for_plugin_updates': 'false',
      'news.news_feed_enabled': 'false',
      'security.disable_gravatar': 'true',
      'snapshots.external_enabled': 'false',
      'plugins.preinstall_disabled': 'true',
      'plugins.preinstall_auto_update': 'false',
      'plugins.plugin_admin_enabled': 'false',
    });
  });

  test('reads every credential from a file', () => {
    const credentials = Object.entries(ini).filter(([key]) => /password|secret(_key)?$/.test(key));
    expect(credentials.length).toBeGreaterThanOrEqual(2);
    for (const [, value] of credentials) expect(value).toMatch(/^\$__file\{\/.+\}$/);
  });

  test('writes to its volume from only one pod', () => {
    expect(statefulSetOf(synthesis).spec.replicas).toBe(1);
  });

  test('restarts if a file changes that it reads only at its start', () => {
    expect(digestOf(synthesis)).toMatch(/^[0-9a-f]{16}$/);
  });
});

test('another data source restarts the pod', () => {
  const thanos = { kind: 'own', namespace: 'stack' } as const;
  const other = { ...source, name: 'thanos', workloads: { thanos } };
  expect(digestOf(synthesize(grafana(least), minimal, [other]))).not.toBe(digestOf(run(least)));
});

test('another dashboard restarts nothing', () => {
  const digest = (...uids: string[]) => {
    const dashboards = Object.fromEntries(uids.map((uid) => [uid, emptyDashboard('Shop')]));
    const { manifests } = build(minimal, { ...noContent, dashboards });
    return digestOf({ objects: manifests.map(({ object }) => object) });
  };
  expect(digest('some', 'other')).toBe(digest('some'));
});

test('each dashboard folder has the configured number of shards', () => {
  const dashboards = { orders: emptyDashboard('Shop'), nodes: emptyDashboard('The cluster') };
  const content = { ...noContent, dashboards };
  const { manifests } = build({ ...minimal, grafana: { dashboardShards: 2 } }, content);
  const objects = manifests.map(({ object }) => object);
  const maps = objects.filter(({ metadata }) => /grafana-dashboards-/.test(metadata.name));
  expect(maps.map(({ metadata, data }) => [metadata.name, Object.keys(data ?? {})])).toEqual([
    ['crowsnest-grafana-dashboards-shop-0', expect.any(Array)],
    ['crowsnest-grafana-dashboards-shop-1', expect.any(Array)],
    ['crowsnest-grafana-dashboards-the-cluster-0', expect.any(Array)],
    ['crowsnest-grafana-dashboards-the-cluster-1', expect.any(Array)],
  ]);
  const { providers } = parse(
    objects.find(({ data }) => data?.['dashboards.yaml'])?.data['dashboards.yaml'],
  );
  expect(
    providers.map(({ folder, options }: { folder: string; options: { path: string } }) => [
      folder,
      options.path,
    ]),
  ).toEqual([
    ['Shop', '/dashboards/shop'],
    ['The cluster', '/dashboards/the-cluster'],
  ]);
  const { containers } = statefulSetOf({ objects }).spec.template.spec;
  const paths = containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(paths).toContain('/dashboards/the-cluster/1');
});

test('a Secret replaces the credentials that are created at the first start', () => {
  expect(statefulSetOf(run(least)).spec.template.spec.initContainers).toHaveLength(1);
  expect(statefulSetOf(run(all, full)).spec.template.spec.initContainers).toBeUndefined();
});

test('its metrics need a password if Grafana is exposed', () => {
  expect(iniOf(run(all, full))).toMatchObject({
    'metrics.enabled': 'true',
    'metrics.basic_auth_username': 'metrics',
    'metrics.basic_auth_password': '$__file{/etc/crowsnest/secrets/grafana-metrics/password}',
  });
  expect(iniOf(run(least))).not.toHaveProperty(['metrics.basic_auth_username']);
});

describe('the exposure', () => {
  const kinds = ({ objects }: Objects) => objects.map(({ kind }) => kind);

  test('is an Ingress or an HTTPRoute, and neither by default', () => {
    expect(kinds(exposed)).toContain('Ingress');
    expect(kinds(exposed)).not.toContain('HTTPRoute');
    expect(kinds(routed)).toContain('HTTPRoute');
    expect(kinds(routed)).not.toContain('Ingress');
    expect(kinds(run(least)).filter((kind) => /Ingress|Route/.test(kind))).toEqual([]);
  });

  test.each([
    ['an Ingress', exposed],
    ['a Gateway', routed],
  ])('by %s sets the address of every link', (_, synthesis) => {
    expect(iniOf(synthesis)['server.root_url']).toBe('https://grafana.example.com/grafana/');
  });

  test('requires the TLS Secret of an Ingress, and the Gateway of a route', () => {
    const kindsOf = (exposure: GrafanaExposure) =>
      grafana({ ...least, exposure }).prerequisites?.map(({ kind, namespace, name }) =>
        [kind, namespace, name].filter(Boolean).join(' '),
      );
    const metrics = 'Secret grafana-metrics';
    expect(kindsOf(full.exposure.grafana)).toEqual([
      'IngressClass nginx',
      'Secret grafana-tls',
      metrics,
    ]);
    expect(kindsOf(behindGateway())).toEqual(['Gateway edge public', metrics]);
  });
});

describe('a login through a provider', () => {
  test('has a lax cookie, because the redirect and links in notifications come from other sites', () => {
    expect(iniOf(loggedIn)['security.cookie_samesite']).toBe('lax');
    expect(iniOf(run(least))['security.cookie_samesite']).toBe('lax');
  });

  test('rejects users without a role in their token', () => {
    expect(iniOf(loggedIn)).toMatchObject({
      'auth.generic_oauth.enabled': 'true',
      'auth.generic_oauth.role_attribute_strict': 'true',
      'auth.generic_oauth.use_pkce': 'true',
    });
    expect(iniOf(run(least))).not.toHaveProperty(['auth.generic_oauth.enabled']);
  });

  test('reads the client secret from a file', () => {
    expect(iniOf(loggedIn)['auth.generic_oauth.client_secret']).toBe(
      '$__file{/etc/crowsnest/secrets/grafana-oidc/client-secret}',
    );
  });
});

describe('an external database', () => {
  test('is verified by its certificate authority and its name', () => {
    expect(iniOf(stored)).toMatchObject({
      'database.type': 'postgres',
      'database.host': 'postgres.databases.svc:5432',
      'database.ssl_mode': 'verify-full',
      'database.ca_cert_path': '/etc/crowsnest/secrets/grafana-database/ca.crt',
      'database.password': '$__file{/etc/crowsnest/secrets/grafana-database/password}',
    });
    expect(iniOf(run(least))).not.toHaveProperty(['database.type']);
  });

  test('has its Secret mounted once, although two options use it', () => {
    const { volumes, containers } = statefulSetOf(stored).spec.template.spec;
    const named = ({ name }: { name: string }) => name.includes('grafana-database');
    expect(volumes.filter(named)).toHaveLength(1);
    expect(containers[0].volumeMounts.filter(named)).toHaveLength(1);
  });

  test('requires the Secret of its certificate authority', () => {
    expect(grafana({ ...least, database: all.database }).prerequisites).toMatchObject([
      { kind: 'Secret', name: 'grafana-database', keys: { 'ca.crt': expect.any(String) } },
    ]);
  });
});

test('an exemplar links to its trace, and a span to the metrics of its service', () => {
  const { objects } = synthesize(grafana(least), minimal, [source, spans]);
  const text = objects.find(({ data }) => data?.['datasources.yaml'])?.data['datasources.yaml'];
  expect(text).toContain('datasourceUid: jaeger');
  expect(text).toContain('datasourceUid: prometheus');
});

describe('the home page', () => {
  const iniOf = (uids: readonly string[]) => {
    const dashboards = Object.fromEntries(uids.map((uid) => [uid, emptyDashboard('Shop')]));
    const { manifests } = build(minimal, { ...noContent, dashboards });
    const objects = manifests.map(({ object }) => object);
    const ini: string = objects.find(({ data }) => data?.['grafana.ini'])?.data['grafana.ini'];
    return { objects, home: /^default_home_dashboard_path = (.*)$/m.exec(ini)?.[1] };
  };

  test('is the overview, with the path of its mounted file', () => {
    const { objects, home = '' } = iniOf(['orders', 'overview']);
    const [, folder = '', shard = ''] =
      /^\/dashboards\/([^/]+)\/(\d+)\/overview\.json$/.exec(home) ?? [];
    const map = objects.find(
      ({ metadata }) => metadata.name === `crowsnest-grafana-dashboards-${folder}-${shard}`,
    );
    expect(Object.keys(map?.data ?? {})).toContain('overview.json');
  });

  test('is that of Grafana if the overview does not ship', () => {
    expect(iniOf(['orders']).home).toBeUndefined();
  });
});

test('each provisioning folder of Grafana has a file', () => {
  const set = run(least).objects.find(({ kind }) => kind === 'StatefulSet');
  const volumes: { name: string; configMap?: { items?: { path: string }[] } }[] =
    set?.spec.template.spec.volumes;
  const paths = volumes.flatMap(({ configMap }) => configMap?.items ?? []).map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(
      ['alerting', 'dashboards', 'datasources', 'plugins'].map(
        (folder) => `provisioning/${folder}/crowsnest.yaml`,
      ),
    ),
  );
});
