import { expect, test } from 'vitest';
import variables from '../../src/checks/dashboard-variables.js';
import { board, panel, shipping } from './dashboard.js';

const run = (names: readonly string[], differences: object) => {
  const list = names.map((name) => ({ name, type: 'query', query: 'label_values(a)' }));
  return variables
    .run(shipping({ shop: board([panel(differences)], { templating: { list } }) }))
    .map(({ message, value, suggestion }) => [message, value, suggestion]);
};
const asks = (expr: string) => ({ targets: [{ refId: 'A', expr }] });

test.each(['sum(a{node="$node"})', 'sum(a{node=~"${node:regex}"})', 'sum(a{node="[[node]]"})'])(
  'a variable is used in %s',
  (expr) => {
    expect(run(['node'], asks(expr))).toEqual([]);
  },
);

test('a variable is used by another, by a repeated panel, by a title', () => {
  expect(run(['node'], { repeat: 'node' })).toEqual([]);
  expect(run(['node'], { title: 'Load of $node' })).toEqual([]);
  const list = [
    { name: 'cluster', type: 'query', query: 'label_values(cluster)' },
    { name: 'node', type: 'query', query: { query: 'label_values(a{c="$cluster"}, node)' } },
  ];
  const used = panel(asks('sum(a{node="$node"})'));
  expect(variables.run(shipping({ shop: board([used], { templating: { list } }) }))).toEqual([]);
});

test('a variable that nothing uses is found', () => {
  expect(run(['node'], asks('sum(a{nodes="$nodes"})'))).toEqual([
    ['No query uses the variable: choosing a value changes nothing.', 'node', undefined],
  ]);
});

test('a variable that a title or a legend uses and nobody defines is found, once', () => {
  const targets = [{ refId: 'A', expr: 'sum(a{node="$node"})', legendFormat: '$nod' }];
  expect(run(['node'], { title: 'Load of $nod', targets })).toEqual([
    ['The dashboard has no such variable.', 'nod', 'node'],
  ]);
});

test("Grafana's own variables are known", () => {
  expect(run([], { title: 'Since $__from' })).toEqual([]);
});
