import { describe, expect, test } from 'vitest';
import { heatmap, stateTimeline, timeSeries } from '../../src/content/chart.js';
import { barGauge, gauge, stat } from '../../src/content/figure.js';
import { cores, count } from '../../src/content/house-style.js';
import { alertList, dashboardList, text } from '../../src/content/note.js';
import type { Panel, PanelOptions } from '../../src/content/panel.js';
import { type TableOptions, table } from '../../src/content/table.js';

const options: PanelOptions = {
  title: 'Load',
  description: 'What it does. Bad: much.',
  unit: 'percentunit',
  queries: 'avg(load)',
};

const defaultsOf = ({ body }: Panel) => body.fieldConfig?.defaults;
const targetsOf = ({ body }: Panel) => body.targets as unknown as Record<string, unknown>[];

describe('every panel with queries', () => {
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

test('queries have their legend as their name, and no line breaks', () => {
  const one = timeSeries({ ...options, queries: { '{{a}}': 'sum by (a) (\n  x\n)', b: 'y' } });
  expect(targetsOf(one)).toEqual([
    { refId: 'A', expr: 'sum by (a) ( x )', legendFormat: '{{a}}', range: true },
    { refId: 'B', expr: 'y', legendFormat: 'b', range: true },
  ]);
});

test('figures query only the present, charts query the whole time range', () => {
  expect(targetsOf(stat(options))[0]).toMatchObject({ instant: true, range: false });
  expect(targetsOf(timeSeries(options))[0]).not.toHaveProperty('instant');
});

test('the legend of a single query is the title of its panel', () => {
  expect(targetsOf(timeSeries(options))[0]).toHaveProperty('legendFormat', 'Load');
});

test('gaps in the data are visible, and the axis starts at zero unless values can be negative', () => {
  expect(defaultsOf(timeSeries(options))).toMatchObject({ min: 0, custom: { spanNulls: false } });
  expect(defaultsOf(timeSeries({ ...options, min: null }))).not.toHaveProperty('min');
});

test('exemplars are queried only if the panel shows them', () => {
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

  test('are lower bounds of bad values', () => {
    expect(values({ warning: 0.8, critical: 0.9 })).toEqual([null, 0.8, 0.9]);
    expect(values({ critical: 1 })).toEqual([null, 1]);
  });

  test('are upper bounds of bad values if the warning is larger', () => {
    expect(values({ warning: 5, critical: 2 })).toEqual([null, 2, 5]);
    expect(colours({ warning: 5, critical: 2 })).toEqual(
      colours({ warning: 2, critical: 5 })?.toReversed(),
    );
  });

  const colourBelow = (one: Panel) => defaultsOf(one)?.thresholds?.steps[0]?.color;

  test('leave good values in the colour of text, and good bars in a neutral colour', () => {
    const thresholds = { critical: 1 };
    expect(colourBelow(stat({ ...options, thresholds }))).toBe('text');
    expect(colourBelow(gauge({ ...options, thresholds, max: 1 }))).toBe('#56B4E9');
  });

  const lines = (thresholds: PanelOptions['thresholds'], more: object = {}) =>
    defaultsOf(timeSeries({ ...options, ...more, thresholds }))?.custom?.thresholdsStyle;

  test('are drawn as lines in charts with lines', () => {
    expect(lines({ critical: 1 })).toEqual({ mode: 'dashed' });
  });

  test.each([
    ['at zero', { warning: 0, critical: 1 }, {}],
    ['close to zero on the scale of the unit', { critical: 0.001 }, { unit: 'cps' }],
    ['close to zero on the scale of the panel', { critical: 0.05 }, { max: 1 }],
  ] as const)('%s are not drawn as lines', (_, thresholds, more) => {
    expect(lines(thresholds, more)).toBeUndefined();
  });
});

describe('an axis with only zeros', () => {
  const softMax = (more: object) =>
    defaultsOf(timeSeries({ ...options, ...more }))?.custom?.axisSoftMax;

  test('ends close to zero according to the unit or the panel', () => {
    expect(softMax({})).toBe(0.01);
    expect(softMax({ unit: 's' })).toBe(0.01);
    expect(softMax({ softMax: 0.2 })).toBe(0.2);
  });

  test('has whole numbers as ticks if values have no decimals', () => {
    expect(softMax({ ...count })).toBe(4);
  });

  test('ends at the end of the scale if it has one', () => {
    expect(softMax({ max: 1 })).toBeUndefined();
  });
});

describe('a panel without data', () => {
  const words = (one: Panel) => defaultsOf(one)?.noValue;
  const timeline = (more: object = {}) =>
    stateTimeline({ ...options, states: { 1: ['up', 'good'] }, ...more });
  const rows = { labels: { node: 'Node' }, columns: { Load: { ...options, query: 'load' } } };

  test('has a text for each kind of panel', () => {
    expect(
      [
        timeSeries(options),
        stat(options),
        gauge({ ...options, max: 1 }),
        barGauge(options),
        heatmap({ ...options, queries: 'x' }),
        timeline(),
        table({ ...options, ...rows }),
      ].map(words),
    ).toEqual([
      'nothing in this time range',
      'no data',
      'no data',
      'no data',
      'nothing in this time range',
      'no data',
      'none',
    ]);
  });

  test('has the text of the panel if it sets one', () => {
    const empty = 'no mesh';
    expect(
      [
        timeSeries({ ...options, empty }),
        stat({ ...options, empty }),
        heatmap({ ...options, queries: 'x', empty }),
        timeline({ empty }),
        table({ ...options, ...rows, empty }),
      ].map(words),
    ).toEqual(Array(5).fill(empty));
  });

  test('is grey in a figure without thresholds, whose values have the colour of text', () => {
    const plain = stat({ ...options, thresholds: undefined });
    expect(plain.body.options).toMatchObject({ colorMode: 'value' });
    expect(defaultsOf(plain)).toMatchObject({
      color: { mode: 'fixed', fixedColor: 'text' },
      mappings: [{ type: 'special', options: { result: { color: '#999999' } } }],
    });
  });

  test('is grey in a figure, also for NaN, and not in the colour of the lowest threshold', () => {
    const low = stat({ ...options, thresholds: { warning: 1, critical: 0.5 }, empty: 'no mesh' });
    expect(defaultsOf(low)?.mappings).toEqual([
      {
        type: 'special',
        options: {
          match: 'null+nan',
          result: { text: 'no mesh', color: '#999999', index: 0 },
        },
      },
    ]);
  });

  test('has a gap in a timeline', () => {
    expect(defaultsOf(timeline())?.mappings).toHaveLength(1);
  });
});

test('the area below a line is filled if it is the only line', () => {
  const fill = (queries: PanelOptions['queries'], stacked = false) =>
    defaultsOf(timeSeries({ ...options, queries, stacked }))?.custom?.fillOpacity;
  expect(fill('sum(a)')).toBe(8);
  expect(fill({ used: 'sum(a)', limit: 'sum(b)' })).toBe(0);
  expect(fill({ '{{node}}': 'a' }, true)).toBe(40);
});

test('a legend shows the largest series first', () => {
  expect(timeSeries(options).body.options).toMatchObject({
    legend: { sortBy: 'Last *', sortDesc: true, calcs: ['lastNotNull', 'max'] },
  });
});

test('lanes have the colours of their states, because the color mode thresholds would ignore them', () => {
  const { body } = stateTimeline({ ...options, states: { 0: ['down', 'critical'] } });
  expect(body).toMatchObject({
    fieldConfig: {
      defaults: {
        color: { mode: 'fixed' },
        mappings: [{ type: 'value', options: { 0: { text: 'down', color: '#D55E00' } } }],
      },
    },
    options: { mergeValues: true },
  });
});

test('states have texts and colours', () => {
  const one = stat({ ...options, states: { 1: ['up', 'good'], 0: ['down', 'critical'] } });
  expect(defaultsOf(one)?.mappings?.[0]).toMatchObject({
    type: 'value',
    options: { 0: { text: 'down' }, 1: { text: 'up' } },
  });
});

test('a table has a column for each label and query, and its links pass the labels of the row', () => {
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
  expect(overrides.map(({ matcher }) => matcher.options)).toEqual([
    'Namespace',
    'Pod',
    'CPU',
    'Memory',
  ]);
  expect(overrides[3]?.properties).toContainEqual({ id: 'unit', value: 'bytes' });
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

describe('a table', () => {
  const rows = (columns: TableOptions['columns'], more: Partial<TableOptions> = {}) =>
    table({
      title: 'a',
      description: 'b',
      labels: { namespace: 'Namespace', pod: 'Pod' },
      columns,
      ...more,
    });
  const sortBy = (one: Panel) => (one.body.options as { sortBy: unknown }).sortBy;
  const column = (one: Panel, title: string) =>
    Object.fromEntries(
      one.body.fieldConfig?.overrides
        .filter(({ matcher }) => matcher.options === title)
        .flatMap(({ properties }) => properties.map(({ id, value }) => [id, value])) ?? [],
    );
  const plain = { unit: 'short', query: 'a' } as const;

  test.each([
    ['the largest of the first column', { A: plain, B: plain }, {}, 'A', true],
    [
      'the largest of the first column with an upper bound',
      { A: plain, B: { ...plain, thresholds: { critical: 1 } } },
      {},
      'B',
      true,
    ],
    [
      'the smallest of the first column with a lower bound',
      { A: { ...plain, thresholds: { warning: 2, critical: 1 } } },
      {},
      'A',
      false,
    ],
    [
      'a bad state',
      { A: plain, B: { ...plain, states: { 1: ['up', 'good'], 0: ['down', 'critical'] } } },
      {},
      'B',
      false,
    ],
    ['the number of missing items', { Ready: { ready: 'a', wanted: 'b' } }, {}, 'Missing', true],
    ['a configured column', { A: plain, B: plain }, { sortBy: 'B' }, 'B', true],
    [
      'the smallest of a column',
      { A: plain, B: plain },
      { sortBy: 'B', ascending: true },
      'B',
      false,
    ],
    ['a name', { A: plain }, { sortBy: 'Pod' }, 'Pod', false],
  ] as const)('starts with %s', (_, columns, more, displayName, desc) => {
    expect(sortBy(rows(columns, more))).toEqual([{ displayName, desc }]);
  });

  test('has number columns as wide as their titles, and name columns that share the rest', () => {
    const one = rows(
      {
        'Longest of all columns': plain,
        A: { ...plain, width: 70 },
        B: plain,
        C: { ...plain, ...cores },
      },
      { labels: { namespace: 'Namespace', pod: { title: 'Pod', minWidth: 200 }, node: 'Node' } },
    );
    expect(one.body.fieldConfig?.defaults.custom).toMatchObject({ minWidth: 80 });
    expect(column(one, 'Longest of all columns')).toMatchObject({ 'custom.width': 203 });
    expect(column(one, 'A')).toMatchObject({ 'custom.width': 70 });
    expect(column(one, 'B')).toMatchObject({ 'custom.width': 90 });
    expect(column(one, 'C')).toMatchObject({ 'custom.width': 110 });
    expect(column(one, 'Namespace')).toMatchObject({ 'custom.minWidth': 106 });
    expect(column(one, 'Pod')).toMatchObject({ 'custom.minWidth': 200 });
    expect(column(one, 'Node')).not.toHaveProperty('custom.minWidth');
  });

  test('marks a bad cell by its text, or completely', () => {
    const thresholds = { critical: 1 };
    const one = rows({ A: { ...plain, thresholds }, B: { ...plain, thresholds, fill: true } });
    expect(column(one, 'A')).toMatchObject({ 'custom.cellOptions': { type: 'color-text' } });
    expect(column(one, 'B')).toMatchObject({
      'custom.cellOptions': { type: 'color-background', mode: 'basic' },
      thresholds: { steps: [{ color: 'transparent' }, { color: '#D55E00' }] },
    });
  });

  test('colours a text according to its value', () => {
    const labels = { state: { title: 'State', moods: { failed: 'critical' } } } as const;
    expect(column(rows({ A: plain }, { labels }), 'State')).toMatchObject({
      mappings: [
        { type: 'value', options: { failed: { text: 'failed', color: '#D55E00', index: 0 } } },
      ],
    });
  });

  describe('of ready items', () => {
    const one = rows({ CPU: plain, Ready: { ready: 'r', wanted: 'w' } });

    test('shows "0 of 2" from a label, and the number of missing items from the value', () => {
      expect(targetsOf(one)[1]).toHaveProperty(
        'expr',
        'label_join(((w) - on (namespace, pod) (r)) * on (namespace, pod) group_left (ready) count_values by (namespace, pod) ("ready", r) * on (namespace, pod) group_left (wanted) count_values by (namespace, pod) ("wanted", w), "ready_of_1", " of ", "ready", "wanted")',
      );
      expect(one.body.transformations?.[2]?.options).toMatchObject({
        renameByName: { 'Value #A': 'CPU', ready_of_1: 'Ready', 'Value #B': 'Missing' },
      });
    });

    test('is red if none is ready, and orange if one is missing', () => {
      const mappings = column(one, 'Ready').mappings as {
        options: { pattern: string; result: { color: string } };
      }[];
      const colourOf = (text: string) =>
        mappings.find(({ options: { pattern } }) => new RegExp(pattern.slice(1, -1)).test(text))
          ?.options.result.color;
      expect(['0 of 2', '1 of 2', '2 of 2', '0 of 0', '10 of 10', '1 of 10'].map(colourOf)).toEqual(
        ['#D55E00', '#E69F00', 'text', 'text', 'text', '#E69F00'],
      );
    });
  });
});

test('the list of dashboards has all dashboards of the stack, and passes no variables', () => {
  expect(dashboardList({ title: 'a', description: 'b' }).body.options).toMatchObject({
    tags: ['crowsnest'],
    includeVars: false,
    keepTime: true,
  });
});

test('text panels, alert lists and dashboard lists have no data source', () => {
  const frame = { title: 'a', description: 'b' };
  for (const { body } of [
    text({ ...frame, content: '# c' }),
    alertList(frame),
    dashboardList(frame),
  ]) {
    expect(body).not.toHaveProperty('targets');
  }
});
