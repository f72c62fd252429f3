import { expect, test } from 'vitest';
import { timeSeries } from '../../src/content/chart.js';
import { dashboard } from '../../src/content/dashboard.js';

const linksOf = (tracesOf: string, jobs: readonly string[] = ['jaeger']) => {
  const chart = timeSeries({
    title: 't',
    description: 'd',
    unit: 'short',
    queries: 'up',
    tracesOf,
  });
  const rows = [{ title: 'Row', panels: [chart] }];
  const { panels = [] } = dashboard({ title: 'T', description: 'd', folder: 'F', rows }).render({
    uid: 't',
    jobs: new Set(jobs),
    titles: new Map(),
  });
  const [, shown] = panels as { fieldConfig?: { defaults: { links?: { url: string }[] } } }[];
  return shown?.fieldConfig?.defaults.links?.map(({ url }) => url);
};

/** The link after Grafana has replaced its variables. */
const opened = (url: string) => {
  const { searchParams, pathname } = new URL(
    url
      .replace('${__field.labels.service_name:percentencode}', encodeURIComponent('a & b'))
      .replace('${__from}', '1000')
      .replace('${__to}', '2000'),
    'https://grafana.example.com',
  );
  return { pathname, panes: JSON.parse(searchParams.get('panes')!) };
};

test.each([
  ['orders "1" & co', 'orders "1" & co'],
  ['{{service_name}}', 'a & b'],
])('a click opens the traces of %s in the shown time', (tracesOf, service) => {
  const [url = ''] = linksOf(tracesOf) ?? [];
  expect(opened(url)).toEqual({
    pathname: '/explore',
    panes: {
      traces: {
        datasource: 'jaeger',
        queries: [
          {
            refId: 'A',
            datasource: { type: 'jaeger', uid: 'jaeger' },
            queryType: 'search',
            service,
          },
        ],
        range: { from: '1000', to: '2000' },
      },
    },
  });
});

test('without Jaeger, there is no link', () => {
  expect(linksOf('orders', [])).toBeUndefined();
});
