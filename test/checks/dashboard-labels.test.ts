import { expect, test } from 'vitest';
import labels from '../../src/checks/dashboards/dashboard-labels.js';
import { board, panel, shipping } from './dashboard.js';
import type { Mutable } from './input.js';

const templating = { list: [{ name: 'by', type: 'custom', query: 'pod,node' }] };
const run = (target: Mutable, more: Mutable = {}, extension: 'ts' | 'json' = 'ts') =>
  labels.run(
    shipping(
      {
        shop: board(
          [panel({ type: 'timeseries', targets: [{ refId: 'A', ...target }], ...more })],
          {
            templating,
          },
        ),
      },
      extension,
    ),
  );

test.each([
  ['sum by (job) (up)', '{{pod}}', 'pod'],
  ['sum by (job) (up)', '{{job}} of {{ pod }}', 'pod'],
  ['sum(up)', '{{job}}', 'job'],
  ['sum without (pod) (up)', '{{pod}}', 'pod'],
  ['histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))', '{{le}}', 'le'],
  ['sum by (pod) (x) / on (pod) group_left sum by (pod, node) (y)', '{{node}}', 'node'],
  ['max by (node) (x) * on (node) max by (node, os) (y)', '{{os}}', 'os'],
])('%s has no label for %s', (expr, legendFormat, label) => {
  const found = run({ expr, legendFormat });
  expect(found.map(({ fault, message }) => [fault, message])).toEqual([
    ['lost-in-legend', expect.stringContaining(`'${label}'`)],
  ]);
});

test.each([
  ['sum by (pod) (up)', '{{pod}}'],
  ['sum by (pod) (up)', 'pods'],
  ['sum by (pod) (up)', '__auto'],
  ['sum by (job, pod) (x)', '{{job}} {{pod}}'],
  ['x', '{{anything}}'],
  ['sum without (job) (x)', '{{anything}}'],
  ['sum by ($by) (x)', '{{pod}}'],
  ['label_replace(sum by (job) (x), "pod", "$1", "job", "(.*)")', '{{pod}}'],
  ['count_values("version", x)', '{{version}}'],
  ['sum by (pod) (x) * on (pod) group_left (node) y', '{{node}}'],
  ['sum by (pod) (x) or y', '{{node}}'],
  ['topk(3, x)', '{{node}}'],
  ['sum(', '{{node}}'],
])('%s with the legend %s is accepted', (expr, legendFormat) => {
  expect(run({ expr, legendFormat })).toEqual([]);
});

test('the legend of a query that is hidden, of a table or of another data source is not used', () => {
  const lost = { expr: 'sum(up)', legendFormat: '{{pod}}' };
  expect(run({ ...lost, hide: true })).toEqual([]);
  expect(run({ ...lost, format: 'table' })).toEqual([]);
  expect(run({ ...lost, datasource: { type: 'loki', uid: 'logs' } })).toEqual([]);
});

test('it is an error in TypeScript, but a warning in the JSON of others and where no name is shown', () => {
  const severity = (type: string, extension: 'ts' | 'json') =>
    run({ expr: 'sum(up)', legendFormat: '{{pod}}' }, { type }, extension)[0]?.severity;
  expect(severity('timeseries', 'ts')).toBe('error');
  expect(severity('stat', 'ts')).toBe('warning');
  expect(severity('timeseries', 'json')).toBe('warning');
});

test('a label that the jobs of the stack do not have is reported only in TypeScript', () => {
  const misspelt = { expr: 'up', legendFormat: '{{nodee}}' };
  expect(run(misspelt).map(({ fault }) => fault)).toEqual(['lost-in-legend']);
  expect(run(misspelt, {}, 'json')).toEqual([]);
});

const table = (expr: string, renameByName: object, steps: object[] = []) =>
  run(
    { expr, format: 'table' },
    { type: 'table', transformations: [...steps, { id: 'organize', options: { renameByName } }] },
  ).map(({ fault, value }) => [fault, value]);

test('a column shows a label that a query returns, the time or a value', () => {
  const expr = 'sum by (job) (up)';
  expect(table(expr, { job: 'Job', pod: 'Pod' })).toEqual([['lost-column', 'pod']]);
  expect(table(expr, { job: 'Job', Time: 'At', Value: 'Up', 'Value #A': 'Up' })).toEqual([]);
  expect(table('up{job="x"}', { pod: '' })).toEqual([]);
  expect(table('x', { anything: 'Anything' })).toEqual([]);
  expect(table(expr, { total: 'Total' }, [{ id: 'calculateField' }])).toEqual([]);
});
