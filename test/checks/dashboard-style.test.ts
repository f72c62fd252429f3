import { describe, expect, test } from 'vitest';
import style from '../../src/checks/dashboards/dashboard-style.js';
import { stateTimeline, timeSeries } from '../../src/content/chart.js';
import { table } from '../../src/content/table.js';
import { board, panel, shipping } from './dashboard.js';
import type { Mutable } from './input.js';

const run = (one: Mutable, more: Mutable = {}, extension: 'ts' | 'json' = 'ts') =>
  style
    .run(shipping({ shop: board([one], more) }, extension))
    .map(({ fault, severity, value }) => [fault, severity, value]);
const faults = (one: Mutable, more: Mutable = {}) => run(one, more).map(([fault]) => fault);

const frame = { title: 'Load', description: 'd' };
const place = { id: 1, gridPos: { x: 0, y: 0, w: 12, h: 8 } };
const built = ({ body }: { readonly body: object }): Mutable => ({ ...body, ...place });

describe('the lanes of a state timeline', () => {
  const good = built(
    stateTimeline({ ...frame, unit: 'short', queries: 'up', states: { 0: ['down', 'critical'] } }),
  );
  const grey = {
    ...good,
    fieldConfig: {
      ...good.fieldConfig,
      defaults: { ...good.fieldConfig.defaults, color: { mode: 'thresholds' } },
    },
  };
  const fault = 'grey-lanes';

  test('have the colours of their states if the color mode is fixed', () => {
    expect(run(good)).toEqual([]);
  });

  test('are reported if the color mode is thresholds', () => {
    expect(run(grey)).toEqual([[fault, 'warning', 'thresholds']]);
    expect(run(grey, {}, 'json')).toEqual([[fault, 'warning', 'thresholds']]);
  });

  test('have the colours of their states if values are not merged', () => {
    expect(run({ ...grey, options: { ...grey.options, mergeValues: false } })).toEqual([]);
  });
});

test('a panel needs a text for a query that returns nothing', () => {
  const fieldConfig = { defaults: { unit: 'short', noValue: ' ' }, overrides: [] };
  const fault = 'no-empty-text';
  expect(faults(panel({ fieldConfig }))).toEqual([fault]);
  expect(run(panel({ fieldConfig }), {}, 'json')).toEqual([[fault, 'warning', undefined]]);
  expect(faults(panel({ type: 'text' }))).toEqual([]);
});

