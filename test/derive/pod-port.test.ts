import { expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';

const pods = (app: string, port?: number) =>
  ({ kind: 'pods', namespace: 'apps', labels: { app }, ...(port && { port }) }) as const;

const secret = (key: string) => ({ secret: 'example', key });

/** The ports that the policies allow from the stack to pods of the namespace `apps`, by app. */
const allowed = (options: Partial<EnvironmentOptions>) => {
  const { manifests, findings } = build({ ...minimal, ...options } as EnvironmentOptions);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rules = manifests.flatMap(({ object }) =>
    object.kind === 'NetworkPolicy' ? (object.spec?.egress ?? []) : [],
  ) as {
    to?: { podSelector?: { matchLabels?: { app?: string } } }[];
    ports?: { port: number }[];
  }[];
  return Object.fromEntries(
    rules.flatMap(({ to = [], ports = [] }) =>
      to.flatMap(({ podSelector }) => {
        const app = podSelector?.matchLabels?.app;
        return app ? [[app, ports.map(({ port }) => port)]] : [];
      }),
    ),
  );
};

const textOf = (options: Partial<EnvironmentOptions>): string =>
  JSON.stringify(build({ ...minimal, ...options } as EnvironmentOptions).manifests);

const mimir = (port?: number) => ({
  prometheus: {
    remoteWrite: [
      {
        url: 'http://mimir.apps.svc/api/v1/push',
        at: pods('mimir', port),
        oauth2: {
          client_id: 'a',
          client_secret: secret('oauth'),
          token_url: 'https://sso.apps.svc/token',
        },
        loginAt: pods('sso', port && 8443),
      },
    ],
  },
});

test('policies allow the port of the pods behind a Service, and clients connect to that of the Service', () => {
  expect(allowed(mimir(8080))).toEqual({ mimir: [8080], sso: [8443] });
  expect(textOf(mimir(8080))).toContain('http://mimir.apps.svc/api/v1/push');
  expect(allowed(mimir())).toEqual({ mimir: [80], sso: [443] });
});

test('so they do for receivers, also those in native configuration, and the dead man’s switch', () => {
  const alerting = {
    receivers: [
      { kind: 'webhook', name: 'typed', url: secret('typed'), at: pods('typed', 8080) },
      {
        kind: 'email',
        name: 'mail',
        to: 'a@example.com',
        from: 'b@example.com',
        smtp: { host: 'mail.apps.svc', port: 25 },
        at: pods('mail', 2525),
      },
    ],
    defaultReceiver: 'typed',
    config: {
      receivers: [{ name: 'native', webhook_configs: [{ url: 'http://bot.apps.svc/alerts' }] }],
    },
    routes: [{ matchers: ['a="b"'], receiver: 'native' }],
    servers: [{ host: 'bot.apps.svc', at: pods('bot', 9000) }],
    deadMansSwitch: { url: secret('switch'), at: pods('switch', 7000) },
  } as EnvironmentOptions['alerting'];
  expect(allowed({ alerting })).toEqual({
    typed: [8080],
    mail: [2525],
    bot: [9000],
    switch: [7000],
  });
});

test('so they do for the login of Grafana', () => {
  const grafana = {
    oidc: {
      name: 'SSO',
      clientId: 'grafana',
      clientSecret: secret('oidc'),
      authorizationUrl: 'https://sso.example.com/authorize',
      tokenUrl: 'https://sso.apps.svc/token',
      userInfoUrl: 'https://sso.apps.svc/userinfo',
      rolePath: "contains(groups, 'ops') && 'Admin'",
      at: pods('sso', 8443),
    },
  } as unknown as EnvironmentOptions['grafana'];
  expect(allowed({ grafana })).toEqual({ sso: [8443] });
});
