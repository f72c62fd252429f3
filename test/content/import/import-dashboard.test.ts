import { describe, expect, test } from 'vitest';
import { exportSchema } from '../../../src/content/import/export.js';
import { importDashboard } from '../../../src/content/import/import-dashboard.js';

const ours = { type: 'prometheus', uid: 'prometheus' };

const exported = {
  __inputs: [{ name: 'DS_PROMETHEUS', pluginId: 'prometheus' }],
  __requires: [{ type: 'grafana', id: 'grafana' }],
  id: 17,
  uid: 'somebody-elses',
  version: 4,
  title: 'Taken over',
  templating: {
    list: [
      { name: 'source', type: 'datasource', query: 'prometheus' },
      { name: 'node', type: 'query', datasource: '${DS_PROMETHEUS}', query: 'label_values(node)' },
    ],
  },
  panels: [
    {
      id: 2,
      type: 'timeseries',
      title: 'a',
      datasource: { type: 'prometheus', uid: '${source}' },
      targets: [{ datasource: { type: 'prometheus', uid: 'PBFA97CFB590B2093' }, expr: 'up' }],
    },
    {
      id: 2,
      type: 'row',
      title: 'r',
      panels: [{ type: 'stat', title: 'b', datasource: '$source' }],
    },
    { id: 5, type: 'logs', title: 'c', datasource: { type: 'loki', uid: 'loki' } },
  ],
} as const;

const imported = (json: object) => importDashboard(exportSchema.parse(json));
const rendered = (json: object) =>
  imported(json).render({ uid: 'taken-over', jobs: new Set(), titles: new Map() });

const dashboard = imported(exported);
const json = rendered(exported);

test('is in the folder of imported dashboards, and its variables are known', () => {
  expect(dashboard).toMatchObject({ title: 'Taken over', folder: 'Imported' });
  expect(dashboard.variables.map(({ name }) => name)).toEqual(['node']);
});

test('has its file name as the uid, and no ids of its former Grafana', () => {
  expect(json).toMatchObject({ uid: 'taken-over', title: 'Taken over', editable: false });
  for (const key of ['id', 'version', '__inputs', '__requires']) {
    expect(json).not.toHaveProperty(key);
  }
});

test('uses our data source; other kinds of sources stay for the check', () => {
  expect(json).toMatchObject({
    templating: { list: [{ name: 'node', datasource: ours }] },
    panels: [
      { datasource: ours, targets: [{ datasource: ours }] },
      { panels: [{ datasource: ours }] },
      { datasource: { type: 'loki', uid: 'loki' } },
    ],
  });
});

test('has the tag with which the overview lists all dashboards, and its own tags', () => {
  const tags = (own?: readonly string[]) =>
    rendered({ ...exported, ...(own && { tags: own }) }).tags;
  expect(tags()).toEqual(['crowsnest']);
  expect(tags(['shop', 'crowsnest'])).toEqual(['shop', 'crowsnest']);
});

test('has a unique id for each panel', () => {
  const { panels = [] } = json as { panels?: { id?: number; panels?: { id?: number }[] }[] };
  expect(
    panels.flatMap(({ id, panels: folded = [] }) => [id, ...folded.map((one) => one.id)]),
  ).toEqual([2, 6, 7, 5]);
});

const panel = (id: number, more: object = {}) => ({ id, type: 'graph', title: `P${id}`, ...more });

test('has its panels in a grid if they are in rows, as before Grafana 5', () => {
  const rows = [
    { height: '250px', panels: [panel(1, { span: 6 }), panel(2, { span: 6 }), panel(3)] },
    { height: 100, panels: [panel(4, { span: 12, height: '380px' })] },
  ];
  const { panels, ...rest } = rendered({ title: 'Rows', schemaVersion: 14, rows });
  expect(rest).not.toHaveProperty('rows');
  expect(panels).toMatchObject([
    { id: 1, gridPos: { x: 0, y: 0, w: 12, h: 7 } },
    { id: 2, gridPos: { x: 12, y: 0, w: 12, h: 7 } },
    { id: 3, gridPos: { x: 0, y: 7, w: 8, h: 7 } },
    { id: 4, gridPos: { x: 0, y: 14, w: 24, h: 10 } },
  ]);
});

