import { expect, test } from 'vitest';
import type { ReadDashboard } from '../../src/model/dashboard.js';
import { analyse } from '../../src/promql/analyse.js';
import { dashboardQueries, samplesOf } from '../../src/promql/dashboard.js';

const sample = (variable: object): string | undefined =>
  samplesOf({ templating: { list: [{ name: 'a', ...variable }] } } as ReadDashboard).a;

test.each([
  [{ type: 'constant', query: 'by (job, instance)' }, 'by (job, instance)'],
  [{ type: 'constant', query: '' }, ''],
  [{ type: 'custom', query: '5m,1h' }, '5m'],
  [{ type: 'custom', query: 'Five minutes : 5m, An hour : 1h' }, '5m'],
  [{ type: 'custom', query: 'a\\,b, c' }, 'a,b'],
  [{ type: 'custom', query: 'a:b' }, 'a:b'],
  [{ type: 'custom', query: 'One : 1, Two : 2', current: { value: '2' } }, '2'],
  [{ type: 'interval', query: '1m,5m', current: { value: '$__auto_interval_a' } }, '1m'],
  [{ type: 'interval', query: '1m,5m', current: { value: '$__auto' } }, '1m'],
  [{ type: 'interval', query: '1m,5m', current: { value: '5m' } }, '5m'],
  [{ type: 'textbox', query: 'x, y' }, 'x, y'],
  [{ type: 'textbox', query: '' }, '.+'],
  [{ type: 'query', query: 'label_values(up, job)' }, '.+'],
  [{ type: 'query', current: { value: ['$__all'] } }, '.+'],
  [{ type: 'query', includeAll: true, allValue: 'a|b', current: { value: 'c' } }, 'a|b'],
])('a sample of the variable %j', (variable, value) => {
  expect(sample(variable)).toBe(value);
});

/** The queries of a dashboard, with their faults. */
const queries = (dashboard: object) =>
  dashboardQueries(dashboard as ReadDashboard).map(({ expr, variables }) => {
    const { faults } = analyse(expr, variables);
    return [expr, ...faults.map(({ message }) => message)];
  });
const panelOf = (expr: string, more: object = {}) => ({
  templating: { list: ['m', 'n'].map((name) => ({ name, type: 'query', query: 'metrics(a)' })) },
  panels: [{ targets: [{ expr }], ...more }],
});

test.each([
  'rate(shop_${m}_total[5m])',
  'rate($m[5m])',
  '$m{job=~"$n"}',
  'rate(up[$n])',
  'rate(up[$n:$m])',
  'rate(up[${n}m])',
  'up offset $n',
  'topk($n, up)',
  'topk by (job) ($n, up)',
  'histogram_quantile($n, up)',
  '$n(up)',
  '$n by (job) (up)',
  'sum by ($n) (up)',
  'up > $n',
  'up * ${m}',
  'label_replace(up, "a", "$1", "$n", "(.*)")',
  "up{job=~'[[n]]'} # not '$n'\n * $m",
  '{__name__=~"shop_$m"}',
  'up{a=`\\`, b=~"$n"}',
  'up{a="\\"", b=~"$n"}',
])('a variable without values has a sample that fits: %s', (expr) => {
  expect(queries(panelOf(expr))).toEqual([[expr]]);
});

test.each([
  ['up{job="$other"}', true],
  ['up{job!~"\\\\$SYS.*"}', true],
  ['up{job="a"} * $other', undefined],
  ['rate(up[$other])', undefined],
])('an undefined variable in a string is sent as it is: %s', (expr, harmless) => {
  const [fault] = analyse(expr, {}).faults;
  expect(fault?.message).toMatch(/^Unknown dashboard variable/);
  expect(fault?.harmless).toBe(harmless);
});

test.each<[string, object]>([
  ['an empty query', { query: '' }],
  ['no query', {}],
  ['no name', { name: '', query: 'label_values(up, )' }],
  ['another data source', { datasource: { type: 'influxdb', uid: 'a' }, query: 'SHOW TAGS' }],
  ['a data source that only another Grafana has', { datasource: 'InfluxDB', query: 'SHOW TAGS' }],
  ['metric names', { query: 'metrics(shop_.*)' }],
  ['label names', { query: 'label_names()' }],
  ['names of metrics', { query: 'label_values(__name__)' }],
])('a variable with %s queries no series', (_, variable) => {
  const list = [{ name: 'a', type: 'query', ...variable }];
  expect(queries({ templating: { list } })).toEqual([]);
});

test.each<[object, boolean]>([
  [{}, true],
  [{ datasource: null }, true],
  [{ datasource: 'prometheus' }, true],
  [{ datasource: { type: 'prometheus', uid: 'prometheus' } }, true],
  [{ datasource: 'Loki' }, false],
  [{ datasource: '-- Mixed --' }, false],
  [{ datasource: { type: 'loki', uid: 'x' } }, false],
  [{ datasource: { type: '__expr__', uid: '__expr__' } }, false],
  [{ datasource: { type: 'datasource', uid: '-- Dashboard --' } }, false],
])('a panel with %j asks Prometheus: %s', (more, asks) => {
  const { panels } = panelOf('up', more);
  expect(queries({ panels })).toEqual(asks ? [['up']] : []);
});
