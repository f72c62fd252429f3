import { describe, expect, test } from 'vitest';
import labels from '../../src/checks/dashboards/dashboard-labels.js';
import quantities from '../../src/checks/dashboards/dashboard-queries.js';
import logql from '../../src/checks/queries/logql.js';
import promql from '../../src/checks/queries/promql.js';
import { dashboard, logs } from '../../src/content/grafana.js';
import { exportSchema } from '../../src/content/import/export.js';
import { importDashboard } from '../../src/content/import/import-dashboard.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { build, minimal, noContent } from '../environment.js';
import { board, panel, shipping } from './dashboard.js';
import type { Mutable } from './input.js';
import { inputOf } from './input.js';

const loki = { type: 'loki', uid: 'loki' };

const asking = (
  expr: string,
  differences: Mutable = {},
  rest: Mutable = {},
  extension: 'ts' | 'json' = 'ts',
) => {
  const targets = [{ refId: 'A', expr, legendFormat: '{{level}}' }];
  const one = panel({ type: 'logs', datasource: loki, targets, ...differences });
  return shipping({ shop: board([one], rest) }, extension);
};

test.each([
  ['{app="a"} |= "b"', 'logs'],
  ['sum by (level) (count_over_time({app="a"} | json [$__auto]))', 'timeseries'],
  ['{app="a"}', 'table'],
  ['sum(rate({app="a"}[5m]))', 'stat'],
])('%s in a panel of the type %s has no findings', (expr, type) => {
  expect(logql.run(asking(expr, { type }))).toEqual([]);
});

test('a query that Loki rejects is reported at its line and column', () => {
  expect(logql.run(asking('{app=~".*"}'))).toMatchObject([
    {
      severity: 'error',
      fault: 'invalid-query',
      place: { file: 'dashboards/shop.ts', line: 7, path: 'panel Orders, column 1' },
      value: '{app=~".*"}',
    },
  ]);
  expect(logql.run(asking('sum(rate({app="a"}[5m])'))).toMatchObject([
    { place: { path: 'panel Orders, column 4' }, value: '(' },
  ]);
});

test('each query of an imported dashboard that Loki rejects is an error', () => {
  const targets = ['{app=~".*"}', '{app=a}'].map((expr) => ({ refId: expr, expr }));
  expect(logql.run(asking('', { targets }, {}, 'json'))).toMatchObject([
    { severity: 'error', value: '{app=~".*"}' },
    { severity: 'error', value: 'a' },
  ]);
});

test('another fault of an imported dashboard is a warning, once for each file', () => {
  const targets = ['A', 'B'].map((refId) => ({ refId, expr: '{app="a"}' }));
  const found = logql.run(asking('', { type: 'timeseries', targets }, {}, 'json'));
  expect(found).toMatchObject([{ severity: 'warning', fault: 'wrong-result' }]);
  expect(found[0]?.message).toContain('2 queries of the file have this fault.');
});

test('the data source can be that of a query, or selected by a variable', () => {
  const targets = [{ refId: 'A', expr: '{', datasource: loki }];
  expect(logql.run(asking('', { targets, datasource: '-- Mixed --' }))).toHaveLength(1);
  const templating = { list: [{ type: 'datasource', name: 'store', query: 'loki' }] };
  for (const datasource of ['$store', { uid: '${store}' }]) {
    expect(logql.run(asking('{', { datasource }, { templating }))).toHaveLength(1);
  }
  expect(logql.run(asking('{', { datasource: { type: 'prometheus', uid: 'a' } }))).toEqual([]);
});

test('variables and annotations are checked too, and their variables must exist', () => {
  const list = [
    { type: 'query', name: 'pod', datasource: loki, query: { label: 'pod', stream: '{a=}' } },
    { type: 'query', name: 'node', datasource: loki, query: 'label_values({b=}, node)' },
    { type: 'query', name: 'all', datasource: loki, query: { label: 'pod', stream: '' } },
  ];
  const annotations = { list: [{ name: 'Restarts', datasource: loki, expr: '{c="$cc"}' }] };
  const rest = { templating: { list }, annotations };
  expect(logql.run(asking('{app="$pod"}', {}, rest)).map(({ place }) => place.path)).toEqual([
    'variable pod, column 4',
    'variable node, column 4',
    'annotation Restarts, column 5',
  ]);
});

