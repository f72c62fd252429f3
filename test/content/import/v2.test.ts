import { describe, expect, test } from 'vitest';
import { importWrapped } from '../../../src/content/import/import-wrapped.js';

const context = { uid: 'shop', jobs: new Set<string>(), titles: new Map() };
const imported = (json: object) => {
  const { value, findings } = importWrapped({ json, path: 'spec' }, 'dashboards/shop.json');
  return { json: value?.render(context), findings };
};
// biome-ignore lint/suspicious/noExplicitAny: the parts of a dashboard as it is written
const converted = (json: object): any => {
  const { json: made, findings } = imported(json);
  expect(findings).toEqual([]);
  return made;
};

const prometheus = { type: 'prometheus', uid: 'prometheus' };
const query = (expr: string, more: object = {}) => ({
  kind: 'PanelQuery',
  spec: {
    refId: 'A',
    hidden: false,
    query: { kind: 'DataQuery', group: 'prometheus', version: 'v0', spec: { expr }, ...more },
  },
});
const panel = (id: number, more: object = {}, queries: object[] = [query('up')]) => ({
  kind: 'Panel',
  spec: {
    id,
    title: `P${id}`,
    description: 'd',
    links: [],
    data: { kind: 'QueryGroup', spec: { queries, transformations: [], queryOptions: {} } },
    vizConfig: {
      kind: 'VizConfig',
      group: 'timeseries',
      version: '12.1.0',
      spec: {
        options: { legend: {} },
        fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
      },
    },
    ...more,
  },
});
const elements = { a: panel(1), b: panel(2), c: panel(3), d: panel(4) };
const element = (name: string) => ({ kind: 'ElementReference', name });
const item = (name: string, x = 0, y = 0, more: object = {}) => ({
  kind: 'GridLayoutItem',
  spec: { x, y, width: 12, height: 8, element: element(name), ...more },
});
const grid = (...items: object[]) => ({ kind: 'GridLayout', spec: { items } });
const auto = (names: string[], spec: object = {}) => ({
  kind: 'AutoGridLayout',
  spec: {
    ...spec,
    items: names.map((name) => ({ kind: 'AutoGridLayoutItem', spec: { element: element(name) } })),
  },
});
const section = (title: string, layout: object, more: object = {}) => ({
  kind: 'RowsLayoutRow',
  spec: { title, layout, ...more },
});
const rows = (...all: object[]) => ({ kind: 'RowsLayout', spec: { rows: all } });
const v2 = (layout: object, more: object = {}) => ({
  title: 'Shop',
  elements,
  layout,
  variables: [],
  annotations: [],
  links: [],
  tags: ['shop'],
  cursorSync: 'Crosshair',
  timeSettings: { from: 'now-1h', to: 'now', autoRefresh: '30s', timezone: 'browser' },
  ...more,
});

/** Titles and places of panels: x, y, width and height. */
const placesOf = (
  panels: readonly { title?: string; gridPos: Record<string, number>; panels?: [] }[],
): unknown[] =>
  panels.map(({ title, gridPos: { x, y, w, h }, panels: inner = [] }) => {
    const place = `${title}: ${[x, y, w, h].join(' ')}`;
    return inner.length > 0 ? [place, ...placesOf(inner)] : place;
  });
const places = (layout: object) => placesOf(converted(v2(layout)).panels);