describe('a chart', () => {
  const chart = (defaults: Mutable = {}, legend: Mutable = {}, expr = 'sum(load)') => {
    const good = built(timeSeries({ ...frame, unit: 'percentunit', queries: expr }));
    const { custom, ...rest } = defaults;
    return {
      ...good,
      fieldConfig: {
        defaults: {
          ...good.fieldConfig.defaults,
          ...rest,
          custom: { ...good.fieldConfig.defaults.custom, ...custom },
        },
        overrides: [],
      },
      options: { ...good.options, legend: { ...good.options.legend, ...legend } },
    };
  };
  const line = (value: number, more: Mutable = {}) =>
    chart({
      thresholds: { steps: [{ value: null }, { value }] },
      ...more,
      custom: { thresholdsStyle: { mode: 'line' }, ...more.custom },
    });

  test('has no findings with the defaults of the builder', () => {
    expect(faults(chart())).toEqual([]);
  });

  test('must be wide enough for the values in its legend', () => {
    const narrow = { ...chart(), gridPos: { x: 0, y: 0, w: 6, h: 8 } };
    const fault = 'narrow-legend';
    expect(run(narrow)).toEqual([[fault, 'warning', 6]]);
    expect(faults({ ...narrow, gridPos: { x: 0, y: 0, w: 8, h: 8 } })).toEqual([]);
    const legend = { ...narrow.options.legend, showLegend: false };
    expect(faults({ ...narrow, options: { ...narrow.options, legend } })).toEqual([]);
  });

  test('must sort its legend by a value', () => {
    const fault = 'unsorted-legend';
    expect(faults(chart({}, { sortBy: undefined }))).toEqual([fault]);
    expect(faults(chart({}, { sortDesc: false }))).toEqual([fault]);
    expect(faults(chart({}, { sortBy: undefined, displayMode: 'list' }))).toEqual([]);
  });

  test.each(['percentunit', 'percent', 's'])(
    'with the unit %s must end its axis close to zero',
    (unit) => {
      const custom = { axisSoftMax: undefined };
      expect(faults(chart({ unit, custom }))).toEqual(['open-axis']);
      expect(faults(chart({ unit, custom, max: 1 }))).toEqual([]);
    },
  );

  test('must not draw a threshold close to zero', () => {
    const fault = 'threshold-at-zero';
    expect(faults(line(0.01))).toEqual([]);
    expect(faults(line(0))).toEqual([fault]);
    expect(faults(line(0.05, { max: 1 }))).toEqual([fault]);
    expect(faults(line(0.01, { custom: { axisSoftMax: 1 } }))).toEqual([fault]);
    expect(faults(line(0, { custom: { thresholdsStyle: { mode: 'off' } } }))).toEqual([]);
  });

  test('must show CPU time in cores', () => {
    const expr = 'sum(rate(process_cpu_seconds_total[5m]))';
    expect(faults(chart({ unit: 'short' }, {}, expr))).toEqual(['no-cpu-unit']);
    expect(faults(chart({ unit: 'suffix:cores' }, {}, expr))).toEqual([]);
    expect(faults(chart({ unit: 'short' }, {}, `${expr} / count(nodes)`))).toEqual([]);
  });

  test('must not show decimals of counts', () => {
    const expr = 'sum(increase(kills_total[1h]))';
    const fault = 'fractional-count';
    expect(faults(chart({ unit: 'short' }, {}, expr))).toEqual([fault]);
    const custom = { axisSoftMax: 4 };
    expect(faults(chart({ unit: 'locale' }, {}, expr))).toEqual([fault]);
    expect(faults(chart({ unit: 'short', decimals: 0, custom }, {}, expr))).toEqual([]);
    expect(faults(chart({ unit: 'short' }, {}, `round(${expr})`))).toEqual([]);
  });

  test('must not have ticks between whole numbers if values have no decimals', () => {
    const fault = 'fractional-ticks';
    const whole = { unit: 'locale', decimals: 0 };
    expect(faults(chart({ ...whole, custom: { axisSoftMax: 1 } }))).toEqual([fault]);
    expect(faults(chart({ ...whole, custom: {} }))).toEqual([fault]);
    expect(faults(chart({ ...whole, custom: { axisSoftMax: 4 } }))).toEqual([]);
    expect(faults(chart({ ...whole, max: 110 }))).toEqual([]);
  });

  test('must not show small values with a prefix of the unit', () => {
    const fault = 'prefixed-unit';
    expect(faults(chart({ unit: 'pps' }))).toEqual([fault]);
    expect(faults(chart({ unit: 'Bps' }))).toEqual([fault]);
    expect(faults(chart({ unit: 'count:p/s' }))).toEqual([]);
  });
});

describe('a table', () => {
  const columns = (count: number) =>
    built(
      table({
        ...frame,
        labels: { node: 'Node' },
        columns: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
            `C${index}`,
            { unit: 'short', query: 'max by (node) (load)' } as const,
          ]),
        ),
      }),
    );

  test('must fit into 1280 pixels', () => {
    expect(faults(columns(5))).toEqual([]);
    expect(faults(columns(6))).toEqual(['wide-table']);
    const wide = { ...columns(9), gridPos: { x: 0, y: 0, w: 24, h: 8 } };
    expect(faults(wide)).toEqual([]);
  });

  test("uses Grafana's default width for columns without a width", () => {
    const one = columns(3);
    one.fieldConfig = { defaults: { noValue: 'none' }, overrides: [] };
    expect(faults(one)).toEqual(['wide-table']);
  });
});

test('duplicate tags are reported', () => {
  const good = panel({ fieldConfig: { defaults: { unit: 'short', noValue: 'none' } } });
  expect(faults(good, { tags: ['a', 'b'] })).toEqual([]);
  expect(faults(good, { tags: ['a', 'a'] })).toEqual(['duplicate-tag']);
});
