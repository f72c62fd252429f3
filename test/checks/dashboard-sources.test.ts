import { expect, test } from 'vitest';
import sources from '../../src/checks/dashboard-sources.js';
import { board, panel, shipping } from './dashboard.js';

const run = (datasource: unknown, extension: 'ts' | 'json' = 'ts') =>
  sources
    .run(shipping({ shop: board([panel({ datasource })]) }, extension))
    .map(({ severity, message, value, suggestion }) => [severity, message, value, suggestion]);

test.each([
  [undefined],
  [{ type: 'prometheus', uid: 'prometheus' }],
  [{ uid: 'jaeger' }],
  [{ type: 'grafana', uid: '-- Grafana --' }],
  ['-- Mixed --'],
  ['Prometheus'],
])('%j is there', (datasource) => {
  expect(run(datasource)).toEqual([]);
});

test('one that Grafana does not get is found, with what was meant', () => {
  expect(run({ type: 'prometheus', uid: 'promtheus' })).toEqual([
    ['error', 'Grafana gets no such data source in this environment.', 'promtheus', 'prometheus'],
  ]);
  expect(run({ type: 'loki', uid: 'loki' }, 'json')[0]?.[0]).toBe('warning');
});

test('one of another type is found', () => {
  expect(run({ type: 'loki', uid: 'prometheus' })).toEqual([
    ['error', "The data source 'prometheus' is of the type 'prometheus'.", 'loki', undefined],
  ]);
});

test('those of variables and of single queries are looked at as well', () => {
  const datasource = { type: 'loki', uid: 'loki' };
  const targets = [{ refId: 'A', expr: 'sum(a)', datasource }];
  const templating = { list: [{ name: 'a', type: 'query', datasource }] };
  const input = shipping({ shop: board([panel({ targets })], { templating }) });
  expect(sources.run(input)).toHaveLength(2);
});
