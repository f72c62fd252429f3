import { describe, expect, test } from 'vitest';
import links from '../../src/checks/dashboard-links.js';
import { board, panel, shipping } from './dashboard.js';
import { withContent } from './query/content.js';

const templating = { list: [{ name: 'node', type: 'query' }] };
const carts = board([], { title: 'Carts', templating });

const run = (url: string) => {
  const linked = panel({
    fieldConfig: { defaults: { unit: 'short', links: [{ title: 'Go', url }] } },
  });
  return links
    .run(shipping({ shop: board([linked]), carts }))
    .map(({ message, value, suggestion }) => [message, value, suggestion]);
};

test.each([
  '/d/carts',
  '/d/carts?${__url_time_range}&var-node=${__value.text}',
  'https://example.com/d/else',
])('%s leads somewhere', (url) => {
  expect(run(url)).toEqual([]);
});

test('a dashboard that does not ship is found, with what was meant', () => {
  expect(run('/d/cart?var-node=a')).toEqual([
    ['No dashboard of this uid ships in this environment.', 'cart', 'carts'],
  ]);
});

test('a variable that the other dashboard does not have is found', () => {
  expect(run('/d/carts?var-nod=a')).toEqual([
    ["The dashboard 'carts' has no variable of this name.", 'nod', 'node'],
  ]);
});

test('links of the head, of panels and of columns are looked at', () => {
  const link = { title: 'Go', url: '/d/nowhere' };
  const column = { properties: [{ id: 'links', value: [link] }] };
  const linked = panel({ links: [link], fieldConfig: { defaults: {}, overrides: [column] } });
  expect(links.run(shipping({ shop: board([linked], { links: [link] }) }))).toHaveLength(3);
});

describe('the link of an alert', () => {
  const found = (url: string) =>
    links
      .run(
        withContent({
          rules: [{ alert: 'ShopDown', expr: 'up < 2', annotations: { dashboard_url: url } }],
        }),
      )
      .map(({ place: { file, line, path }, message }) => [`${file}:${line}`, path, message]);

  test('leads to a dashboard that ships, below whichever path Grafana is', () => {
    expect(found('https://example.com/d/shop?var-job={{ $labels.job | urlquery }}')).toEqual([]);
    expect(found('http://localhost:3000/grafana/d/shop')).toEqual([]);
  });

  test('to a dashboard that does not ship is found', () => {
    expect(found('https://example.com/grafana/d/shops')).toEqual([
      [
        'alerts/shop.ts:7',
        'alert ShopDown, dashboard_url',
        'No dashboard of this uid ships in this environment.',
      ],
    ]);
  });

  test('with a variable that the dashboard does not have is found', () => {
    expect(found('https://example.com/d/shop?var-pod=a')).toMatchObject([
      [expect.anything(), expect.anything(), "The dashboard 'shop' has no variable of this name."],
    ]);
  });
});
