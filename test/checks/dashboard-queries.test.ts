import { expect, test } from 'vitest';
import queries from '../../src/checks/dashboard-queries.js';
import { board, panel, shipping } from './dashboard.js';

const templating = { list: [{ name: 'node', type: 'query' }] };
const run = (expr: string, type = 'stat') => {
  const asking = panel({ type, targets: [{ refId: 'A', expr }] });
  return queries
    .run(shipping({ shop: board([asking], { templating }) }))
    .map(({ message, value }) => [message.replace(/[:,'].*/, ''), value]);
};

test.each([
  'sum(up)',
  'sum(up) / count(up)',
  '1 - avg(up{node=~"$node"})',
  'count(up == 0) or vector(0)',
  'max(a) - on () group_right () sum(b)',
  'sum(rate(a_total[$__rate_interval]))',
  'sum(rate(a_total[2m]))',
  'histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))',
  'time() - max(a)',
  'topk(1, a)',
  '(sum(a) > 0) / sum(b)',
  'absent(up)',
])('%s has one series', (expr) => {
  expect(run(expr)).toEqual([]);
});

test.each([
  'up',
  'sum by (node) (up)',
  'sum without (pod) (up)',
  'rate(a_total[5m])',
  'topk(3, a)',
  'topk by (node) (1, a)',
  'a / on (node) b',
  'sum(a) or b',
  'histogram_quantile(0.9, sum by (le, node) (rate(a_bucket[5m])))',
  'count_values("a", b)',
])('%s may have many, which one figure does not show', (expr) => {
  expect(run(expr)).toEqual([['A panel of the type ', expr]]);
  expect(run(expr, 'timeseries')).toEqual([]);
});

test.each([
  ['sum(rate(a_total{node="$node"}[1m]))', '[1m]'],
  ['sum(increase(a_total[30s] offset 5m))', '[30s]'],
])('%s is taken over too short a time', (expr, value) => {
  expect(run(expr)).toEqual([['The range of ', value]]);
});