test('keeps the titles of rows that show them, and what is collapsed', () => {
  const rows = [
    { title: 'One', showTitle: true, panels: [panel(1)] },
    { title: 'Two', collapse: true, repeat: 'node', panels: [panel(2)] },
    { title: 'Three', showTitle: true, panels: null },
  ];
  const { panels = [] } = rendered({ title: 'Rows', rows });
  expect(panels).toMatchObject([
    { type: 'row', title: 'One', collapsed: false, gridPos: { y: 0, h: 1, w: 24 } },
    { id: 1, gridPos: { y: 1 } },
    { type: 'row', title: 'Two', collapsed: true, repeat: 'node', panels: [{ id: 2 }] },
    { type: 'row', title: 'Three' },
  ]);
  expect(panels[0]).toHaveProperty('panels', []);
  expect(panels[1]).not.toHaveProperty('panels');
});

test('has the values of constant inputs', () => {
  const { title, panels } = rendered({
    title: 'Of ${VAR_JOB}',
    __inputs: [{ name: 'VAR_JOB', type: 'constant', value: 'shop' }],
    panels: [panel(1, { targets: [{ expr: 'up{job="${VAR_JOB}"} and ${constructor}' }] })],
  });
  expect(title).toBe('Of shop');
  expect(panels).toMatchObject([{ targets: [{ expr: 'up{job="shop"} and ${constructor}' }] }]);
});

test('selects data sources of other types by variables', () => {
  const { templating, panels } = rendered({
    title: 'Logs',
    __inputs: [{ name: 'DS_LOKI', type: 'datasource', pluginId: 'loki' }],
    templating: { list: [{ name: 'logs', type: 'datasource', query: 'loki' }] },
    panels: [
      panel(1, { datasource: '$logs' }),
      panel(2, { datasource: { uid: '${DS_LOKI}' } }),
      panel(3, { datasource: '-- Mixed --' }),
      panel(4, { datasource: null }),
    ],
  });
  expect(templating).toEqual({
    list: [
      { name: 'DS_LOKI', type: 'datasource', query: 'loki', hide: 2 },
      { name: 'logs', type: 'datasource', query: 'loki' },
    ],
  });
  expect(panels).toMatchObject([
    { datasource: { type: 'loki', uid: '${logs}' } },
    { datasource: { type: 'loki', uid: '${DS_LOKI}' } },
    { datasource: '-- Mixed --' },
    { datasource: null },
  ]);
});

test('has no variable for an input that nothing uses', () => {
  const { templating } = rendered({
    title: 'Logs',
    __inputs: [{ name: 'DS_LOKI', type: 'datasource', pluginId: 'loki' }],
    templating: { list: [] },
    panels: [panel(1, { datasource: { type: 'loki', uid: 'P8E80F9AEF21F6940' } })],
  });
  expect(templating).toEqual({ list: [] });
});

test('queries the Loki of the stack instead of that of another Grafana, if the environment has one', () => {
  const json = {
    title: 'Logs',
    templating: { list: [{ name: 'store', type: 'datasource', query: 'loki' }] },
    panels: [
      panel(1, { datasource: { type: 'loki', uid: 'P8E80F9AEF21F6940' } }),
      panel(2, { datasource: { type: 'loki', uid: '${store}' } }),
      panel(3, { datasource: 'Loki' }),
    ],
  };
  const sources = (jobs: readonly string[]) => {
    const { panels } = imported(json).render({ uid: 'a', jobs: new Set(jobs), titles: new Map() });
    return (panels as { datasource: { uid: string } }[]).map(({ datasource }) => datasource.uid);
  };
  expect(sources(['configured:logs'])).toEqual(['loki', '${store}', 'loki']);
  expect(sources([])).toEqual(['P8E80F9AEF21F6940', '${store}', 'loki']);
});

test('has no empty queries, which Grafana does not send', () => {
  const targets = [{ expr: 'up' }, { expr: '', hide: true }, { expr: '' }, { query: 'a' }];
  const { panels } = rendered({ title: 'Empty', panels: [panel(1, { targets }), panel(2)] });
  expect(panels).toMatchObject([{ targets: [{ expr: 'up' }, { query: 'a' }] }, { id: 2 }]);
});

