import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { dataSources } from '../../src/derive/data-sources.js';
import { offer } from '../../src/model/offer.js';
import { connection } from './declare.js';

const promql = {
  ...connection({ port: 9090, offers: [offer('promql')] }, { provider: 'archive' }),
  url: 'http://archive:9090',
};
const jaeger = {
  ...connection(
    { port: 16686, offers: [offer('datasource', { variant: 'jaeger' })] },
    { provider: 'tracer' },
  ),
  url: 'http://tracer:16686',
};

test('the provider of promql is the default data source, with a uid that dashboards use', () => {
  expect(stringify(dataSources([promql], '15s'))).toMatchInlineSnapshot(`
    "- name: Prometheus
      uid: prometheus
      type: prometheus
      access: proxy
      url: http://archive:9090
      isDefault: true
      editable: false
      jsonData:
        httpMethod: POST
        timeInterval: 15s
    "
  `);
});

test('another data source has the name of its party, and the type of its variant', () => {
  expect(stringify(dataSources([jaeger], '15s'))).toMatchInlineSnapshot(`
    "- name: Tracer
      uid: tracer
      type: jaeger
      access: proxy
      url: http://tracer:16686
      isDefault: false
      editable: false
      jsonData: {}
    "
  `);
});

test('a data source without a variant has the name of its party as its type', () => {
  const [only] = dataSources([{ ...jaeger, offer: offer('datasource') }], '15s');
  expect(only?.type).toBe('tracer');
});

test('another Prometheus is no second default', () => {
  const other = { ...jaeger, offer: offer('datasource', { variant: 'prometheus' }) };
  expect(dataSources([promql, other], '15s').map(({ isDefault }) => isDefault)).toEqual([
    true,
    false,
  ]);
});

test('promql comes first, and other capabilities are left out', () => {
  const dns = connection({ port: 53, offers: [offer('dns')] });
  expect(dataSources([dns, jaeger, promql], '15s').map(({ uid }) => uid)).toEqual([
    'prometheus',
    'tracer',
  ]);
});

test('alertmanager has its implementation as a setting', () => {
  const alerts = { ...jaeger, offer: offer('datasource', { variant: 'alertmanager' }) };
  expect(dataSources([alerts], '15s')).toMatchObject([
    { type: 'alertmanager', jsonData: { implementation: 'prometheus' } },
  ]);
});

describe('between metrics and traces', () => {
  const settings = (...all: Parameters<typeof dataSources>[0]) =>
    dataSources(all, '15s').map(({ jsonData }) => jsonData);

  test('an exemplar links to its trace in the provider of traces', () => {
    expect(settings(promql, jaeger)[0]).toMatchObject({
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: 'tracer' }],
    });
  });

  test('an exemplar has no link without a provider of traces', () => {
    const other = { ...jaeger, offer: offer('datasource', { variant: 'loki' }) };
    expect(settings(promql, other)).toEqual([{ httpMethod: 'POST', timeInterval: '15s' }, {}]);
  });

  test('a span links to the metrics of its service, with the uid of the provider of promql', () => {
    expect(stringify(settings(promql, jaeger)[1])).toMatchInlineSnapshot(`
      "tracesToMetrics:
        datasourceUid: prometheus
        spanStartTimeShift: -10m
        spanEndTimeShift: 10m
        tags:
          - key: service.name
            value: service_name
        queries:
          - name: Requests per second
            query: sum by (span_name) (rate(traces_span_metrics_calls_total{$$__tags,
              span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m]))
          - name: Error ratio
            query: sum(rate(traces_span_metrics_calls_total{$$__tags,
              status_code="STATUS_CODE_ERROR"}[5m])) /
              sum(rate(traces_span_metrics_calls_total{$$__tags}[5m]))
          - name: Duration (95th percentile, ms)
            query: histogram_quantile(0.95, sum by (le, span_name)
              (rate(traces_span_metrics_duration_milliseconds_bucket{$$__tags,
              span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m])))
          - name: Calls to other services per second
            query: sum by (peer_service, server_address, net_peer_name)
              (rate(traces_peers_calls_total{$$__tags}[5m]))
      nodeGraph:
        enabled: true
      "
    `);
  });

  test('a span has no link without a provider of promql', () => {
    expect(settings(jaeger)).toEqual([{}]);
  });

  test('every dollar sign is escaped, because Grafana would expand a variable', () => {
    expect(stringify(settings(promql, jaeger)).replaceAll('$$', '')).not.toContain('$');
  });
});

