import { describe, expect, test } from 'vitest';
import { type DashboardOptions, dashboard } from '../../src/content/dashboard.js';
import { stat } from '../../src/content/figure.js';
import { table } from '../../src/content/table.js';
import { cluster, labelVariable } from '../../src/content/variable.js';

const titles = new Map([
  ['node', { title: 'Node', variables: ['cluster', 'node'], ships: true }],
  ['jaeger', { title: 'Jaeger', variables: [], ships: false }],
]);

const panel = (title: string, more: object = {}) =>
  stat({ title, description: 'd', unit: 'short', queries: 'sum(up)', ...more });

const render = (options: Partial<DashboardOptions>, jobs: readonly string[] = []) =>
  dashboard({ title: 'Shop', description: 'd', folder: 'Shop', rows: [], ...options }).render({
    uid: 'shop',
    jobs: new Set(jobs),
    titles,
  });

const panelTitles = (options: Partial<DashboardOptions>, jobs: readonly string[]) =>
  render(options, jobs).panels?.map(({ title }) => title);

test('the uid is given, the folder is a tag as well', () => {
  expect(render({})).toMatchObject({ uid: 'shop', tags: ['crowsnest', 'shop'] });
});

describe('what an environment does not scrape', () => {
  const rows = [
    { title: 'Always', panels: [panel('a'), panel('b', { needs: ['jaeger'] })] },
    { title: 'Tracing', needs: ['jaeger'], panels: [panel('c')] },
    { title: 'Empty', panels: [panel('d', { needs: ['jaeger'] })] },
  ];

  test('leaves out the panels and rows that need it, and headings of nothing', () => {
    expect(panelTitles({ rows }, [])).toEqual(['Always', 'a']);
    expect(panelTitles({ rows }, ['jaeger'])).toEqual([
      ...['Always', 'a', 'b', 'Tracing', 'c', 'Empty', 'd'],
    ]);
  });
});

describe('links', () => {
  test('lead to dashboards under their titles, and keep time and variables', () => {
    expect(render({ links: ['node'] }).links).toMatchObject([
      { title: 'Node', url: '/d/node', keepTime: true, includeVars: true },
    ]);
  });

  test('to what does not ship are left out, to what nobody knows are kept for the check', () => {
    const urls = render({ links: ['jaeger', 'nde'] }).links?.map(({ url }) => url);
    expect(urls).toEqual(['/d/nde']);
  });

  test('of a value fill the variables of its labels, and keep the others', () => {
    const opens = { dashboard: 'node', by: ['node'] };
    const variables = [cluster, labelVariable('node', 'node_uname_info')];
    const { panels = [] } = render({
      variables,
      rows: [{ title: 'Row', panels: [panel('a', { opens })] }],
    });
    expect(panels[1]).toMatchObject({
      fieldConfig: {
        defaults: {
          links: [
            {
              title: 'Open Node',
              url: '/d/node?${__url_time_range}&${cluster:queryparam}&var-node=${__field.labels.node}',
            },
          ],
        },
      },
    });
  });

  test('of a column are on that column, with the labels for which there is a variable', () => {
    const { panels = [] } = render({
      rows: [
        {
          title: 'Row',
          panels: [
            table({
              title: 'Nodes',
              description: 'd',
              labels: { node: { title: 'Node', opens: 'node' }, disk: 'Disk' },
              columns: { Up: { unit: 'short', query: 'max by (node) (up)' } },
            }),
          ],
        },
      ],
    });
    expect(panels[1]).toMatchObject({
      fieldConfig: {
        overrides: [
          { matcher: { options: 'Up' } },
          {
            matcher: { id: 'byName', options: 'Node' },
            properties: [
              {
                id: 'links',
                value: [{ url: '/d/node?${__url_time_range}&var-node=${__data.fields["Node"]}' }],
              },
            ],
          },
        ],
      },
    });
  });
});

describe('a variable', () => {
  test('of which "All" is chosen matches series without the label as well', () => {
    expect(cluster).toMatchObject({
      name: 'cluster',
      query: { query: 'label_values(cluster)' },
      includeAll: true,
      allValue: '.*',
    });
  });

  test('of a single value has no "All"', () => {
    const one = labelVariable('node', 'node_uname_info', { single: true });
    expect(one).toMatchObject({ label: 'Node', multi: false, includeAll: false });
    expect(one).not.toHaveProperty('allValue');
  });
});

test('a collapsed row holds its panels, and takes the room of its heading alone', () => {
  const { panels } = render({
    rows: [
      { title: 'Folded', collapsed: true, panels: [panel('a')] },
      { title: 'Open', panels: [panel('b')] },
    ],
  });
  expect(panels).toMatchObject([
    { title: 'Folded', collapsed: true, panels: [{ id: 2, title: 'a', gridPos: { y: 1 } }] },
    { title: 'Open', id: 3, gridPos: { y: 1 } },
    { title: 'b', id: 4, gridPos: { y: 2 } },
  ]);
});