test('may have null instead of a list', () => {
  const nothing = { tags: null, panels: null, rows: null, templating: { list: null } };
  expect(rendered({ title: 'Nothing', ...nothing })).toMatchObject({
    tags: ['crowsnest'],
    panels: [],
    templating: { list: [] },
  });
});

test('finds inputs and variables of data sources in every notation', () => {
  const names = ['DS_TEST-CLUSTER', 'DS__A'];
  const references = [
    '${DS_TEST-CLUSTER}',
    { uid: '${DS_TEST-CLUSTER}' },
    '${DS__A:raw}',
    '$DS__A',
    '[[DS__A]]',
  ];
  const { panels = [] } = rendered({
    title: 'Inputs',
    __inputs: names.map((name) => ({ name, pluginId: 'prometheus' })),
    panels: references.map((datasource, id) => panel(id, { datasource })),
  });
  expect(panels.map((one) => (one as { datasource?: unknown }).datasource)).toEqual(
    references.map(() => ours),
  );
});

describe('a data source that only its former Grafana has', () => {
  const asked = (expr: string, more: object = {}) =>
    rendered({
      title: 'Named',
      panels: [panel(1, { datasource: 'Metrics', targets: [{ expr }], ...more })],
    }).panels?.[0];

  test.each<[string, string, object]>([
    ['a name', 'rate(up{job="$job"}[5m])', {}],
    ['the default', 'up', { datasource: 'default' }],
    ['a uid without a type', 'up', { datasource: { uid: 'P123' } }],
    [
      'that of a query',
      'up',
      { datasource: null, targets: [{ expr: 'up', datasource: 'Metrics' }] },
    ],
  ])('is that of the stack if its queries are PromQL: %s', (_, expr, more) => {
    const { datasource, targets } = asked(expr, more) as unknown as {
      readonly datasource: unknown;
      readonly targets: readonly { readonly datasource?: unknown }[];
    };
    expect(datasource ?? targets[0]?.datasource).toEqual(ours);
  });

  test.each<[string, object]>([
    ['sum(rate({app="a"} | json [1m]))', {}],
    ['{app="a"}', { type: 'logs' }],
    ['up', { datasource: '-- Mixed --' }],
    ['up', { datasource: { type: 'loki', uid: 'P123' } }],
  ])('stays if they may be of another store: %s %j', (expr, more) => {
    const { datasource = 'Metrics' } = more as { datasource?: unknown };
    expect(asked(expr, more)).toMatchObject({ datasource });
  });

  test('is decided by most of its queries', () => {
    const list = [
      { name: 'a', type: 'query', datasource: 'Metrics', query: 'label_values(up, a)' },
    ];
    const { panels } = rendered({
      title: 'Named',
      templating: { list },
      panels: [
        panel(1, { datasource: 'Metrics', targets: [{ expr: 'sum(up' }] }),
        panel(2, { datasource: 'Metrics', targets: [{ expr: 'up' }] }),
        panel(3, { datasource: 'InfluxDB', targets: [{ query: 'SELECT 1' }] }),
      ],
    });
    expect(panels).toMatchObject([
      { datasource: ours },
      { datasource: ours },
      { datasource: 'InfluxDB' },
    ]);
  });
});

test('keeps a variable without a name', () => {
  const list = [{ name: '', type: 'query', query: 'label_values(up, )' }];
  expect(rendered({ title: 'a', panels: [], templating: { list } }).templating).toEqual({ list });
});

describe('an input for expressions', () => {
  const withInput = (pluginId: string) =>
    rendered({
      __inputs: [{ name: 'DS_EXPRESSION', pluginId }],
      title: 'Sums',
      panels: [
        {
          type: 'stat',
          title: 'a',
          targets: [
            { datasource: { type: pluginId, uid: '${DS_EXPRESSION}' }, expression: '$A + $B' },
          ],
        },
      ],
    });

  test("is Grafana's own data source, without a variable", () => {
    const { panels, templating } = withInput('__expr__');
    expect(panels).toMatchObject([
      { targets: [{ datasource: { type: '__expr__', uid: '__expr__' } }] },
    ]);
    expect(templating?.list ?? []).toEqual([]);
  });

  test('is a variable if it is of another type', () => {
    expect(withInput('loki').templating?.list).toMatchObject([{ name: 'DS_EXPRESSION' }]);
  });
});