test('a chart cannot show lines, and a panel of lines cannot show numbers', () => {
  const run = (expr: string, type: string, more: Mutable = {}) =>
    logql.run(asking(expr, { type, ...more })).map(({ fault }) => fault);
  expect(run('{app="a"}', 'timeseries')).toEqual(['wrong-result']);
  expect(run('sum(rate({app="a"}[5m]))', 'logs')).toEqual(['wrong-result']);
  // A transformation can count the lines.
  expect(run('{app="a"}', 'timeseries', { transformations: [{ id: 'groupBy' }] })).toEqual([]);
});

test('a legend uses only labels that the series have', () => {
  const run = (expr: string) =>
    labels.run(asking(expr, { type: 'timeseries' })).map(({ fault }) => fault);
  expect(run('sum by (level) (rate({app="a"}[5m]))')).toEqual([]);
  expect(run('sum by (app) (rate({app="a"}[5m]))')).toEqual(['lost-in-legend']);
  expect(run('rate({app="a"}[5m])')).toEqual([]);
});

test('the checks of PromQL do not read it', () => {
  const query = asking('rate({app="a"}[5m])', { type: 'stat' });
  expect(promql.run(query)).toEqual([]);
  expect(quantities.run(query)).toEqual([]);
});

describe('the labels of selectors', () => {
  const found = (query: string, options: Partial<EnvironmentOptions>) => {
    const frame = { title: 'Lines', description: 'Lines.' };
    const lines = dashboard({
      ...frame,
      folder: 'Shop',
      rows: [{ title: 'Row', panels: [logs({ ...frame, query })] }],
    });
    const content = { ...noContent, dashboards: { lines } };
    const stack = build({ ...minimal, ...options }, content);
    return logql
      .run(inputOf(stack))
      .map(({ severity, fault, value, suggestion }) => [severity, fault, value, suggestion]);
  };
  const loki = { loki: { enabled: true } };

  test('are those of the streams of the stack', () => {
    const labels = 'service_name="a", k8s_namespace_name="b", k8s_pod_name!="c"';
    expect(found(`{${labels}} | app="x"`, loki)).toEqual([]);
    expect(found('{k8s_namespace_name="b", namespace="c", pdo=~"d"}', loki)).toEqual([
      ['warning', 'unknown-label', 'namespace="c"', 'k8s_namespace_name'],
      ['warning', 'unknown-label', 'pdo=~"d"', undefined],
    ]);
  });

  test('that do not exist are reported once for each label of an imported dashboard', () => {
    const targets = ['{namespace="a", pod=~"b"}', '{pod="c"}', '{job="d"}'].map((expr) => ({
      refId: expr,
      expr,
    }));
    const json = { title: 'Lines', panels: [{ type: 'logs', datasource: 'Loki', targets }] };
    const dashboards = { lines: importDashboard(exportSchema.parse(json)) };
    const source = { file: 'dashboards/lines.json', shipped: false, lineOf: () => 1 };
    const stack = build({ ...minimal, ...loki }, { ...noContent, dashboards });
    const all = logql.run(inputOf(stack, { sources: { 'dashboards/lines': source } }));
    expect(all.map(({ value, suggestion }) => [value, suggestion])).toEqual([
      ['namespace="a"', 'k8s_namespace_name'],
      ['pod=~"b"', 'k8s_pod_name'],
      ['job="d"', undefined],
    ]);
    expect(all[1]?.message).toContain('2 queries of the file have this fault.');
  });

  test('may be missing if the matcher allows it', () => {
    expect(found('{k8s_namespace_name="b", app=~"c|"}', loki)).toEqual([]);
  });

  test('depend on the option', () => {
    const own = { loki: { enabled: true, labels: ['k8s.namespace.name', 'app'] } };
    expect(found('{app="a"}', own)).toEqual([]);
    expect(found('{k8s_pod_name="a"}', own)).toEqual([
      ['warning', 'unknown-label', 'k8s_pod_name="a"', undefined],
    ]);
  });

  test('are not known of another Loki', () => {
    const store: Party = {
      name: 'logs',
      workloads: { loki: { kind: 'pods', namespace: 'logs', labels: { app: 'loki' } } },
      endpoints: { http: { port: 3100, host: 'loki.logs.svc', offers: [offer('logql')] } },
      consumes: [],
    };
    expect(found('{app="a"}', { parties: [store] })).toEqual([]);
  });
});