describe('between logs and traces', () => {
  const offering = (settings: Parameters<typeof offer<'logql'>>[1] = {}) => ({
    ...connection({ port: 3100, offers: [offer('logql', settings)] }, { provider: 'archive' }),
    url: 'http://archive:3100',
  });

  test('the provider of logql has the uid that dashboards use', () => {
    expect(dataSources([offering()], '15s')).toEqual([
      {
        name: 'Loki',
        uid: 'loki',
        type: 'loki',
        access: 'proxy',
        url: 'http://archive:3100',
        isDefault: false,
        editable: false,
        jsonData: {},
      },
    ]);
  });

  test('a line links to its trace, and a span to the lines of its trace', () => {
    expect(dataSources([offering(), jaeger], '15s').map(({ jsonData }) => jsonData)).toEqual([
      {
        derivedFields: [
          {
            name: 'Trace',
            matcherType: 'label',
            matcherRegex: '^trace_id$',
            url: '$${__value.raw}',
            datasourceUid: 'tracer',
            urlDisplayLabel: 'Open trace',
          },
        ],
      },
      {
        tracesToLogsV2: {
          datasourceUid: 'loki',
          spanStartTimeShift: '-10m',
          spanEndTimeShift: '10m',
          customQuery: true,
          query: '{service_name=~".+"} | trace_id="$${__trace.traceId}"',
        },
      },
    ]);
  });

  test('the options of the offer override the link, and its secrets are files', () => {
    const jsonData = { derivedFields: [], httpHeaderName1: 'X-Scope-OrgID' };
    const secureJsonData = { httpHeaderValue1: { secret: 'logs', key: 'tenant' } };
    expect(dataSources([offering({ jsonData, secureJsonData }), jaeger], '15s')[0]).toMatchObject({
      jsonData,
      secureJsonData: { httpHeaderValue1: '$__file{/etc/crowsnest/secrets/logs/tenant}' },
    });
  });
});

describe('a data source with options', () => {
  const source = (settings: Parameters<typeof offer<'datasource'>>[1], endpoint = {}) =>
    dataSources(
      [
        {
          ...connection(
            {
              port: 3100,
              host: 'logs.logs.svc',
              ...endpoint,
              offers: [offer('datasource', { variant: 'loki', ...settings })],
            },
            { provider: 'logs' },
          ),
          url: 'http://logs.logs.svc:3100',
        },
      ],
      '15s',
    )[0];

  test('has its own name and uid, and reads its secrets from files', () => {
    expect(
      source({
        name: 'Logs of the shop',
        uid: 'shop-logs',
        jsonData: { maxLines: 500, httpHeaderName1: 'X-Token', httpHeaderName2: 'X-Scope-OrgID' },
        secureJsonData: {
          httpHeaderValue1: { secret: 'logs', key: 'token' },
          httpHeaderValue2: 'shop',
        },
      }),
    ).toMatchObject({
      name: 'Logs of the shop',
      uid: 'shop-logs',
      jsonData: { maxLines: 500 },
      secureJsonData: {
        httpHeaderValue1: '$__file{/etc/crowsnest/secrets/logs/token}',
        httpHeaderValue2: 'shop',
      },
    });
  });

  test('has dollar signs that Grafana does not expand, also if they are escaped already', () => {
    const url = (text: string) =>
      source({ jsonData: { derivedFields: [{ url: text }] } })?.jsonData.derivedFields;
    expect(url('${__value.raw}')).toEqual([{ url: '$${__value.raw}' }]);
    expect(url('$${__value.raw}')).toEqual([{ url: '$${__value.raw}' }]);
  });

  test('has its token in a header after its own headers', () => {
    const authentication = { kind: 'bearer', token: { secret: 'logs', key: 'token' } };
    expect(
      source(
        { jsonData: { httpHeaderName2: 'X-Scope-OrgID' }, secureJsonData: {} },
        { authentication },
      ),
    ).toMatchObject({
      jsonData: { httpHeaderName2: 'X-Scope-OrgID', httpHeaderName3: 'Authorization' },
      secureJsonData: { httpHeaderValue3: expect.stringMatching(/^Bearer /) },
    });
  });

  test('of a database has a host and a port instead of a URL, and a user', () => {
    const authentication = {
      kind: 'basic',
      username: 'reader',
      password: { secret: 'shop', key: 'password' },
    };
    expect(
      source(
        { variant: 'grafana-postgresql-datasource', jsonData: { database: 'shop' } },
        { scheme: 'tcp', port: 5432, host: 'postgres.shop.svc', authentication },
      ),
    ).toMatchObject({
      url: 'postgres.shop.svc:5432',
      user: 'reader',
      secureJsonData: { password: '$__file{/etc/crowsnest/secrets/shop/password}' },
    });
  });

  test('that is another Prometheus has its own interval', () => {
    expect(source({ variant: 'prometheus', jsonData: { timeInterval: '1m' } })?.jsonData).toEqual({
      httpMethod: 'POST',
      timeInterval: '1m',
    });
  });
});

test('a provider without a host cannot be a data source', () => {
  expect(() => dataSources([{ ...promql, url: undefined }], '15s')).toThrow(/has no host/);
});
