import { describe, expect, test } from 'vitest';
import links from '../../src/checks/dashboards/dashboard-links.js';
import { board, panel, shipping } from './dashboard.js';
import { withContent } from './query/content.js';

const variable = (name: string, query: string, several = true) => ({
  name,
  type: 'query',
  query: { query },
  multi: several,
  includeAll: several,
});
const templating = { list: [variable('node', 'label_values(kube_node_info, node)')] };
const carts = board([], { title: 'Carts', templating });

const run = (url: string) => {
  const linked = panel({
    fieldConfig: { defaults: { unit: 'short', links: [{ title: 'Go', url }] } },
  });
  return links
    .run(shipping({ shop: board([linked]), carts }))
    .map(({ fault, value, suggestion }) => [fault, value, suggestion]);
};

test.each([
  '/d/carts',
  '/d/carts?${__url_time_range}&var-node=${__value.text}',
  'https://example.com/d/else',
])('%s leads to a dashboard', (url) => {
  expect(run(url)).toEqual([]);
});

test('a link to an unknown dashboard is reported with a suggestion', () => {
  expect(run('/d/cart?var-node=a')).toEqual([['unknown-dashboard', 'cart', 'carts']]);
});

test('a variable that the linked dashboard does not have is reported', () => {
  expect(run('/d/carts?var-nod=a')).toEqual([['unknown-variable', 'nod', 'node']]);
});

test('links of the dashboard, of panels and of columns are checked', () => {
  const link = { title: 'Go', url: '/d/nowhere' };
  const column = { properties: [{ id: 'links', value: [link] }] };
  const linked = panel({ links: [link], fieldConfig: { defaults: {}, overrides: [column] } });
  expect(links.run(shipping({ shop: board([linked], { links: [link] }) }))).toHaveLength(3);
});

describe('a link', () => {
  const own = [
    variable('namespace', 'label_values(kube_pod_info, namespace)'),
    variable('pod', 'label_values(prometheus_build_info, pod)'),
    variable('node', 'label_values(kube_node_info, node)', false),
  ];
  const target = (list: unknown[]) => board([], { title: 'Carts', templating: { list } });
  const found = (url: string, list: unknown[], more: object = {}) =>
    links
      .run(
        shipping({
          shop: board([], { links: [{ title: 'Go', url, ...more }], templating: { list: own } }),
          carts: target(list),
        }),
      )
      .map(({ fault }) => fault);

  test('can pass variables with the same meaning', () => {
    const list = [
      variable('namespace', 'label_values(container_last_seen, namespace)'),
      variable('node', 'label_values(node_uname_info, node)', false),
    ];
    expect(found('/d/carts?${namespace:queryparam}&${node:queryparam}', list)).toEqual([]);
  });

  test('must not pass a variable with another meaning', () => {
    const list = [variable('pod', 'label_values(alertmanager_build_info, pod)')];
    expect(found('/d/carts?${pod:queryparam}', list)).toEqual(['wrong-variable']);
  });

  test.each([
    ['/d/carts?${namespace:queryparam}', {}],
    ['/d/carts?var-namespace=$namespace', {}],
    ['/d/carts', { includeVars: true }],
  ])('must not pass a list to a variable with one value: %s', (url, more) => {
    const list = own.map((one) => ({ ...one, multi: false, includeAll: false }));
    expect(found(url, list, more)[0]).toBe('wrong-variable');
  });

  test('must not pass a variable that the linked dashboard does not have', () => {
    expect(found('/d/carts?${__all_variables}', own.slice(1))).toEqual(['wrong-variable']);
  });

  test('must set each variable with one value', () => {
    const list = [variable('node', 'label_values(node_uname_info, node)', false)];
    expect(found('/d/carts', list)).toEqual(['unset-variable']);
    expect(found('/d/carts?var-node=a', list)).toEqual([]);
  });
});

describe('the value in a link', () => {
  const found = (source: string, expr: string, more: object = {}) =>
    links
      .run(
        shipping({
          shop: board([
            panel({
              targets: [{ refId: 'A', expr }],
              fieldConfig: {
                defaults: { links: [{ title: 'Go', url: `/d/carts?var-node=${source}` }] },
              },
              ...more,
            }),
          ]),
          carts,
        }),
      )
      .map(({ fault, value }) => [fault, value]);

  test('must be a label of all series', () => {
    const label = '${__field.labels.node}';
    expect(found(label, 'sum by (node) (node_load1)')).toEqual([]);
    expect(found(label, 'sum by (job) (node_load1)')).toEqual([
      ['unknown-label', 'sum by (job) (node_load1)'],
    ]);
  });

  test('must be a column of the table', () => {
    const transformations = [{ id: 'organize', options: { renameByName: { node: 'Node' } } }];
    const of = (column: string) =>
      found(`\${__data.fields["${column}"]}`, 'node_load1', { transformations });
    expect(of('Node')).toEqual([]);
    expect(of('node')).toEqual([['unknown-column', 'node']]);
  });
});

describe('the link of an alert', () => {
  const found = (url: string) =>
    links
      .run(
        withContent({
          rules: [{ alert: 'ShopDown', expr: 'up < 2', annotations: { dashboard_url: url } }],
        }),
      )
      .map(({ place: { file, line, path }, fault }) => [`${file}:${line}`, path, fault]);

  test('leads to a shipped dashboard, with any path of Grafana', () => {
    expect(found('https://example.com/d/shop?var-job={{ $labels.job | urlquery }}')).toEqual([]);
    expect(found('http://localhost:3000/grafana/d/shop')).toEqual([]);
  });

  test('to an unknown dashboard is reported', () => {
    expect(found('https://example.com/grafana/d/shops')).toEqual([
      ['alerts/shop.ts:7', 'alert ShopDown, dashboard_url', 'unknown-dashboard'],
    ]);
  });

  test('with an unknown variable is reported', () => {
    expect(found('https://example.com/d/shop?var-pod=a')).toMatchObject([
      [expect.anything(), expect.anything(), 'unknown-variable'],
    ]);
  });
});

test('links of an imported dashboard to several unknown dashboards are one finding', () => {
  const linked = panel({
    fieldConfig: {
      defaults: {
        unit: 'short',
        links: [
          { title: 'One', url: '/d/one' },
          { title: 'Two', url: '/d/two' },
        ],
      },
    },
  });
  const input = shipping({ shop: board([linked]), carts });
  const found = (file: string) =>
    links
      .run({
        ...input,
        sources: { 'dashboards/shop': { file, shipped: false, lineOf: () => undefined } },
      })
      .map(({ fault, severity, value }) => [fault, severity, value]);
  expect(found('dashboards/shop.json')).toEqual([['unknown-dashboard', 'warning', 'one, two']]);
  expect(found('dashboards/shop.ts').map(([, , value]) => value)).toEqual(['one', 'two']);
});
