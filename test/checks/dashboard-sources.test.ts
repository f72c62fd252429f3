import { expect, test } from 'vitest';
import sources from '../../src/checks/dashboards/dashboard-sources.js';
import { board, panel, shipping } from './dashboard.js';

const run = (datasource: unknown, extension: 'ts' | 'json' = 'ts') =>
  sources
    .run(shipping({ shop: board([panel({ datasource })]) }, extension))
    .map(({ severity, fault, value, suggestion }) => [severity, fault, value, suggestion]);

test.each([
  [undefined],
  [{ type: 'prometheus', uid: 'prometheus' }],
  [{ uid: 'jaeger' }],
  [{ type: 'grafana', uid: '-- Grafana --' }],
  ['-- Mixed --'],
  ['Prometheus'],
])('%j exists', (datasource) => {
  expect(run(datasource)).toEqual([]);
});

test('an unknown data source is reported with a suggestion', () => {
  expect(run({ type: 'prometheus', uid: 'promtheus' })).toEqual([
    ['error', 'unknown-source', 'promtheus', 'prometheus'],
  ]);
  expect(run({ type: 'loki', uid: 'loki' }, 'json')[0]?.[0]).toBe('warning');
});

test('a data source of another type is reported', () => {
  expect(run({ type: 'loki', uid: 'prometheus' })).toEqual([
    ['error', 'wrong-source-type', 'loki', undefined],
  ]);
});

test('the data sources of variables and of single queries are also checked', () => {
  const datasource = { type: 'loki', uid: 'loki' };
  const targets = [{ refId: 'A', expr: 'sum(a)', datasource }];
  const templating = { list: [{ name: 'a', type: 'query', datasource }] };
  const input = shipping({ shop: board([panel({ targets })], { templating }) });
  expect(sources.run(input)).toHaveLength(2);
});

test.each([['$logs'], [{ uid: '${logs}' }]])(
  'a variable selects a data source: %j',
  (datasource) => {
    const selecting = (query: string) =>
      shipping({
        shop: board([panel({ datasource })], {
          templating: { list: [{ name: 'logs', type: 'datasource', query }] },
        }),
      });
    expect(sources.run(selecting('jaeger'))).toEqual([]);
    expect(sources.run(selecting('loki'))).toMatchObject([{ fault: 'unknown-source' }]);
  },
);

test.each([
  ['a type', { type: 'loki', uid: 'P8E80F9AEF21F6940' }],
  ['the uid of the stack', { uid: 'loki' }],
  ['a variable', '$store'],
])('a store of logs, named by %s, must be enabled', (_, datasource) => {
  const templating = { list: [{ name: 'store', type: 'datasource', query: 'loki' }] };
  expect(sources.run(shipping({ shop: board([panel({ datasource })], { templating }) }))).toEqual([
    expect.objectContaining({
      fault: 'unknown-source',
      remedy:
        'It queries logs, and the environment has no store of logs: enable loki, or a party that offers `logql`.',
      suggestion: undefined,
    }),
  ]);
});
