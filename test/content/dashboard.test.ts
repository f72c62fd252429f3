import { describe, expect, test } from 'vitest';
import { type DashboardOptions, dashboard } from '../../src/content/dashboard.js';
import { stat } from '../../src/content/figure.js';
import { table } from '../../src/content/table.js';
import { cluster, labelVariable } from '../../src/content/variable.js';
import type { Variable } from '../../src/model/dashboard.js';

const node = labelVariable('node', 'node_uname_info', { single: true });
const titles = new Map([
  ['node', { title: 'Node', variables: [cluster, node], ships: true }],
  ['jaeger', { title: 'Jaeger', variables: [], ships: false }],
]);
const severalClusters = ['configured:several-clusters'];

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

test('a dashboard has its uid, and its folder as a tag', () => {
  expect(render({})).toMatchObject({ uid: 'shop', tags: ['crowsnest', 'shop'] });
});

describe('an unscraped job', () => {
  const rows = [
    { title: 'Always', panels: [panel('a'), panel('b', { needs: ['jaeger'] })] },
    { title: 'Tracing', needs: ['jaeger'], panels: [panel('c')] },
    { title: 'Empty', panels: [panel('d', { needs: ['jaeger'] })] },
  ];

  test('removes the panels and rows that need it, and headings without panels', () => {
    expect(panelTitles({ rows }, [])).toEqual(['Always', 'a']);
    expect(panelTitles({ rows }, ['jaeger'])).toEqual([
      ...['Always', 'a', 'b', 'Tracing', 'c', 'Empty', 'd'],
    ]);
  });
});

describe('links', () => {
  test('have the titles of dashboards, and keep the time range', () => {
    expect(render({ links: ['node'] }).links).toMatchObject([
      { title: 'Node', url: '/d/node', keepTime: true, includeVars: false },
    ]);
  });

  const headOf = (...variables: Variable[]) =>
    render({ links: ['node'], variables }, severalClusters).links?.[0]?.url;

  test('keep the variables with the same meaning in the linked dashboard', () => {
    expect(headOf(cluster, labelVariable('node', 'kube_node_info', { single: true }))).toBe(
      '/d/node?${cluster:queryparam}&${node:queryparam}',
    );
    expect(headOf(labelVariable('node', 'shop_node_info', { single: true }))).toBe('/d/node');
  });

  test('do not pass several values to a variable with one value', () => {
    expect(headOf(labelVariable('node', 'kube_node_info'))).toBe('/d/node');
  });

  test('to dashboards that do not ship are left out, and unknown ones are kept for the check', () => {
    const urls = render({ links: ['jaeger', 'nde'] }).links?.map(({ url }) => url);
    expect(urls).toEqual(['/d/nde']);
  });

  test('in a value set the variables of its labels, and keep the others', () => {
    const opens = { dashboard: 'node', by: ['node'] };
    const variables = [cluster, labelVariable('node', 'node_uname_info')];
    const rows = [{ title: 'Row', panels: [panel('a', { opens })] }];
    const { panels = [] } = render({ variables, rows }, severalClusters);
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

  test('in a value can set a variable from a label with another name', () => {
    const opens = { dashboard: 'node', by: { node: 'instance' } };
    const { panels = [] } = render({
      rows: [{ title: 'Row', panels: [panel('a', { opens })] }],
    });
    const url = '/d/node?${__url_time_range}&var-node=${__field.labels.instance}';
    expect(panels[1]).toMatchObject({ fieldConfig: { defaults: { links: [{ url }] } } });
  });

  test('in a column are only in this column, and set variables from labels', () => {
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
          { matcher: { options: 'Node' } },
          { matcher: { options: 'Disk' } },
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
  test('with the value All matches the series that have the label', () => {
    expect(labelVariable('namespace', 'kube_pod_info')).toMatchObject({ allValue: '.+' });
  });

  test('for the cluster also matches series without the label, from a Prometheus of a single cluster', () => {
    expect(cluster).toMatchObject({
      name: 'cluster',
      query: { query: 'label_values(cluster)' },
      includeAll: true,
      allValue: '.*',
    });
  });

  test('with one value has no All', () => {
    const one = labelVariable('node', 'node_uname_info', { single: true });
    expect(one).toMatchObject({ label: 'Node', multi: false, includeAll: false });
    expect(one).not.toHaveProperty('allValue');
  });
});

describe('a single cluster', () => {
  const rows = [
    {
      title: 'Row',
      panels: [
        panel('first', { queries: 'sum(up{cluster=~"$cluster", job="a"})' }),
        panel('last', { queries: 'sum(up{job="a", cluster=~"$cluster"})' }),
        panel('alone', { queries: 'sum(up{cluster=~"$cluster"})' }),
        panel('middle', { queries: 'sum(up{a="b",cluster=~"$cluster",c="d"})' }),
      ],
    },
  ];
  const variables = [cluster, labelVariable('node', 'node_uname_info{cluster=~"$cluster"}')];
  const queries = (jobs: readonly string[]) => {
    const { panels = [], templating } = render({ rows, variables }, jobs);
    return {
      names: templating?.list?.map(({ name }) => name),
      definition: templating?.list?.at(-1)?.definition,
      // biome-ignore lint/suspicious/noExplicitAny: targets of any data source
      expressions: panels.slice(1).map((one: any) => one.targets[0].expr),
    };
  };

  test('has neither the variable nor its matchers', () => {
    expect(queries([])).toEqual({
      names: ['node'],
      definition: 'label_values(node_uname_info, node)',
      expressions: ['sum(up{job="a"})', 'sum(up{job="a"})', 'sum(up)', 'sum(up{a="b",c="d"})'],
    });
  });

  test('in a set of several has both', () => {
    const { names, expressions } = queries(severalClusters);
    expect(names).toEqual(['cluster', 'node']);
    expect(expressions[0]).toBe('sum(up{cluster=~"$cluster", job="a"})');
  });
});

test('a folder with the name of the stack tag adds no second tag', () => {
  expect(render({ folder: 'Crowsnest' }).tags).toEqual(['crowsnest']);
});

test('a collapsed row contains its panels, and needs only the height of its heading', () => {
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
