import { describe, expect, test } from 'vitest';
import variables from '../../src/checks/dashboards/dashboard-variables.js';
import { board, panel, shipping } from './dashboard.js';

const run = (names: readonly string[], differences: object) => {
  const list = names.map((name) => ({ name, type: 'query', query: 'label_values(a)' }));
  return variables
    .run(shipping({ shop: board([panel(differences)], { templating: { list } }) }))
    .map(({ fault, value, suggestion }) => [fault, value, suggestion]);
};
const asks = (expr: string) => ({ targets: [{ refId: 'A', expr }] });

test.each(['sum(a{node="$node"})', 'sum(a{node=~"${node:regex}"})', 'sum(a{node="[[node]]"})'])(
  'a variable is used in %s',
  (expr) => {
    expect(run(['node'], asks(expr))).toEqual([]);
  },
);

test('a variable is used by another variable, a repeated panel or a title', () => {
  expect(run(['node'], { repeat: 'node' })).toEqual([]);
  expect(run(['node'], { title: 'Load of $node' })).toEqual([]);
  const list = [
    { name: 'cluster', type: 'query', query: 'label_values(cluster)' },
    { name: 'node', type: 'query', query: { query: 'label_values(a{c="$cluster"}, node)' } },
  ];
  const used = panel(asks('sum(a{node="$node"})'));
  expect(variables.run(shipping({ shop: board([used], { templating: { list } }) }))).toEqual([]);
});

test('a variable is used by an annotation', () => {
  const list = [{ name: 'store', type: 'datasource', query: 'loki' }];
  const annotations = {
    list: [{ name: 'Releases', datasource: { type: 'loki', uid: '${store}' } }],
  };
  const rest = { templating: { list }, annotations };
  expect(variables.run(shipping({ shop: board([panel({})], rest) }))).toEqual([]);
});

test('an unused variable is reported', () => {
  expect(run(['node'], asks('sum(a{nodes="$nodes"})'))).toEqual([
    ['unused-variable', 'node', undefined],
  ]);
});

test('an undefined variable in a title or a legend is reported once', () => {
  const targets = [{ refId: 'A', expr: 'sum(a{node="$node"})', legendFormat: '$nod' }];
  expect(run(['node'], { title: 'Load of $nod', targets })).toEqual([
    ['unknown-variable', 'nod', 'node'],
  ]);
});

test('the built-in variables of Grafana are known', () => {
  expect(run([], { title: 'Since $__from' })).toEqual([]);
});

describe('the value All of a variable', () => {
  const found = (query: string, allValue: string) => {
    const list = [{ name: 'node', type: 'query', query: { query }, includeAll: true, allValue }];
    return variables
      .run(shipping({ shop: board([panel(asks('a{node=~"$node"}'))], { templating: { list } }) }))
      .map(({ fault, value }) => [fault, value]);
  };

  test('can match the series that have the label', () => {
    expect(found('label_values(a, node)', '.+')).toEqual([]);
  });

  test('must not match series without the label', () => {
    expect(found('label_values(a, node)', '.*')).toEqual([['matches-unlabelled', '.*']]);
  });

  test('can match series without the label if the variable has the values of any series', () => {
    expect(found('label_values(node)', '.*')).toEqual([]);
  });
});

describe('the regular expression of a variable', () => {
  const faultsOf = (variable: object) => {
    const list = [{ name: 'node', type: 'query', query: 'label_values(a)', ...variable }];
    const used = panel(asks('sum(a{node="$node"})'));
    return variables
      .run(shipping({ shop: board([used], { templating: { list } }) }, 'json'))
      .map(({ fault, severity, value }) => [fault, severity, value]);
  };

  test.each([
    '',
    '/.*(a|b).*/',
    '/^(?<text>a)-(?<value>b)$/',
    'a.*',
    '/a/gi',
    '/^$node:/',
    '/\\d+$/',
  ])('is valid: %s', (regex) => {
    expect(faultsOf({ regex })).toEqual([]);
  });

  test.each(['/(/', '(', '*', '/a', '/a/x', '/[b-a]/'])(
    'is rejected, also in an imported dashboard: %s',
    (regex) => {
      expect(faultsOf({ regex })).toEqual([['invalid-regex', 'error', regex]]);
    },
  );

  test('is of no use for other variables, or if it is no text', () => {
    expect(faultsOf({ type: 'custom', query: 'a,b', regex: '(' })).toEqual([]);
    expect(faultsOf({ regex: null })).toEqual([]);
  });
});
