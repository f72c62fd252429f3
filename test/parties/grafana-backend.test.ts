import { expect, test } from 'vitest';
import { grafanaBackends } from '../../src/parties/grafana-backend.js';
import { internet } from '../../src/parties/internet.js';
import { full } from '../checks/full.js';
import { environmentOf } from './environment.js';

const { oidc, database } = full.grafana;

test('Grafana leans on nothing outside unless told otherwise', () => {
  expect(grafanaBackends(environmentOf())).toEqual([]);
});

test('a provider of logins is asked by https under the name of its token URL', () => {
  expect(grafanaBackends(environmentOf({ grafana: { oidc } }))).toMatchInlineSnapshot(`
    [
      {
        "consumes": [],
        "endpoints": {
          "oidc-443": {
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

test('a provider that is nowhere in particular is on the internet', () => {
  const { at: _, ...anywhere } = oidc;
  const [party] = grafanaBackends(environmentOf({ grafana: { oidc: anywhere } }));
  expect(party?.workloads).toEqual({ 'identity-provider': internet });
});

test('a provider is asked on each port that its URLs name', () => {
  const tokenUrl = 'https://login.example.com:8443/token';
  const [party] = grafanaBackends(environmentOf({ grafana: { oidc: { ...oidc, tokenUrl } } }));
  expect(Object.values(party?.endpoints ?? {}).map(({ port }) => port)).toEqual([8443, 443]);
});

test('a database is where the environment says, and has a password', () => {
  expect(grafanaBackends(environmentOf({ grafana: { database } }))).toMatchInlineSnapshot(`
    [
      {
        "consumes": [],
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
          },
        },
      },
    ]
  `);
});

test('there may be both', () => {
  const parties = grafanaBackends(environmentOf({ grafana: { oidc, database } }));
  expect(parties.map(({ name }) => name)).toEqual(['identity-provider', 'grafana-database']);
});