describe('a dashboard of the second version', () => {
  test('has the settings of a classic dashboard', () => {
    expect(converted(v2(grid(item('a'))))).toMatchObject({
      uid: 'shop',
      title: 'Shop',
      schemaVersion: 42,
      graphTooltip: 1,
      time: { from: 'now-1h', to: 'now' },
      refresh: '30s',
      timezone: 'browser',
      tags: ['shop', 'crowsnest'],
    });
    expect(converted(v2(grid()))).not.toHaveProperty('elements');
  });

  test('has the panels of its elements', () => {
    expect(converted(v2(grid(item('a')))).panels).toEqual([
      {
        id: 1,
        title: 'P1',
        description: 'd',
        links: [],
        type: 'timeseries',
        pluginVersion: '12.1.0',
        options: { legend: {} },
        fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
        gridPos: { x: 0, y: 0, w: 12, h: 8 },
        datasource: prometheus,
        targets: [{ refId: 'A', expr: 'up', datasource: prometheus }],
      },
    ]);
  });

  test('has the kinds of v2alpha1, in which the kind is the type', () => {
    const old = {
      kind: 'Panel',
      spec: {
        id: 1,
        title: 'P',
        data: {
          spec: {
            queries: [
              {
                spec: {
                  refId: 'B',
                  hidden: true,
                  datasource: { type: 'prometheus', uid: 'x' },
                  query: { kind: 'prometheus', spec: { expr: 'up' } },
                },
              },
            ],
            transformations: [{ kind: 'reduce', spec: { id: 'reduce', options: {} } }],
            queryOptions: { maxDataPoints: 50, interval: '1m' },
          },
        },
        vizConfig: { kind: 'stat', spec: { pluginVersion: '12.0.0', options: {} } },
      },
    };
    expect(converted(v2(grid(item('a')), { elements: { a: old } })).panels).toMatchObject([
      {
        type: 'stat',
        pluginVersion: '12.0.0',
        maxDataPoints: 50,
        interval: '1m',
        targets: [{ refId: 'B', hide: true, expr: 'up', datasource: prometheus }],
        transformations: [{ id: 'reduce', options: {} }],
      },
    ]);
  });

  test('names the data sources of a panel with several, and selects one of which it names the type', () => {
    const mixed = panel(1, {}, [
      query('up'),
      query('{app="a"}', { group: 'loki' }),
      query('x', { group: '__expr__', datasource: { name: '__expr__' } }),
      query('y', { group: 'datasource' }),
    ]);
    expect(converted(v2(grid(item('a')), { elements: { a: mixed } }))).toMatchObject({
      templating: { list: [{ name: 'ds_loki', type: 'datasource', query: 'loki' }] },
      panels: [
        {
          datasource: { uid: '-- Mixed --' },
          targets: [
            { datasource: prometheus },
            { datasource: { type: 'loki', uid: '${ds_loki}' } },
            { datasource: { uid: '__expr__' } },
            { datasource: { uid: '-- Grafana --' } },
          ],
        },
      ],
    });
  });

  test('has its variables, with the numbers of the classic format', () => {
    const variables = [
      {
        kind: 'QueryVariable',
        spec: {
          name: 'job',
          hide: 'hideLabel',
          refresh: 'onTimeRangeChanged',
          sort: 'naturalDesc',
          multi: true,
          query: {
            kind: 'DataQuery',
            group: 'prometheus',
            datasource: { name: '${ds}' },
            spec: { query: 'label_values(up, job)', refId: 'A' },
          },
        },
      },
      {
        kind: 'QueryVariable',
        spec: {
          name: 'old',
          query: { kind: 'prometheus', spec: { __legacyStringValue: 'metrics(a)' } },
        },
      },
      { kind: 'DatasourceVariable', spec: { name: 'ds', pluginId: 'prometheus' } },
      { kind: 'CustomVariable', spec: { name: 'c', query: 'a,b' } },
      { kind: 'ConstantVariable', spec: { name: 'k', query: 'a,b', hide: 'dontHide' } },
      { kind: 'IntervalVariable', spec: { name: 'i', query: '1m', auto: true } },
      { kind: 'TextVariable', spec: { name: 't', query: 'a' } },
      {
        kind: 'AdhocVariable',
        group: 'prometheus',
        datasource: { name: 'x' },
        spec: { name: 'f' },
      },
      {
        kind: 'GroupByVariable',
        spec: { name: 'g', datasource: { type: 'prometheus', uid: 'x' } },
      },
      {
        kind: 'SwitchVariable',
        spec: { name: 's', current: 'off', enabledValue: 'on', disabledValue: 'off' },
      },
    ];
    expect(converted(v2(grid(item('a')), { variables })).templating.list).toMatchObject([
      {
        name: 'job',
        type: 'query',
        hide: 1,
        refresh: 2,
        sort: 8,
        query: { query: 'label_values(up, job)', refId: 'A' },
        datasource: prometheus,
      },
      { name: 'old', type: 'query', query: 'metrics(a)', datasource: prometheus },
      { name: 'c', type: 'custom', query: 'a,b' },
      { name: 'k', type: 'constant', query: 'a,b', hide: 2 },
      { name: 'i', type: 'interval', query: '1m', auto: true },
      { name: 't', type: 'textbox', query: 'a' },
      { name: 'f', type: 'adhoc', datasource: prometheus },
      { name: 'g', type: 'groupby', datasource: prometheus },
      {
        name: 's',
        type: 'switch',
        current: { value: 'off' },
        options: [{ value: 'on' }, { selected: true }],
      },
    ]);
  });

  test('has its annotations', () => {
    const annotations = [
      {
        kind: 'AnnotationQuery',
        spec: {
          builtIn: true,
          enable: true,
          name: 'Annotations & Alerts',
          query: {
            kind: 'DataQuery',
            group: 'grafana',
            datasource: { name: '-- Grafana --' },
            spec: {},
          },
        },
      },
      {
        kind: 'AnnotationQuery',
        spec: {
          name: 'Deploys',
          query: { kind: 'DataQuery', group: 'prometheus', spec: { expr: 'changes(a[5m])' } },
          legacyOptions: { titleFormat: 'Deploy' },
        },
      },
    ];
    expect(converted(v2(grid(item('a')), { annotations })).annotations.list).toMatchObject([
      { builtIn: 1, type: 'dashboard', datasource: { uid: '-- Grafana --' }, enable: true },
      {
        name: 'Deploys',
        titleFormat: 'Deploy',
        datasource: prometheus,
        target: { expr: 'changes(a[5m])' },
      },
    ]);
  });
});

