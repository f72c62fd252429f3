import { expect, test } from 'vitest';
import { grafanaBackends } from '../../src/components/grafana/backend.js';
import { internet } from '../../src/config/internet.js';
import { full } from '../checks/full.js';
import { environmentOf } from './environment.js';

const { oidc, database } = full.grafana;

test('Grafana has no external dependencies by default', () => {
  expect(grafanaBackends(environmentOf().grafana)).toEqual([]);
});

test('a login provider is reached by https with the host of its token URL', () => {
  expect(grafanaBackends(environmentOf({ grafana: { oidc } }).grafana)).toMatchInlineSnapshot(`
    [
      {
        "consumes": [],
        "declaration": {
          "path": "grafana.oidc",
        },
        "endpoints": {
          "server": {
            "authentication": {
              "kind": "secret",
              "secret": {
                "key": "client-secret",
                "secret": "grafana-oidc",
              },
            },
            "host": "login.example.com",
            "offers": [
              {
                "capability": "identity",
              },
            ],
            "port": 443,
            "scheme": "https",
            "verification": {
              "kind": "public-ca",
            },
            "workload": "identity-provider",
          },
        },
        "name": "identity-provider",
        "workloads": {
          "identity-provider": {
            "cidrs": [
              "192.0.2.64/28",
            ],
            "kind": "addresses",
          },
        },
      },
    ]
  `);
});

test('a login provider without a location is on the internet', () => {
  const { at: _, ...anywhere } = oidc;
  const [party] = grafanaBackends(environmentOf({ grafana: { oidc: anywhere } }).grafana);
  expect(party?.workloads).toEqual({ 'identity-provider': internet });
});

test('a login provider is reached on each port of its URLs', () => {
  const tokenUrl = 'https://login.example.com:8443/token';
  const [party] = grafanaBackends(
    environmentOf({ grafana: { oidc: { ...oidc, tokenUrl } } }).grafana,
  );
  expect(Object.values(party?.endpoints ?? {}).map(({ port }) => port)).toEqual([8443, 443]);
});

test('each host of its URLs is a server', () => {
  const google = {
    ...oidc,
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    userInfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
  };
  const [party] = grafanaBackends(environmentOf({ grafana: { oidc: google } }).grafana);
  expect(Object.values(party?.endpoints ?? {}).map(({ host }) => host)).toEqual([
    'oauth2.googleapis.com',
    'openidconnect.googleapis.com',
  ]);
});

test('a database has the configured location and a password', () => {
  expect(grafanaBackends(environmentOf({ grafana: { database } }).grafana)).toMatchInlineSnapshot(`
    [
      {
        "consumes": [],
        "declaration": {
          "path": "grafana.database",
        },
        "endpoints": {
          "postgres": {
            "authentication": {
              "kind": "secret",
              "secret": {
                "key": "password",
                "secret": "grafana-database",
              },
            },
            "host": "postgres.databases.svc",
            "offers": [
              {
                "capability": "database",
                "variant": "postgres",
              },
            ],
            "port": 5432,
            "scheme": "tcp",
          },
        },
        "name": "grafana-database",
        "workloads": {
          "grafana-database": {
            "kind": "pods",
            "labels": {
              "app": "postgres",
            },
            "namespace": "databases",
            "port": 5432,
          },
        },
      },
    ]
  `);
});

test('both can exist', () => {
  const parties = grafanaBackends(environmentOf({ grafana: { oidc, database } }).grafana);
  expect(parties.map(({ name }) => name)).toEqual(['identity-provider', 'grafana-database']);
});
