import { describe, expect, test } from 'vitest';
import { heatmap, stateTimeline, timeSeries } from '../../src/content/chart.js';
import { barGauge, gauge, stat } from '../../src/content/figure.js';
import { alertList, dashboardList, text } from '../../src/content/note.js';
import type { Panel, PanelOptions } from '../../src/content/panel.js';
import { table } from '../../src/content/table.js';

const options: PanelOptions = {
  title: 'Load',
  description: 'What it does. Bad: much.',
  unit: 'percentunit',
  queries: 'avg(load)',
};

const defaultsOf = ({ body }: Panel) => body.fieldConfig?.defaults;
const targetsOf = ({ body }: Panel) => body.targets as unknown as Record<string, unknown>[];

describe('every panel over queries', () => {
  const all = [
    timeSeries(options),
    stat(options),
    gauge({ ...options, max: 1 }),
    barGauge(options),
    heatmap({ ...options, queries: 'sum by (le) (rate(a_bucket[5m]))' }),
    stateTimeline({ ...options, states: { 1: ['up', 'good'] } }),
    table({
      ...options,
      labels: { node: 'Node' },
      columns: { Load: { unit: 'percentunit', query: 'max by (node) (load)' } },
    }),
  ];

  test.each(all.map((one) => [one.body.type, one] as const))(
    '%s has a title, a description, the data source of the stack and queries with names',
    (_, { body }) => {
      expect(body).toMatchObject({
        title: 'Load',
        description: 'What it does. Bad: much.',
        datasource: { type: 'prometheus', uid: 'prometheus' },
        targets: [{ refId: 'A', expr: expect.any(String) }],
      });
    },
  );
});

test('queries are named by their legends, and lose the line breaks of their source', () => {
  const one = timeSeries({ ...options, queries: { '{{a}}': 'sum by (a) (\n  x\n)', b: 'y' } });
  expect(targetsOf(one)).toEqual([
    { refId: 'A', expr: 'sum by (a) ( x )', legendFormat: '{{a}}', range: true },
    { refId: 'B', expr: 'y', legendFormat: 'b', range: true },
  ]);
});

test('figures ask for the present alone, charts for the whole time', () => {
  expect(targetsOf(stat(options))[0]).toMatchObject({ instant: true, range: false });
  expect(targetsOf(timeSeries(options))[0]).not.toHaveProperty('instant');
});

test('a gap in the data stays a gap, and a scale begins at zero unless values may be below', () => {
  expect(defaultsOf(timeSeries(options))).toMatchObject({ min: 0, custom: { spanNulls: false } });
  expect(defaultsOf(timeSeries({ ...options, min: null }))).not.toHaveProperty('min');
});

test('exemplars are asked for where they are to be shown', () => {
  expect(targetsOf(timeSeries({ ...options, exemplars: true }))[0]).toHaveProperty(
    'exemplar',
    true,
  );
  expect(targetsOf(timeSeries(options))[0]).not.toHaveProperty('exemplar');
});

describe('thresholds', () => {
  const values = (thresholds: PanelOptions['thresholds']) =>
    defaultsOf(stat({ ...options, thresholds }))?.thresholds?.steps.map(({ value }) => value);
  const colours = (thresholds: PanelOptions['thresholds']) =>
    defaultsOf(stat({ ...options, thresholds }))?.thresholds?.steps.map(({ color }) => color);

  test('say from which value on it is bad', () => {
    expect(values({ warning: 0.8, critical: 0.9 })).toEqual([null, 0.8, 0.9]);
    expect(values({ critical: 1 })).toEqual([null, 1]);
  });

  test('of which the warning is the larger say below which value it is bad', () => {
    expect(values({ warning: 5, critical: 2 })).toEqual([null, 2, 5]);
    expect(colours({ warning: 5, critical: 2 })).toEqual(
      colours({ warning: 2, critical: 5 })?.toReversed(),
    );
  });

  test('are drawn as lines where there are lines', () => {
    const { custom } = defaultsOf(timeSeries({ ...options, thresholds: { critical: 1 } })) ?? {};
    expect(custom).toMatchObject({ thresholdsStyle: { mode: 'line' } });
  });
});

test('states have words and colours', () => {
  const one = stat({ ...options, states: { 1: ['up', 'good'], 0: ['down', 'critical'] } });
  expect(defaultsOf(one)?.mappings).toMatchObject([
    { type: 'value', options: { 0: { text: 'down' }, 1: { text: 'up' } } },
  ]);
});

test('a table has a column a label and a query, and its links take the labels of the line along', () => {
  const { body, links } = table({
    ...options,
    labels: { namespace: 'Namespace', pod: { title: 'Pod', opens: 'pod' } },
    columns: {
      CPU: { unit: 'short', query: 'sum by (namespace, pod) (cpu)', thresholds: { critical: 1 } },
      Memory: { unit: 'bytes', query: 'sum by (namespace, pod) (memory)' },
    },
  });
  expect(body.transformations).toEqual([
    {
      id: 'filterFieldsByName',
      options: { include: { names: ['namespace', 'pod', 'Value #A', 'Value #B'] } },
    },
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        indexByName: { namespace: 0, pod: 1, 'Value #A': 2, 'Value #B': 3 },
        renameByName: {
          namespace: 'Namespace',
          pod: 'Pod',
          'Value #A': 'CPU',
          'Value #B': 'Memory',
        },
      },
    },
  ]);
  const { overrides = [] } = body.fieldConfig ?? {};
  expect(overrides.map(({ matcher }) => matcher.options)).toEqual(['CPU', 'Memory']);
  expect(overrides[1]?.properties).toEqual([{ id: 'unit', value: 'bytes' }]);
  expect(links).toEqual([
    {
      column: 'Pod',
      dashboard: 'pod',
      values: {
        namespace: '${__data.fields["Namespace"]}',
        pod: '${__data.fields["Pod"]}',
      },
    },
  ]);
});

test('notes, lists of alerts and of dashboards ask no data source', () => {
  const frame = { title: 'a', description: 'b' };
  for (const { body } of [
    text({ ...frame, content: '# c' }),
    alertList(frame),
    dashboardList(frame),
  ]) {
    expect(body).not.toHaveProperty('targets');
  }
});
