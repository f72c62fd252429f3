import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import type { DataSourceOffer, LogqlOffer } from '../../src/model/offer.js';
import { minimal } from '../environment.js';

const logs = (offers: readonly (Partial<DataSourceOffer> | LogqlOffer)[], name = 'logs') => ({
  name,
  workloads: { [name]: { kind: 'pods', namespace: 'logs', labels: { app: name } } },
  endpoints: {
    http: {
      port: 3100,
      host: `${name}.logs.svc`,
      offers: offers.map((one) => ({ capability: 'datasource', ...one })),
    },
  },
  consumes: [],
});

const findingsOf = (
  offer: Partial<DataSourceOffer> | LogqlOffer,
  grafana: EnvironmentOptions['grafana'] = {},
) =>
  validate({ ...minimal, grafana, parties: [logs([offer])] }, 'test', 'test.ts').findings.map(
    ({ place, remedy, suggestion }) =>
      [
        place.path?.replace('parties[0].endpoints.http.offers[0].', ''),
        remedy.replace(/^Use one of .*/, 'Use …'),
        ...(suggestion ? [`${suggestion}?`] : []),
      ].join(' | '),
  );

const tenant = { secret: 'logs', key: 'tenant' };

describe('a data source is accepted', () => {
  test.each<[string, Partial<DataSourceOffer>]>([
    ['of a bundled type', { variant: 'loki' }],
    ['of the type Prometheus', { variant: 'prometheus' }],
    ['with the older name of a type', { variant: 'postgres' }],
    [
      'with a header from a Secret',
      {
        variant: 'loki',
        jsonData: { httpHeaderName1: 'Authorization' },
        secureJsonData: { httpHeaderValue1: tenant },
      },
    ],
    [
      'with the name of a tenant in a header',
      {
        variant: 'loki',
        jsonData: { httpHeaderName1: 'X-Scope-OrgID' },
        secureJsonData: { httpHeaderValue1: 'team-a' },
      },
    ],
    [
      'with derived fields',
      {
        variant: 'loki',
        jsonData: {
          maxLines: '1000',
          derivedFields: [
            {
              name: 'trace',
              matcherRegex: 'trace_id=(\\w+)',
              url: '${__value.raw}',
              datasourceUid: 'jaeger',
            },
          ],
        },
      },
    ],
    [
      'with the options of Mimir',
      {
        variant: 'prometheus',
        jsonData: {
          prometheusType: 'Mimir',
          prometheusVersion: '2.9.1',
          httpMethod: 'GET',
          timeInterval: '1m',
        },
      },
    ],
    [
      'with a field that no list has',
      { variant: 'loki', jsonData: { somethingOfANewerVersion: true } },
    ],
    [
      'of a type without a list of fields',
      { variant: 'cloudwatch', jsonData: { authType: 'default' } },
    ],
  ])('%s', (_, offer) => {
    expect(findingsOf(offer)).toEqual([]);
  });

  test('of a type whose plugin is declared', () => {
    const plugins = { ids: ['grafana-clickhouse-datasource'], folder: '/opt/plugins' };
    const offer = { variant: 'grafana-clickhouse-datasource' };
    expect(findingsOf(offer, { plugins })).toEqual([]);
    expect(findingsOf(offer)).toHaveLength(1);
  });
});

describe('a data source is rejected', () => {
  test.each<[string, Partial<DataSourceOffer>, string]>([
    [
      'of an unknown type',
      { variant: 'lokki' },
      "variant | Set it to 'alertmanager', 'cloudwatch', .* | loki\\?",
    ],
    ['of a plugin that no image contains', { variant: 'parca' }, 'variant | Set it to .*'],
    [
      'with a misspelt field',
      { variant: 'prometheus', jsonData: { timeInterva: '1m' } },
      'jsonData.timeInterva | Use … | timeInterval\\?',
    ],
    [
      'with a wrong value',
      { variant: 'prometheus', jsonData: { httpMethod: 'PUT' } },
      "jsonData.httpMethod | Set it to 'POST' or 'GET'.",
    ],
    [
      'with a header without a value',
      { variant: 'loki', jsonData: { httpHeaderName1: 'X-Scope-OrgID' } },
      'secureJsonData.httpHeaderValue1 | Set it to the value of the header X-Scope-OrgID: a text, or { secret, key }.',
    ],
    [
      'with a value without a header',
      { variant: 'loki', secureJsonData: { httpHeaderValue2: tenant } },
      'jsonData.httpHeaderName2 | Set it to the name of the header, or remove httpHeaderValue2.',
    ],
    [
      'with a token in the environment',
      {
        variant: 'loki',
        jsonData: { httpHeaderName1: 'Authorization' },
        secureJsonData: { httpHeaderValue1: 'Bearer abcdef' },
      },
      'secureJsonData.httpHeaderValue1 | Set it to an object with secret and key.',
    ],
    [
      'with a password in the environment',
      { variant: 'mysql', secureJsonData: { password: 'abcdef' } },
      'secureJsonData.password | Set it to an object with secret and key.',
    ],
    [
      'with a secret among its options',
      {
        variant: 'loki',
        jsonData: { httpHeaderName1: 'X-Scope-OrgID', httpHeaderValue1: 'a' },
        secureJsonData: { httpHeaderValue1: tenant },
      },
      'jsonData.httpHeaderValue1 | Remove it: reference a Secret in secureJsonData.httpHeaderValue1.',
    ],
    [
      'that is not verified',
      { variant: 'loki', jsonData: { tlsSkipVerify: true } },
      "jsonData.tlsSkipVerify | Remove it: set verification: { kind: 'unverified', reason } of the endpoint.",
    ],
    [
      'with a variable of the environment',
      {
        variant: 'loki',
        jsonData: { derivedFields: [{ name: 'a', matcherRegex: 'b', url: '$TEMPO_URL' }] },
      },
      'jsonData.derivedFields | Set it to a value without .*',
    ],
    [
      'with an object that contains itself and is no plain object',
      {
        variant: 'loki',
        jsonData: new (class {
          self = this;
        })() as never,
      },
      'jsonData | Set it to an object.',
    ],
    [
      'with a uid that is too long',
      { variant: 'loki', uid: 'a'.repeat(41) },
      'uid | Set it to a uid of up to 40 letters, digits, - and _.',
    ],
  ])('%s', (_, offer, finding) => {
    expect(findingsOf(offer)).toEqual([
      expect.stringMatching(
        new RegExp(`^${finding.replaceAll('|', '\\|').replaceAll('{ ', '\\{ ')}$`),
      ),
    ]);
  });

  test('whatever the shape of the parties is', () => {
    for (const parties of [1, [1], [{ endpoints: 1 }], [{ endpoints: { a: { offers: 1 } } }]]) {
      const { findings } = validate({ ...minimal, parties }, 'test', 'test.ts');
      expect(findings).not.toEqual([]);
    }
  });
});

test('the store of logs that dashboards query has the options of the type loki', () => {
  const jsonData = { maxLine: 1000 };
  expect(findingsOf({ capability: 'logql', jsonData })).toEqual([
    'jsonData.maxLine | Use … | maxLines?',
  ]);
});
