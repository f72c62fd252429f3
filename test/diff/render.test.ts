import pc from 'picocolors';
import { expect, test } from 'vitest';
import { abbreviated } from '../../src/diff/abbreviate.js';
import type { Change } from '../../src/diff/change.js';
import { changesAsMarkdown } from '../../src/diff/markdown.js';
import { changeLine, tally } from '../../src/diff/tally.js';
import { changesAsText } from '../../src/diff/text.js';
import { changesOf, panels, rules } from './pair.js';

const alert = (expr: string) => ({ alert: 'NoOrders', expr, labels: { severity: 'critical' } });
const merge = (expr: string, query: string) => ({
  ...rules(alert(expr)),
  dashboards: panels({ Orders: query }).dashboards,
});

const changes = changesOf(
  { content: merge('prometheus_tsdb_head_series < 3', 'prometheus_tsdb_head_series') },
  {
    content: merge('prometheus_tsdb_head_series < 5', 'sum(prometheus_tsdb_head_series)'),
    options: {
      labels: { team: 'platform' },
      prometheus: { retention: '9d', memory: '4Gi', memoryLimit: '4Gi' },
      jaeger: { enabled: false },
    },
  },
);

test('changes are written as text', async () => {
  await expect(changesAsText(changes, pc.createColors(false))).toMatchFileSnapshot('changes.txt');
});

test('changes are written as Markdown', async () => {
  await expect(changesAsMarkdown(changes)).toMatchFileSnapshot('changes.md');
});

test('changes are counted in one line', () => {
  expect(tally(changes)).toMatchInlineSnapshot(
    `"6 workloads restart, 1 workload removed, 1 image, 2 resources, 1 alert, 3 scrape jobs, 1 dashboard, 6 connections, 5 configuration settings, 3 other objects"`,
  );
  expect(changeLine(changes)).toMatchInlineSnapshot(
    `"6 workloads restart, 1 workload removed, 1 image, 2 resources, 19 other changes"`,
  );
  expect(changeLine([])).toBe('no effect in the cluster');
});

const change = (subject: string, details: Change['details'] = []): Change => ({
  section: 'objects',
  kind: 'changed',
  subject,
  details,
});

test('Markdown of texts with backticks, bars and line breaks stays in its code', () => {
  const details = [{ what: 'a', before: 'x `y` ``', after: '|\n# z' }];
  expect(changesAsMarkdown([change('<b>', details)])).toBe(
    '#### Other objects\n- `<b>`: `a` ``` x `y` `` ``` → `| # z`',
  );
});

test('a long section is folded in Markdown', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    change(`Service ${index}`, [{ what: 'port', before: `${index}`, after: `${index + 1}` }]),
  );
  expect(changesAsMarkdown(many)).toMatch(/^<details><summary><b>Other objects<\/b> \(30 lines\)/);
});

test.each([
  ['a < 1', 'a < 2', 'a < 1', 'a < 2'],
  [
    'histogram_quantile(0.99, sum by (le) (rate(latency_bucket{job="shop"}[5m]))) > 0.5',
    'histogram_quantile(0.99, sum by (le) (rate(latency_bucket{job="shop"}[5m]))) > 0.75',
    '… > 0.5',
    '… > 0.75',
  ],
  ['one|two|three|four|five', 'one|two|three|four|six|five', '…|…', '…|six|…'],
])('%j and %j are abbreviated', (before, after, ...expected) => {
  expect(abbreviated(before, after)).toEqual(expected);
});
