import { expect, test } from 'vitest';
import { importDashboard } from '../../src/content/import-dashboard.js';

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

const dashboard = importDashboard(exported);
const json = dashboard.render({ uid: 'taken-over', jobs: new Set(), titles: new Map() });

test('is in the folder of imported dashboards, and its variables are known', () => {
  expect(dashboard).toMatchObject({ title: 'Taken over', folder: 'Imported', needs: [] });
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
    importDashboard({ ...exported, ...(own && { tags: own }) }).render({
      uid: 'a',
      jobs: new Set(),
      titles: new Map(),
    }).tags;
  expect(tags()).toEqual(['crowsnest']);
  expect(tags(['shop', 'crowsnest'])).toEqual(['shop', 'crowsnest']);
});

test('has a unique id for each panel', () => {
  const { panels = [] } = json as { panels?: { id?: number; panels?: { id?: number }[] }[] };
  expect(
    panels.flatMap(({ id, panels: folded = [] }) => [id, ...folded.map((one) => one.id)]),
  ).toEqual([2, 6, 7, 5]);
});
