import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GrafanaOptions, grafana } from '../../src/components/grafana/grafana.js';
import { jaeger } from '../../src/components/jaeger/jaeger.js';
import { prometheus } from '../../src/components/prometheus/prometheus.js';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import type { GrafanaExposure } from '../../src/config/exposure.js';
import { sizings } from '../../src/config/sizing.js';
import { full } from '../checks/full.js';
import type { Whole } from '../checks/whole.js';
import { build, emptyDashboard, minimal, noContent } from '../environment.js';
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
  dashboardShards: 2,
  credentialsSecret: 'grafana-credentials',
  exposure: full.exposure.grafana,
  oidc: full.grafana.oidc,
  database: full.grafana.database,
};

const { ingressClass: _class, tlsSecret: _tls, ...host } = full.exposure.grafana;
const behindGateway = (listener?: string): GrafanaExposure => ({
  ...host,
  kind: 'gateway',
  gateway: { namespace: 'edge', name: 'public', ...(listener && { listener }) },
});

// Whatever answers PromQL is its data source.
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

// What an option leans on outside is declared by the environment.
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
  ['credentials', run({ ...least, credentialsSecret: 'grafana-credentials' })],
  ['ingress', exposed],
  ['gateway', routed],
  ['oidc', loggedIn],
  ['postgres', stored],
])('grafana in the case of %s ships as reviewed', async (name, { yaml }) => {
  await expect(yaml).toMatchFileSnapshot(`./snapshots/grafana-${name}.yaml`);
});

describe.each([
  ['by default', run(least)],
  ['with all options', run(all, full)],
])('grafana %s', (_, synthesis) => {
  const ini = iniOf(synthesis);

  test('sends the headers that protect its users', () => {
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

  test('lets nobody in but who is known', () => {
    expect(ini).toMatchObject({
      'auth.anonymous.enabled': 'false',
      'users.allow_sign_up': 'false',
      'users.allow_org_create': 'false',
    });
  });

  test('asks nothing of the outside', () => {
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

  test('writes from one pod alone, to a volume', () => {
    expect(statefulSetOf(synthesis).spec.replicas).toBe(1);
  });

  test('restarts when a file changes that it reads only at its start', () => {
    expect(digestOf(synthesis)).toMatch(/^[0-9a-f]{16}$/);
  });
});

test('another data source rolls the pod', () => {
  const thanos = { kind: 'own', namespace: 'stack' } as const;
  const other = { ...source, name: 'thanos', workloads: { thanos } };
  expect(digestOf(synthesize(grafana(least), minimal, [other]))).not.toBe(digestOf(run(least)));
});

test('another dashboard rolls nothing', () => {
  const digest = (...uids: string[]) => {
    const dashboards = Object.fromEntries(uids.map((uid) => [uid, emptyDashboard('Shop')]));
    const { manifests } = build(minimal, { ...noContent, dashboards });
    return digestOf({ objects: manifests.map(({ object }) => object) });
  };
  expect(digest('some', 'other')).toBe(digest('some'));
});

test('dashboards lie in the folders that they name, each with its number of shards', () => {
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

test('a Secret takes the place of the credentials that are made at first start', () => {
  expect(statefulSetOf(run(least)).spec.template.spec.initContainers).toHaveLength(1);
  expect(statefulSetOf(run(all, full)).spec.template.spec.initContainers).toBeUndefined();
});

test('its metrics are behind a password where it is exposed', () => {
  expect(iniOf(run(all, full))).toMatchObject({
    'metrics.enabled': 'true',
    'metrics.basic_auth_username': 'metrics',
    'metrics.basic_auth_password': '$__file{/etc/crowsnest/secrets/grafana-metrics/password}',
  });
  expect(iniOf(run(least))).not.toHaveProperty(['metrics.basic_auth_username']);
});

describe('the way in', () => {
  const kinds = ({ objects }: Objects) => objects.map(({ kind }) => kind);

  test('is an Ingress or an HTTPRoute, and neither where nothing is exposed', () => {
    expect(kinds(exposed)).toContain('Ingress');
    expect(kinds(exposed)).not.toContain('HTTPRoute');
    expect(kinds(routed)).toContain('HTTPRoute');
    expect(kinds(routed)).not.toContain('Ingress');
    expect(kinds(run(least)).filter((kind) => /Ingress|Route/.test(kind))).toEqual([]);
  });

  test.each([
    ['an Ingress', exposed],
    ['a Gateway', routed],
  ])('by %s is the address of every link', (_, synthesis) => {
    expect(iniOf(synthesis)['server.root_url']).toBe('https://grafana.example.com/');
  });

  test('asks for a TLS Secret of an Ingress, and for the Gateway of a route', () => {
    const kindsOf = (exposure: GrafanaExposure) =>
      grafana({ ...least, exposure }).prerequisites?.map(({ kind, namespace, name }) =>
        [kind, namespace, name].filter(Boolean).join(' '),
      );
    expect(kindsOf(full.exposure.grafana)).toEqual(['IngressClass nginx', 'Secret grafana-tls']);
    expect(kindsOf(behindGateway())).toEqual(['Gateway edge public']);
  });
});

describe('a login through a provider', () => {
  test('comes back from another site, as links in notifications do: its cookie is lax', () => {
    expect(iniOf(loggedIn)['security.cookie_samesite']).toBe('lax');
    expect(iniOf(run(least))['security.cookie_samesite']).toBe('lax');
  });

  test('refuses whom the token gives no role', () => {
    expect(iniOf(loggedIn)).toMatchObject({
      'auth.generic_oauth.enabled': 'true',
      'auth.generic_oauth.role_attribute_strict': 'true',
      'auth.generic_oauth.use_pkce': 'true',
    });
    expect(iniOf(run(least))).not.toHaveProperty(['auth.generic_oauth.enabled']);
  });

  test('reads the client’s secret from a file', () => {
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

  test('has its Secret mounted once, though it is asked for twice', () => {
    const { volumes, containers } = statefulSetOf(stored).spec.template.spec;
    const named = ({ name }: { name: string }) => name.includes('grafana-database');
    expect(volumes.filter(named)).toHaveLength(1);
    expect(containers[0].volumeMounts.filter(named)).toHaveLength(1);
  });

  test('has its certificate authority asked for beforehand', () => {
    expect(grafana({ ...least, database: all.database }).prerequisites).toMatchObject([
      { kind: 'Secret', name: 'grafana-database', keys: { 'ca.crt': expect.any(String) } },
    ]);
  });
});

test('an exemplar opens its trace, and a span the metrics of its service', () => {
  const { objects } = synthesize(grafana(least), minimal, [source, spans]);
  const text = objects.find(({ data }) => data?.['datasources.yaml'])?.data['datasources.yaml'];
  expect(text).toContain('datasourceUid: jaeger');
  expect(text).toContain('datasourceUid: prometheus');
});
