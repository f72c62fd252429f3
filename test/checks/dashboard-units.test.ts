import { describe, expect, test } from 'vitest';
import units from '../../src/checks/dashboards/dashboard-units.js';
import { board, panel, shipping } from './dashboard.js';
import type { Mutable } from './input.js';

const run = (differences: Mutable, extension: 'ts' | 'json' = 'ts') =>
  units.run(shipping({ shop: board([panel({ type: 'timeseries', ...differences })]) }, extension));

const shows = (expr: string, unit: string, more: Mutable = {}): string[] =>
  run({
    targets: [{ refId: 'A', expr }],
    fieldConfig: { defaults: { unit }, overrides: [] },
    ...more,
  }).map(({ fault }) => fault);

const used = 'sum(fs_used_bytes) / sum(fs_size_bytes)';
const quantile = 'histogram_quantile(0.9, sum by (le) (rate(shop_seconds_bucket[5m])))';

test.each([
  ['avg_over_time(wal_size_bytes[5m])', 'bps', 'other-scale'],
  ['sum(memory_bytes)', 'bits', 'other-scale'],
  ['sum(rate(net_bytes_total[5m])) * 8', 'Bps', 'other-scale'],
  ['sum(rate(net_bytes_total[5m]))', 'binbps', 'other-scale'],
  ['sum(memory_bytes) / 1024 / 1024', 'bytes', 'other-scale'],
  ['sum(memory_bytes) / 1024', 'mbytes', 'other-scale'],
  [used, 'percent', 'other-scale'],
  [`(1 - ${used})`, 'percent', 'other-scale'],
  [`100 * ${used}`, 'percentunit', 'other-scale'],
  ['avg(cache_hit_ratio)', 'percent', 'other-scale'],
  ['sum(rate(cpu_seconds_total[5m]))', 'percent', 'other-scale'],
  ['sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))', 'percent', 'other-scale'],
  ['sum(rate(x{code="5"}[5m])) / sum(rate(x[5m]) > 0)', 'percent', 'other-scale'],
  ['count(up == 0) / count(up)', 'percent', 'other-scale'],
  [quantile, 'ms', 'other-scale'],
  [`${quantile} * 1000`, 's', 'other-scale'],
  ['max(start_timestamp_seconds)', 'dateTimeAsIso', 'other-scale'],
  ['sum(lag_milliseconds)', 's', 'other-scale'],
  [quantile, 'bytes', 'other-quantity'],
  ['sum(memory_bytes)', 's', 'other-quantity'],
  ['sum(memory_bytes)', 'percentunit', 'other-quantity'],
  ['max(age_seconds)', 'ops', 'other-quantity'],
  ['time() - max(start_time_seconds)', 'decbytes', 'other-quantity'],
  [used, 'bytes', 'other-quantity'],
  ['time() - max(kube_pod_start_time)', 'bytes', 'other-quantity'],
  ['sum(kube_node_status_allocatable{resource="memory"})', 's', 'other-quantity'],
  ['sum(a_bytes) * on (pod) group_left (node) kube_pod_info', 's', 'other-quantity'],
  ['sum(a_bytes) * on (pod) max by (pod) (x == 1)', 's', 'other-quantity'],
  ['sum(a_bytes) or 0 * sum(x)', 's', 'other-quantity'],
  ['max(chip_celsius)', 'fahrenheit', 'other-quantity'],
  ['sum(rate(net_bytes_total[5m]))', 'bytes', 'other-rate'],
  ['sum(memory_bytes)', 'Bps', 'other-rate'],
])('%s as %s: %s', (expr, unit, fault) => {
  expect(shows(expr, unit)).toEqual([fault]);
});

test.each([
  ['sum(memory_bytes)', 'bytes'],
  ['sum(memory_bytes)', 'short'],
  ['sum(memory_bytes) / 1024 / 1024', 'decmbytes'],
  ['sum(memory_bytes) * 8', 'decbits'],
  ['sum(rate(net_bytes_total[5m])) * 8', 'bps'],
  ['sum(rate(net_bytes_total[5m])) * 8 / 1e6', 'Mbits'],
  ['sum(rate(net_bytes_total[5m]))', 'binBps'],
  ['rate(net_bytes_total[5m]) or vector(0)', 'binBps'],
  ['sum(increase(net_bytes_total[1h]))', 'bytes'],
  ['sum(rate(req_bytes_sum[5m])) / sum(rate(req_bytes_count[5m]))', 'bytes'],
  ['sum(rate(req_seconds_sum[5m])) / sum(rate(req_seconds_count[5m]))', 's'],
  [quantile, 's'],
  [`${quantile} * 1000`, 'ms'],
  ['histogram_quantile(0.9, sum by (le) (rate(req_bytes_bucket[5m])))', 'bytes'],
  [used, 'percentunit'],
  [`100 * ${used}`, 'percent'],
  [`100 - 100 * ${used}`, 'percent'],
  ['sum(rate(cpu_seconds_total[5m]))', 'percentunit'],
  ['sum(rate(cpu_seconds_total[5m]))', 's'],
  ['sum(rate(cpu_seconds_total[5m])) * 100', 'percent'],
  ['max(start_timestamp_seconds) * 1000', 'dateTimeAsIso'],
  ['max(start_timestamp_seconds)', 's'],
  ['joules_total / 3600', 'watth'],
  ['rate(energy_joules_total[5m])', 'watt'],
  // Not known: names without a unit, factors without a meaning, products.
  ['sum(x)', 'bytes'],
  ['sum(rate(received_total[5m]))', 'Bps'],
  ['sum(rate(errors_total[5m])) / sum(rate(rows_total[5m]))', 'bytes'],
  ['sum(x_percent) / count(x_percent)', 'percent'],
  ['avg(idle_percent)', 'percentunit'],
  ['sum(rate(net_bytes_total[5m])) * 60', 's'],
  ['sum(net_speed_bytes) * 8', 'bps'],
  ['sum(a_bytes) or sum(b_seconds)', 's'],
  ['sum(a_bytes) * sum(x)', 's'],
  ['sum(seconds)', 'bytes'],
  ['sum(kube_node_status_allocatable{resource=~"memory|cpu"})', 's'],
  ['sum(kube_node_status_allocatable{resource="cpu"})', 'short'],
  ['stdvar(a_bytes)', 's'],
  ['ln(a_bytes)', 's'],
])('%s as %s is accepted', (expr, unit) => {
  expect(shows(expr, unit)).toEqual([]);
});

