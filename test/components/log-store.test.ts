import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../src/environment/validate.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';
import { outsideLoki, withLogs } from './with-logs.js';

const key = { secret: 'logs', key: 'token' };

const withStore = (store: object) => ({
  ...minimal,
  logAgent: { enabled: true, store: { url: 'https://logs.example.com/otlp', ...store } },
});

const withOffers = (...offers: Party['endpoints'][string]['offers']) =>
  build({
    ...withLogs,
    parties: [
      { ...outsideLoki, endpoints: { http: { port: 3100, host: 'logs.logs.svc', offers } } },
    ],
  });

const exporterOf = (stack: ReturnType<typeof build>) =>
  parse(
    manifestOf(stack, 'ConfigMap crowsnest-agents/crowsnest-log-agent-config').object.data[
      'config.yaml'
    ],
  ).exporters['otlp_http/logs'];

describe('headers of a store', () => {
  test('are sent beside its login, a dollar sign as it is', () => {
    const stack = build(
      withStore({
        headers: { 'X-Scope-OrgID': 'shop', 'X-Price': '$1' },
        authentication: { kind: 'basic', username: 'shop', password: key },
      }),
    );
    expect(stack.findings).toEqual([]);
    expect(exporterOf(stack)).toMatchObject({
      headers: { 'X-Scope-OrgID': 'shop', 'X-Price': '$$1' },
      auth: { authenticator: 'basicauth/logs' },
    });
  });

  test('can be sent over http', () => {
    const at = { kind: 'pods', namespace: 'loki', labels: { app: 'loki' } };
    const stack = build(
      withStore({ url: 'http://loki.loki.svc/otlp', at, headers: { 'X-Scope-OrgID': 'shop' } }),
    );
    expect(stack.findings).toEqual([]);
  });

  test.each([
    [{ Authorization: 'Bearer abcdefgh' }, /^Use authentication instead/],
    [{ 'X-Api-Key': 'abcdefgh' }, /^Use authentication instead/],
    [{ 'Content-Type': 'abcdefgh' }, /that the client does not set itself/],
    [{ 'X-Scope-OrgID': 'abc\ndefgh' }, /printable ASCII/],
  ])('%j is rejected without its value', (headers, remedy) => {
    const { findings } = validate(withStore({ headers }), 'test', 'environments/test.ts');
    expect(findings).toMatchObject([
      { place: { path: expect.stringContaining('logAgent.store.headers') } },
    ]);
    expect(findings[0]!.remedy).toMatch(remedy);
    if (!('X-Scope-OrgID' in headers)) expect(JSON.stringify(findings)).not.toContain('abcdefgh');
  });

  test('of an offer are sent, and credentials among them are rejected', () => {
    const headers = { 'X-Scope-OrgID': 'shop' };
    const stack = withOffers(offer('logs', { variant: 'http', path: '/otlp', headers }));
    expect(stack.findings).toEqual([]);
    expect(exporterOf(stack)).toMatchObject({ headers });
    const logs = offer('logs', { headers: { Authorization: 'Bearer abcdefgh' } });
    const party = { ...outsideLoki, endpoints: { http: { port: 3100, offers: [logs] } } };
    const { findings } = validate({ ...withLogs, parties: [party] }, 'test', 'test.ts');
    expect(findings).toMatchObject([
      { place: { path: expect.stringContaining('parties[0].endpoints.http.offers[0].headers') } },
    ]);
    expect(JSON.stringify(findings)).not.toContain('abcdefgh');
  });

  test('in a login without TLS are named in its remedy', () => {
    const authentication = { kind: 'header', name: 'X-Scope-OrgID', value: key };
    const store = { url: 'http://logs.example.com/otlp', authentication };
    const { findings } = validate(withStore(store), 'test', 'environments/test.ts');
    expect(findings).toMatchObject([{ remedy: expect.stringContaining('is one of headers') }]);
  });
});

describe('the path of a store', () => {
  test.each([
    ['https://loki.example.com/loki/api/v1/push', 'receiver-path', "with '/otlp'"],
    ['https://otlp.example.com/v1/logs', 'receiver-path', "Remove '/v1/logs'"],
    ['https://loki.example.com/otlp/v1/logs/', 'receiver-path', "Remove '/v1/logs'"],
    ['https://logs-prod-012.grafana.net', 'loki-path', "Add '/otlp'"],
    ['http://loki.example.com:3100', 'loki-path', "Add '/otlp'"],
  ])('%s is %s', (url, fault, remedy) => {
    expect(build(withStore({ url })).findings).toMatchObject([
      {
        code: `connections/${fault}`,
        place: { path: 'logAgent.store.url' },
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });

  test.each([
    'https://loki.example.com/otlp',
    'https://loki.example.com',
    'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp',
    'https://logs.example.com/insert/opentelemetry',
  ])('%s is accepted', (url) => {
    expect(build(withStore({ url })).findings).toEqual([]);
  });

  test('is checked in an offer, at its place', () => {
    expect(
      withOffers(offer('logs', { variant: 'http', path: '/loki/api/v1/push' })).findings,
    ).toMatchObject([{ place: { path: 'parties[0].endpoints.http.offers[0].path' } }]);
    expect(withOffers(offer('logs'), offer('logql')).findings).toMatchObject([
      { code: 'connections/loki-path', place: { path: 'parties[0].endpoints.http.offers[0]' } },
    ]);
    expect(withOffers(offer('logs')).findings).toEqual([]);
  });
});

test('a Loki that Grafana queries as a tenant gets lines as a tenant', () => {
  const logql = offer('logql', {
    jsonData: { httpHeaderName1: 'X-Scope-OrgID' },
    secureJsonData: { httpHeaderValue1: 'shop' },
  });
  const logs = { variant: 'http', path: '/otlp' };
  expect(withOffers(offer('logs', logs), logql).findings).toMatchObject([
    {
      code: 'connections/no-tenant',
      severity: 'warning',
      place: { path: 'parties[0].endpoints.http.offers[0]' },
    },
  ]);
  const headers = { 'x-scope-orgid': 'shop' };
  expect(withOffers(offer('logs', { ...logs, headers }), logql).findings).toEqual([]);
  expect(withOffers(offer('logs', logs), offer('logql')).findings).toEqual([]);
});
