import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type BoundList, loadCatalogue } from '../src/catalogues/catalogue.js';
import { boundsOf, boundsOfDocumented, formatBounds, readBounds } from './catalogues/bounds.js';
import { parseExposition } from './catalogues/exposition.js';

const page = (...lines: string[]) => ({
  seen: 'live' as const,
  families: parseExposition(['# TYPE wait_seconds histogram', ...lines, ''].join('\n')),
});
const written = (pages: Parameters<typeof formatBounds>[0]): BoundList[] =>
  JSON.parse(formatBounds(pages));

test('the bounds are the finite ones of all series and all captures, sorted', () => {
  const found = boundsOf([
    page('wait_seconds_bucket{a="x",le="10"} 1', 'wait_seconds_bucket{le="2.5",a="y"} 1'),
    page('wait_seconds_bucket{le="0"} 0', 'wait_seconds_bucket{le="+Inf"} 1'),
  ]);
  expect(found).toEqual({ wait_seconds: [0, 2.5, 10] });
});

test('a histogram without series and a gauge with the label le have no bounds', () => {
  expect(boundsOf([page('# TYPE size gauge', 'size{le="1"} 1')])).toEqual({});
});

test('a documented histogram without series has the documented bounds, and no other one', () => {
  const seen = 'https://github.com/kubernetes/kubernetes/documentation-list.yaml#L1' as const;
  const metric = { labels: [], help: '' };
  const metrics = {
    known: { ...metric, seen, type: 'histogram' },
    unseen: { ...metric, seen, type: 'histogram' },
    gauge: { ...metric, seen, type: 'gauge' },
    live: { ...metric, seen: 'live', type: 'histogram' },
  } as const;
  const all = new Map(Object.keys(metrics).map((name) => [name, [1, 2]]));
  expect(boundsOfDocumented({ metrics }, { known: [3] }, all)).toEqual({ unseen: [1, 2] });
});

test('a list that several histograms have is written once', () => {
  const pages = { b: { two: [1, 2], one: [1, 2] }, a: { one: [1, 2], other: [3] } };
  expect(written(pages)).toEqual([
    { bounds: [1, 2], of: { a: ['one'], b: ['one', 'two'] } },
    { bounds: [3], of: { a: ['other'] } },
  ]);
  expect(readBounds(written(pages))).toEqual(pages);
});

test('each captured list is of histograms in their catalogue, sorted, and finite', () => {
  const file = resolve(import.meta.dirname, '../src/catalogues/series/bounds.json');
  const pages = readBounds(JSON.parse(readFileSync(file, 'utf8')));
  expect(Object.keys(pages).length).toBeGreaterThan(0);
  for (const [page, histograms] of Object.entries(pages)) {
    const { metrics } = loadCatalogue(page);
    for (const [name, bounds] of Object.entries(histograms)) {
      expect([name, metrics[name]?.type]).toEqual([name, 'histogram']);
      expect([name, bounds]).toEqual([name, [...new Set(bounds)].sort((a, b) => a - b)]);
    }
  }
});
