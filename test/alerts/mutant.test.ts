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

/** The mutants of an expression, with their operators. */
const mutated = (expr: string): [string, string][] =>
  mutantsOf({ alerts: [alert(expr)] }).map(({ operator, rules }) => [
    operator,
    rules.alerts[0]!.expr,
  ]);

test('a comparison is negated, and its threshold is multiplied by 1.1 and 0.9', () => {
  expect(mutated('a > 0.5')).toEqual([
    ['comparison', 'a <= 0.5'],
    ['threshold', 'a > ((0.5) * 1.1)'],
    ['threshold', 'a > ((0.5) * 0.9)'],
  ]);
});

test('a threshold can be computed, and zero is not a threshold', () => {
  expect(mutated('a - time() < 3 * 86400').map(([, expr]) => expr)).toEqual([
    'a - time() >= 3 * 86400',
    'a - time() < ((3 * 86400) * 1.1)',
    'a - time() < ((3 * 86400) * 0.9)',
  ]);
  expect(mutated('a == 0')).toEqual([['comparison', 'a != 0']]);
  expect(mutated('a > b')).toEqual([['comparison', 'a <= b']]);
});

test('each matcher of each selector is removed', () => {
  expect(mutated('sum(a{b="c", d!="e"}) / sum(f{g=~"h"})').map(([, expr]) => expr)).toEqual([
    'sum(a{d!="e"}) / sum(f{g=~"h"})',
    'sum(a{b="c"}) / sum(f{g=~"h"})',
    'sum(a{b="c", d!="e"}) / sum(f{})',
  ]);
});

test('the field `for` is removed', () => {
  const [mutant, ...others] = mutantsOf({ alerts: [alert('a', { for: '5m' })] });
  expect(others).toEqual([]);
  expect(mutant).toMatchObject({ operator: 'for', rule: 'Some', rules: { alerts: [alert('a')] } });
});

test('recording rules are also mutated', () => {
  const mutants = mutantsOf({ recordings: [{ record: 'a:b:c', expr: 'd{e="f"}' }], alerts: [] });
  expect(mutants).toMatchObject([{ rule: 'a:b:c', rules: { recordings: [{ expr: 'd{}' }] } }]);
});
