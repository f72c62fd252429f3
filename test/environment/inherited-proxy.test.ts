import { expect, test } from 'vitest';
import { prometheusFilesIn } from '../../src/checks/support/prometheus-file.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { loadChecks } from '../../src/load-checks.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { build, minimal, noContent } from '../environment.js';

const { checks } = await loadChecks();

const proxy = {
  url: 'http://proxy.example.com:3128',
  at: { kind: 'addresses' as const, cidrs: ['192.0.2.16/32'] },
};

const options = (
  certificateAuthority: NonNullable<EnvironmentOptions['proxy']>['certificateAuthority'],
): EnvironmentOptions => ({
  ...minimal,
  proxy: { ...proxy, certificateAuthority },
  alerting: {
    receivers: [
      { kind: 'slack', name: 'chat', url: { secret: 'slack', key: 'url' }, channel: '#alerts' },
    ],
    defaultReceiver: 'chat',
  },
  grafana: {
    oidc: {
      name: 'Login',
      clientId: 'grafana',
      clientSecret: { secret: 'login', key: 'secret' },
      authorizationUrl: 'https://login.example.com/auth',
      tokenUrl: 'https://login.example.com/token',
      userInfoUrl: 'https://login.example.com/userinfo',
      rolePath: "contains(groups, 'ops') && 'Admin' || 'Viewer'",
      allowedDomains: ['example.com'],
    },
  },
  prometheus: {
    remoteWrite: [
      { url: 'https://mimir.example.com/api/v1/push' },
      {
        name: 'inside',
        url: 'http://mimir.mimir.svc/push',
        at: { kind: 'pods', namespace: 'mimir', labels: { app: 'mimir' } },
      },
      {
        name: 'own',
        url: 'https://other.example.com/push',
        proxy_url: 'http://own.example.com:80',
      },
    ],
    remoteRead: [{ url: 'https://mimir.example.com/read' }],
  },
});

const stackOf = (one: EnvironmentOptions) => {
  const stack = build(one, noContent);
  const input = checkInputOf(stack, [], {});
  expect(runChecks(stack, checks, input)).toEqual([]);
  return { stack, input };
};

test('all requests to the internet use the proxy of the environment', () => {
  const { stack, input } = stackOf(options({ configMap: 'trusted-ca', key: 'ca.crt' }));
  const [prometheus] = prometheusFilesIn(input);
  const { remote_write, remote_read } = prometheus!.config;
  expect([...remote_write!, ...remote_read!].map((one) => one.proxy_url)).toEqual([
    proxy.url,
    undefined,
    'http://own.example.com:80',
    proxy.url,
  ]);
  const text = JSON.stringify(stack.manifests.map(({ object }) => object));
  expect(text).toContain(`proxy_url: ${proxy.url}`);
  expect(text).toContain(`{"name":"HTTPS_PROXY","value":"${proxy.url}"}`);
  const folder = '/etc/crowsnest/trust/trusted-ca';
  expect(text.split(`{"name":"SSL_CERT_DIR","value":"${folder}"}`)).toHaveLength(4);
  expect(text.split(`"mountPath":"${folder}"`)).toHaveLength(4);
  expect(stack.prerequisites).toContainEqual(
    expect.objectContaining({
      kind: 'ConfigMap',
      name: 'trusted-ca',
      namespace: 'crowsnest',
      keys: { 'ca.crt': 'certificate authorities in PEM' },
    }),
  );
  const servers = stack.connections.flatMap(({ endpoint: { host } }) => host ?? []);
  expect(servers).not.toContain('mimir.example.com');
  expect(servers).not.toContain('login.example.com');
});

test('certificate authorities can be in a Secret that is mounted anyway', () => {
  const { stack } = stackOf(options({ secret: 'login', key: 'ca.crt' }));
  const text = JSON.stringify(stack.manifests.map(({ object }) => object));
  const folder = '/etc/crowsnest/secrets/login';
  expect(text.split(`{"name":"SSL_CERT_DIR","value":"${folder}"}`)).toHaveLength(4);
  expect(text.split(`"mountPath":"${folder}"`)).toHaveLength(4);
});

test('an own proxy of Grafana and of the notifications has precedence', () => {
  const own = { ...proxy, url: 'http://own.example.com:3128' };
  const { alerting, grafana, ...rest } = options(undefined);
  const { stack } = stackOf({
    ...rest,
    alerting: { ...alerting!, proxy: own },
    grafana: { ...grafana, proxy: own },
  });
  const text = JSON.stringify(stack.manifests.map(({ object }) => object));
  expect(text).toContain(`{"name":"HTTPS_PROXY","value":"${own.url}"}`);
  expect(text).toContain(`proxy_url: ${own.url}`);
  expect(text).not.toContain('SSL_CERT_DIR');
});