test('a recording rule has the unit of its expression, and a name of others none', () => {
  expect(shows('node:memory_bytes:sum', 's')).toEqual([]);
});

describe('the unit of a query', () => {
  const bytes = 'sum(memory_bytes)';
  const override = (matcher: object, unit: string) => ({
    fieldConfig: {
      defaults: { unit: 'bytes' },
      overrides: [{ matcher, properties: [{ id: 'unit', value: unit }] }],
    },
  });
  const table = {
    type: 'table',
    targets: [
      { refId: 'A', expr: bytes, format: 'table' },
      { refId: 'B', expr: quantile, format: 'table' },
    ],
    transformations: [
      { id: 'merge' },
      { id: 'organize', options: { renameByName: { 'Value #A': 'Memory', 'Value #B': 'Time' } } },
    ],
  };

  test.each([
    [{ targets: [{ refId: 'A', expr: bytes, legendFormat: 'Memory' }] }],
    [{ targets: [{ refId: 'A', expr: bytes, legendFormat: '{{pod}}' }] }],
  ])('is that of an override by name: %j', (more) => {
    const found = shows('', '', { ...more, ...override({ id: 'byName', options: 'Memory' }, 's') });
    // A legend with labels may have this name.
    expect(found).toEqual(JSON.stringify(more).includes('{{') ? [] : ['other-quantity']);
  });

  test('is that of an override by query, and not that of one for another query', () => {
    const one = (refId: string) =>
      shows(bytes, '', override({ id: 'byFrameRefID', options: refId }, 's'));
    expect(one('A')).toEqual(['other-quantity']);
    expect(one('B')).toEqual([]);
  });

  test('is unknown with an override by a pattern, and with a calculation', () => {
    expect(shows(bytes, '', override({ id: 'byRegexp', options: '/x/' }, 's'))).toEqual([]);
    const steps = [{ id: 'calculateField', options: {} }];
    expect(shows(bytes, 's', { transformations: steps })).toEqual([]);
  });

  test('of a column is that of its title', () => {
    const columns = (memory: string, time: string) =>
      shows('', '', {
        ...table,
        fieldConfig: {
          defaults: {},
          overrides: [
            ['Memory', memory],
            ['Time', time],
          ].map(([options, value]) => ({
            matcher: { id: 'byName', options },
            properties: [{ id: 'unit', value }],
          })),
        },
      });
    expect(columns('bytes', 's')).toEqual([]);
    expect(columns('s', 'bytes')).toEqual(['other-quantity', 'other-quantity']);
  });

  test('is not asked of a hidden query, and of another data source', () => {
    expect(shows('', 's', { targets: [{ refId: 'A', expr: bytes, hide: true }] })).toEqual([]);
    expect(shows(bytes, 's', { datasource: { type: 'loki', uid: 'logs' } })).toEqual([]);
  });

  test('of a heatmap is that of its axis', () => {
    const expr = 'sum by (le) (increase(size_bytes_bucket[1m]))';
    expect(shows(expr, 'short', { type: 'heatmap', options: { yAxis: { unit: 's' } } })).toEqual([
      'other-quantity',
    ]);
  });
});

test('the fault is an error in TypeScript, and a warning in the JSON of others; one for each panel', () => {
  const expr = 'sum(memory_bytes)';
  const targets = [
    { refId: 'A', expr },
    { refId: 'B', expr },
  ];
  const severity = (extension: 'ts' | 'json') =>
    run({ targets, fieldConfig: { defaults: { unit: 's' } } }, extension).map(
      (one) => one.severity,
    );
  expect(severity('ts')).toEqual(['error']);
  expect(severity('json')).toEqual(['warning']);
});
