import { expect, test } from 'vitest';
import { adapted } from '../../src/content/adapted-range.js';

const adaptedTo = (interval: string, expr: string): string =>
  adapted({ recordings: [{ record: 'a:b', expr }], alerts: [] }, interval).recordings![0]!.expr;

test.each([
  ['30s', 'rate(a[5m])', 'rate(a[5m])'],
  ['75s', 'rate(a[5m])', 'rate(a[5m])'],
  ['76s', 'rate(a[5m])', 'rate(a[6m])'],
  [
    '2m',
    'sum(rate(a{b="[5m]"}[5m])) / sum(rate(c[1h]))',
    'sum(rate(a{b="[5m]"}[8m])) / sum(rate(c[1h]))',
  ],
  [
    '2m',
    'increase(a[5m] offset 1m) > increase(b[3m])',
    'increase(a[8m] offset 1m) > increase(b[8m])',
  ],
  [
    '2m',
    'max_over_time(a[5m]) + max_over_time(rate(a[5m])[10m:1m])',
    'max_over_time(a[5m]) + max_over_time(rate(a[8m])[10m:1m])',
  ],
  ['2m', 'a > 1', 'a > 1'],
])('every %s, %s is %s', (interval, expr, expected) => {
  expect(adaptedTo(interval, expr)).toBe(expected);
});