describe('the layout of a dashboard of the second version', () => {
  test('is a grid, in which panels repeat', () => {
    const repeat = { mode: 'variable', value: 'job', direction: 'v', maxPerRow: 2 };
    const { panels } = converted(v2(grid(item('a'), item('b', 12, 0, { repeat }))));
    expect(placesOf(panels)).toEqual(['P1: 0 0 12 8', 'P2: 12 0 12 8']);
    expect(panels[1]).toMatchObject({ repeat: 'job', repeatDirection: 'v', maxPerRow: 2 });
  });

  test('has rows: expanded, collapsed, without a header, and in each other', () => {
    expect(
      places(
        rows(
          section('One', grid(item('a'))),
          section('Two', grid(item('b')), { collapse: true }),
          section('Three', rows(section('Four', grid(item('c')))), {}),
          section('', grid(item('d')), { hideHeader: true }),
        ),
      ),
    ).toEqual([
      'One: 0 0 24 1',
      'P1: 0 1 12 8',
      ['Two: 0 9 24 1', 'P2: 0 10 12 8'],
      'Three: 0 10 24 1',
      'Four: 0 11 24 1',
      'P3: 0 12 12 8',
      'P4: 0 20 12 8',
    ]);
  });

  test('has no rows in a collapsed row', () => {
    const inner = rows(
      section('In', grid(item('a'))),
      section('Folded', grid(item('b')), { collapse: true }),
    );
    expect(places(rows(section('Out', inner, { collapse: true })))).toEqual([
      ['Out: 0 0 24 1', 'P1: 0 2 12 8', 'P2: 0 11 12 8'],
    ]);
  });

  test('has the rows of early versions of the grid', () => {
    const row = (y: number, name: string, collapsed: boolean) => ({
      kind: 'GridLayoutRow',
      spec: { y, title: name, collapsed, elements: [item(name, 0, y + 1)] },
    });
    expect(places(grid(row(0, 'a', false), row(9, 'b', true)))).toEqual([
      'a: 0 0 24 1',
      'P1: 0 1 12 8',
      ['b: 0 9 24 1', 'P2: 0 10 12 8'],
    ]);
  });

  test.each<[object, string[]]>([
    [{}, ['P1: 0 0 8 9', 'P2: 8 0 8 9', 'P3: 16 0 8 9', 'P4: 0 9 8 9']],
    [
      { maxColumnCount: 2, rowHeightMode: 'short' },
      ['P1: 0 0 12 5', 'P2: 12 0 12 5', 'P3: 0 5 12 5', 'P4: 12 5 12 5'],
    ],
    [
      { maxColumnCount: 5, rowHeightMode: 'custom', rowHeight: 100 },
      ['P1: 0 0 4 3', 'P2: 4 0 4 3', 'P3: 8 0 4 3', 'P4: 12 0 4 3'],
    ],
  ])('is an automatic grid with %j', (spec, expected) => {
    expect(places(auto(['a', 'b', 'c', 'd'], spec))).toEqual(expected);
  });

  test('has rows in place of tabs, which is a warning', () => {
    const tabs = { kind: 'TabsLayout', spec: { tabs: [section('Tab', auto(['a']))] } };
    const { json, findings } = imported(v2(tabs));
    expect(placesOf(json?.panels as never)).toEqual(['Tab: 0 0 24 1', 'P1: 0 1 8 9']);
    expect(findings).toMatchObject([
      {
        code: 'content/no-equivalent',
        severity: 'warning',
        place: { path: 'spec.layout' },
        message: expect.stringContaining('tabs become rows'),
      },
    ]);
  });

  test.each<[object, string | undefined]>([
    [
      { conditionalRendering: { kind: 'a', spec: { items: [{ kind: 'b' }] } } },
      'conditions are ignored',
    ],
    [{ conditionalRendering: { kind: 'a', spec: { items: [] } } }, undefined],
    [{ variables: [{ kind: 'CustomVariable' }] }, 'variables of rows are lost'],
    [{ variables: [] }, undefined],
  ])('warns of what a row cannot have: %j', (more, text) => {
    const { findings } = imported(v2(rows(section('One', grid(item('a')), more))));
    const expected = text === undefined ? [] : [expect.stringContaining(`layout: ${text}.`)];
    expect(findings.map((one) => one.message)).toEqual(expected);
  });

  test.each<[string, object, string, string]>([
    ['an unknown element', v2(grid(item('e'))), 'unknown-element', 'layout'],
    ['the name of an inherited property', v2(grid(item('toString'))), 'unknown-element', 'layout'],
    ['no layout', { title: 'Shop', elements }, 'missing-option', 'layout'],
    ['an unknown layout', v2({ kind: 'Circle', spec: {} }), 'invalid-value', 'layout.kind'],
    [
      'a library panel',
      v2(grid(item('a')), {
        elements: {
          a: { kind: 'LibraryPanel', spec: { id: 1, libraryPanel: { uid: 'u', name: 'n' } } },
        },
      }),
      'missing-library-panel',
      'panels[0].libraryPanel',
    ],
  ])('is rejected with %s', (_, json, fault, path) => {
    expect(imported(json).findings).toMatchObject([
      { code: `content/${fault}`, severity: 'error', place: { path: `spec.${path}` } },
    ]);
  });
});
