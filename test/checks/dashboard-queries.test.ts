import { describe, expect, test } from 'vitest';
import queries from '../../src/checks/dashboards/dashboard-queries.js';
import { board, panel, shipping } from './dashboard.js';

const templating = { list: [{ name: 'node', type: 'query' }] };
const run = (
  expr: string,
  type = 'stat',
  target: object = { legendFormat: '{{node}}' },
  extension: 'ts' | 'json' = 'ts',
) => {
  const asking = panel({ type, targets: [{ refId: 'A', expr, ...target }] });
  return queries
    .run(shipping({ shop: board([asking], { templating }) }, extension))
    .map(({ fault, value }) => [fault, value]);
};

test.each([
  'sum(up)',
  'sum(up) / count(up)',
  '1 - avg(up{node=~"$node"})',
  'count(up == 0) or vector(0)',
  'max(a) - on () group_right () sum(b)',
  'sum(rate(a_total[$__rate_interval]))',
  'sum(rate(a_total[2m]))',
  'histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) >= 0',
  'time() - max(a)',
  'topk(1, a)',
  '(sum(a) > 0) / sum(b)',
  'absent(up)',
])('%s returns one series', (expr) => {
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
  'histogram_quantile(0.9, sum by (le, node) (rate(a_bucket[5m]))) >= 0',
  'count_values("a", b)',
])('%s can return many series, which a panel with one value cannot show', (expr) => {
  expect(run(expr)).toEqual([['many-series', expr]]);
  expect(run(expr, 'timeseries')).toEqual([]);
});

describe('a selector with variables', () => {
  const single = { type: 'query', name: 'node' };
  const asked = (expr: string, ...variables: readonly object[]) => {
    const list = [single, { type: 'query', name: 'job' }, ...variables];
    const stat = panel({ type: 'stat', targets: [{ refId: 'A', expr }] });
    const chart = panel({
      type: 'timeseries',
      targets: [{ refId: 'A', expr, legendFormat: 'Used' }],
    });
    const boards = { shop: board([stat, chart], { templating: { list } }) };
    return queries.run(shipping(boards, 'json')).map(({ fault }) => fault);
  };

  test.each([
    'node_load1{instance="$node", job="$job"}',
    'node_load1{instance=~"$node"} * 2',
    'rate(unknown_total{instance="$node", job="$job"}[5m])',
    'sum by (instance) (rate(node_cpu_seconds_total{instance="$node"}[5m]))',
    'node_cpu_seconds_total{instance="$node", cpu="0", mode="idle"}',
    'time() - node_boot_time_seconds{node="$node"}',
    '100 * (1 - node_memory_MemAvailable_bytes{instance="$node"} / node_memory_MemTotal_bytes{instance="$node"})',
    'kube_node_status_allocatable{node="$node", resource="cpu", unit="core"}',
  ])('for one target returns one series: %s', (expr) => {
    expect(asked(expr)).toEqual([]);
  });

  test.each<[expr: string, variable?: object]>([
    ['node_load1{job="$job"}'],
    ['node_load1{instance=~"$node.*"}'],
    ['node_load1{instance!="$node"}'],
    ['node_load1{instance="$nodes"}', { type: 'query', name: 'nodes', multi: true }],
    ['node_load1{instance=~"$nodes"}', { type: 'query', name: 'nodes', includeAll: true }],
    ['node_load1{instance=~"$nodes"}', { type: 'textbox', name: 'nodes' }],
    ['rate(node_cpu_seconds_total{instance="$node", job="$job"}[5m])'],
    ['sum by (mode) (rate(node_cpu_seconds_total{instance="$node"}[5m]))'],
    ['kube_pod_status_phase{phase="Running"}'],
  ])('for several returns many: %s', (expr: string, variable?: object) => {
    expect(asked(expr, ...(variable ? [variable] : []))).toEqual(['many-series', 'same-names']);
  });
});

describe('the series of a chart', () => {
  const legend = (expr: string, legendFormat: string) =>
    run(expr, 'timeseries', { legendFormat }).map(([fault]) => fault);

  test('must have a name', () => {
    expect(legend('sum(up)', 'targets')).toEqual([]);
    expect(legend('sum(up)', '')).toEqual(['no-legend']);
  });

  test('must have different names', () => {
    expect(legend('sum by (node) (up)', '{{node}} up')).toEqual([]);
    expect(legend('sum by (node) (up)', 'targets')).toEqual(['same-names']);
    // Grafana then shows all labels.
    expect(legend('sum by (node) (up)', '')).toEqual([]);
  });
});

describe('a column of a table', () => {
  const column = (expr: string, extension?: 'json') =>
    run(expr, 'table', { format: 'table' }, extension).map(([fault]) => fault);

  test('must show a value', () => {
    expect(column('max by (pod) (kube_pod_start_time * on (pod) (failed == 1))')).toEqual([]);
    expect(column('count by (pod) (failed == 1)')).toEqual([]);
  });

  test.each(['failed == 1', 'max by (pod, reason) (failed == 1)'])(
    'must not show the number that %s compares with',
    (expr) => {
      expect(column(expr)).toEqual(['constant-column']);
    },
  );
});

describe('without requests', () => {
  const faults = (expr: string) => run(expr, 'timeseries').map(([fault]) => fault);

  test.each([
    'sum(rate(a_total[5m])) / (sum(rate(b_total[5m])) > 0)',
    'sum(rate(a_total[5m])) / sum(rate(b_total[5m])) >= 0',
    'sum(rate(a_total[5m])) / clamp_min(sum(rate(b_total[5m])), 1)',
    'sum(a) / sum(b)',
    'sum(rate(a_total[5m])) / 3600',
    'sum(rate(node_cpu_seconds_total{mode="user"}[5m])) / sum(rate(node_cpu_seconds_total[5m]))',
    'histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) > 0',
  ])('%s has no value', (expr) => {
    expect(faults(expr)).toEqual([]);
  });

  test.each([
    'sum(rate(a_total[5m])) / sum(rate(b_total[5m]))',
    'topk(3, (sum by (c) (increase(a_total[5m])) or vector(0)) / sum by (c) (increase(b_total[5m])))',
    'histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))',
    'topk(5, histogram_quantile(0.9, sum by (le, a) (rate(a_bucket[5m]))))',
  ])('%s is NaN', (expr) => {
    expect(faults(expr)).toEqual([expect.stringMatching(/-without-traffic$/)]);
  });
});
