import { expect, test } from 'vitest';
import type { ReadDashboard } from '../../src/model/dashboard.js';
import { samplesOf } from '../../src/promql/dashboard.js';

const sample = (variable: object): string | undefined =>
  samplesOf({ templating: { list: [{ name: 'a', ...variable }] } } as ReadDashboard).a;

test.each([
  [{ type: 'constant', query: 'by (job, instance)' }, 'by (job, instance)'],
  [{ type: 'constant', query: '' }, ''],
  [{ type: 'custom', query: '5m,1h' }, '5m'],
  [{ type: 'custom', query: 'Five minutes : 5m, An hour : 1h' }, '5m'],
  [{ type: 'custom', query: 'a\\,b, c' }, 'a,b'],
  [{ type: 'custom', query: 'a:b' }, 'a:b'],
  [{ type: 'custom', query: 'One : 1, Two : 2', current: { value: '2' } }, '2'],
  [{ type: 'interval', query: '1m,5m', current: { value: '$__auto_interval_a' } }, '1m'],
  [{ type: 'interval', query: '1m,5m', current: { value: '$__auto' } }, '1m'],
  [{ type: 'interval', query: '1m,5m', current: { value: '5m' } }, '5m'],
  [{ type: 'textbox', query: 'x, y' }, 'x, y'],
  [{ type: 'textbox', query: '' }, '.+'],
  [{ type: 'query', query: 'label_values(up, job)' }, '.+'],
  [{ type: 'query', current: { value: ['$__all'] } }, '.+'],
  [{ type: 'query', includeAll: true, allValue: 'a|b', current: { value: 'c' } }, 'a|b'],
])('a sample of the variable %j', (variable, value) => {
  expect(sample(variable)).toBe(value);
});
