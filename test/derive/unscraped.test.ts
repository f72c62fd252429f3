import { describe, expect, test } from 'vitest';
import type { SeriesSource } from '../../src/derive/series-sources.js';
import { unscrapedBy } from '../../src/derive/unscraped.js';
import type { ContentQuery } from '../../src/model/content.js';

const sources: readonly SeriesSource[] = [
  { job: 'node-exporter', renames: false, metrics: { node_load1: {}, go_goroutines: {} } },
  { job: 'prometheus', renames: false, metrics: { prometheus_http_request_duration_seconds: {} } },
];
const shop: SeriesSource = { job: 'shop', renames: false };
const federation: SeriesSource = { job: 'federation', renames: true };

const missing = (
  queries: readonly (string | ContentQuery)[],
  more: readonly SeriesSource[] = [],
  recorded: readonly string[] = [],
) =>
  unscrapedBy([...sources, ...more])(
    queries.map((one) => (typeof one === 'string' ? { expr: one } : one)),
    new Set(recorded),
  );

describe('content has no data', () => {
  test.each([
    [['mysql_up', 'rate(mysql_locks_count[5m])'], { metrics: ['mysql_up', 'mysql_locks_count'] }],
    [['up{job="postgres"}', 'mysql_up{job="postgres"}'], { jobs: ['postgres'] }],
    [['up{job="promtheus"}'], { jobs: ['promtheus'], meant: { promtheus: 'prometheus' } }],
    [
      ['node_load1{job="node"}', 'up{job=~"node|nodes"}'],
      { jobs: ['node', 'node|nodes'], meant: { node: 'node-exporter' } },
    ],
    [
      ['node_load1{job="prometheus"}'],
      {
        metrics: ['node_load1'],
        heldBy: ['node-exporter'],
        meant: { prometheus: 'node-exporter' },
      },
    ],
    [['up{job="node"}'], { jobs: ['node'] }],
    // The engine that has the metrics has no job here.
    [
      ['redis_up', 'redis_connected_clients / redis_config_maxclients'],
      { jobs: ['redis-exporter'] },
    ],
    // Metrics of any program do not make it a dashboard about one that is scraped.
    [['mysql_up', 'up', 'go_goroutines', 'ALERTS'], { metrics: ['mysql_up'] }],
    [['node:load:avg'], { metrics: ['node:load:avg'] }],
  ])('if no job has its series: %j', (queries, expected) => {
    expect(missing(queries)).toEqual(expected);
  });

  test('if it is about the values of a variable that has none', () => {
    const variables = { job: '.+', instance: '.+' };
    const of = (name: string, expr: string, more = {}) => ({
      expr,
      variables,
      variable: { name, ...more },
    });
    const panel = { expr: 'node_load1{instance=~"$instance"}', variables };
    // A variable can use one that is declared after it.
    const chain = [of('instance', 'up{job="$job"}'), of('job', 'mysql_up')];
    expect(missing([...chain, panel])).toEqual({ metrics: ['mysql_up'] });
    expect(missing([...chain, { ...panel, expr: 'node_load1{instance!="$instance"}' }])).toBe(
      undefined,
    );
    // All has its own value.
    expect(missing([of('instance', 'mysql_up', { allValue: '.*' }), panel])).toBe(undefined);
    expect(missing([of('instance', 'up'), panel])).toBe(undefined);
  });

  test('if its recorded series come from rules that are not here, and no other Prometheus is scraped', () => {
    expect(missing(['a:b:c'], [shop])).toEqual({ metrics: ['a:b:c'] });
    expect(missing(['a:b:c'], [federation])).toBe(undefined);
    expect(missing(['a:b:c'], [], ['a:b:c'])).toBe(undefined);
  });
});

test.each([
  ['node_laod1', true],
  ['nod_load1', true],
  ['prometheus_http_request_duration_second_bucket', true],
  ['mysql_up', undefined],
  ['node_filesystem_avail_bytes', undefined],
  ['node:laod1', undefined],
])('a metric is misspelt if it is almost one that a job has: %s', (metric, misspelt) => {
  expect({ misspelt: undefined, ...missing([metric]) }).toMatchObject({ misspelt });
});

test('the metrics that are surely meant are named', () => {
  expect(missing(['redis_conected_clients', 'redis_memory_used', 'shop_orders'])).toEqual({
    metrics: ['redis_conected_clients', 'redis_memory_used', 'shop_orders'],
    meant: {
      redis_conected_clients: 'redis_connected_clients',
      redis_memory_used: 'redis_memory_used_bytes',
    },
  });
});

test.each([
  ['a metric that a job has', 'sum(rate(node_load1[5m])', undefined],
  ['almost a metric that a job has', 'sum(rate(node_laod1[5m])', undefined],
  ['other metrics', 'sum(rate(mysql_locks_count[5m])', { metrics: ['mysql_up'] }],
  ['a metric of each scrape', 'sum(up', { metrics: ['mysql_up'] }],
])('a query that cannot be parsed counts if it names %s', (_, broken, expected) => {
  expect(missing(['mysql_up', broken])).toEqual(expected);
});

describe('content may have data', () => {
  test.each([
    ['if a part of its series exists', ['mysql_up', 'node_load1'], []],
    ['as parts of a histogram', ['rate(prometheus_http_request_duration_seconds_bucket[5m])'], []],
    ['if a job does not declare its metrics', ['mysql_up', 'orders_total{job="shop"}'], [shop]],
    ['if a job has the series of others', ['mysql_up{job="postgres"}'], [federation]],
    [
      'of each scrape',
      ['up', 'count by (job) (scrape_samples_scraped)', 'up{job="prometheus"}'],
      [],
    ],
    ['of any program', ['go_goroutines', 'go_goroutines{job=~"node.*"}'], []],
    ['if the name of its metric is a pattern', ['{__name__=~"mysql_.*"}'], []],
    ['without queries', [], []],
  ])('%s', (_, queries, more) => {
    expect(missing(queries, more)).toBe(undefined);
  });

  test('if the metrics of the environment are unknown', () => {
    expect(unscrapedBy([])([{ expr: 'mysql_up' }], new Set())).toBe(undefined);
  });

  test('if a variable is the name of its metric', () => {
    expect(missing([{ expr: '$metric', variables: { metric: 'mysql_up' } }])).toBe(undefined);
  });
});
