import { expect, test } from 'vitest';
import type { Alert } from '../../src/content/alert-group.js';
import { mutantsOf } from './mutant.js';

const alert = (expr: string, rest: Partial<Alert> = {}): Alert => ({
  alert: 'Some',
  expr,
  severity: 'warning',
  summary: 'a',
  description: 'b',
  ...rest,
});

/** What becomes of an expression, by the way in which it is spoilt. */
const spoilt = (expr: string): [string, string][] =>
  mutantsOf({ alerts: [alert(expr)] }).map(({ operator, rules }) => [
    operator,
    rules.alerts[0]!.expr,
  ]);

test('a comparison is negated, and its threshold moved by a tenth', () => {
  expect(spoilt('a > 0.5')).toEqual([
    ['comparison', 'a <= 0.5'],
    ['threshold', 'a > ((0.5) * 1.1)'],
    ['threshold', 'a > ((0.5) * 0.9)'],
  ]);
});

test('a threshold may be computed, and zero is none', () => {
  expect(spoilt('a - time() < 3 * 86400').map(([, expr]) => expr)).toEqual([
    'a - time() >= 3 * 86400',
    'a - time() < ((3 * 86400) * 1.1)',
    'a - time() < ((3 * 86400) * 0.9)',
  ]);
  expect(spoilt('a == 0')).toEqual([['comparison', 'a != 0']]);
  expect(spoilt('a > b')).toEqual([['comparison', 'a <= b']]);
});

test('each matcher of each selector is dropped', () => {
  expect(spoilt('sum(a{b="c", d!="e"}) / sum(f{g=~"h"})').map(([, expr]) => expr)).toEqual([
    'sum(a{d!="e"}) / sum(f{g=~"h"})',
    'sum(a{b="c"}) / sum(f{g=~"h"})',
    'sum(a{b="c", d!="e"}) / sum(f{})',
  ]);
});

test('what must hold for a while need not', () => {
  const [mutant, ...others] = mutantsOf({ alerts: [alert('a', { for: '5m' })] });
  expect(others).toEqual([]);
  expect(mutant).toMatchObject({ operator: 'for', rule: 'Some', rules: { alerts: [alert('a')] } });
});

test('recording rules are spoilt as well', () => {
  const mutants = mutantsOf({ recordings: [{ record: 'a:b:c', expr: 'd{e="f"}' }], alerts: [] });
  expect(mutants).toMatchObject([{ rule: 'a:b:c', rules: { recordings: [{ expr: 'd{}' }] } }]);
});
