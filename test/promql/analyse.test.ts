import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/promql/analyse.js';
import type { Expression } from '../../src/promql/expression.js';

/** The faults of an expression, each with its text. */
const faults = (text: string, variables?: Record<string, string>) =>
  analyse(text, variables).faults.map(({ from, to, message }) => [text.slice(from, to), message]);

describe('prometheus accepts', () => {
  test.each([
    ['up', 'instant vector'],
    ['up[5m]', 'range vector'],
    ['1 + 2 * -3', 'scalar'],
    ['"text"', 'string'],
    ['vector(1)', 'instant vector'],
    ['scalar(up) > bool 1', 'scalar'],
    ['sum by (job, "utf8.label") (rate(x_total{a!~"b|c",}[5m]))', 'instant vector'],
    ['SUM(x) BY (a) / ON(a) GROUP_LEFT(b) (y * ignoring(c) z)', 'instant vector'],
    ['topk(5, x) unless on() count_values("v", y)', 'instant vector'],
    ['max_over_time(rate(x[5m])[1h:1m] offset -1d @ start())', 'instant vector'],
    ['x[1h30m] offset 5m @ 1603774568.5', 'range vector'],
    ['{"http.requests", job="a"}', 'instant vector'],
    ['{__name__=~"node_.+"}', 'instant vector'],
    ['label_replace(x, "a", "$1-${name}", "b", "(?P<name>.*)")', 'instant vector'],
    ["{a='it\\'s \\u00e9 \\x41 \\101'} # a comment {", 'instant vector'],
    ['sum(sum) by (by)', 'instant vector'],
    ['round(x)', 'instant vector'],
    ['a offset 5m - a offset 10m @ 1 * -b offset 1m', 'instant vector'],
    ['x offset -(5m) * 1./6.', 'instant vector'],
    ['1 </ 2', 'scalar'],
    ['hour()', 'instant vector'],
    ['label_join(x, "a", "-", "b", "c", "d")', 'instant vector'],
    ['x{a=~`\\d+`, b=""}', 'instant vector'],
    ['Inf + NaN + 0x1f + 1e3 + 1_000', 'scalar'],
    ['x > bool 1 == bool on() y', 'instant vector'],
  ])('%s', (text, type) => {
    expect(faults(text)).toEqual([]);
    expect(analyse(text).type).toBe(type);
  });
});

describe('prometheus rejects', () => {
  test.each([
    ['', '', 'The expression is empty.'],
    ['foo{a="b"', '{', "'{' has no closing bracket."],
    ['sum(rate(x[5m])', '(', "'(' has no closing bracket."],
    ['rate(x[5m))', ')', "')' does not match the opening '['."],
    ['x)', ')', "')' closes no bracket."],
    ['x{a="b}', '"b}', 'The string has no closing quote.'],
    ['x{a="\\q"}', '\\q"', "Unknown escape sequence in the string: '\\q'."],
    ['x ==', '', 'The expression is incomplete.'],
    ['2.5.', '.', "Unexpected '.'."],
    ['x y', 'y', "Unexpected 'y'."],
    ['raet(x[5m])', 'raet', "Unknown function 'raet'."],
    ['x offset 5mm', '5mm', "'5mm' is neither a number nor a duration."],
    ['x @ 100offset 5m', '100offset', "'100offset' is neither a number nor a duration."],
    ['sum by (a, without) (x)', 'without', 'A label with this name must be in quotes: "without".'],
    ['x[-5m]', '-5m', 'The duration must be greater than zero.'],
    ['x[0s]', '0s', 'The duration must be greater than zero.'],
    [
      'x[5m + 1m]',
      '5m + 1m',
      "Duration expressions such as '5m + 1m' are experimental: Prometheus rejects them without a feature flag.",
    ],
    ['rate(sum(x)[5m])', 'sum(x)[5m]', 'Only a selector can have a range.'],
    ['rate(x offset 5m[5m])', 'x offset 5m[5m]', 'The range must be before the offset.'],
    ['sum(x) offset 5m', 'sum(x)', 'Only a selector or a subquery can have an offset.'],
    ['x offset 1m offset 2m', 'x offset 1m offset 2m', 'The offset is set twice.'],
    ['x{a=~"(?=b)"}', '"(?=b)"', "Invalid regular expression: RE2 does not support '(?=b'."],
    [
      '{a=~".*"}',
      '{a=~".*"}',
      'The selector matches all series: at least one matcher must not match the empty string.',
    ],
    ['x{__name__="y"}', '__name__="y"', "The metric name is set twice: it is already 'x'."],
    ['rate(x)', 'x', "'rate' needs a range vector here, but this is an instant vector."],
    [
      'rate(rate(x[1m])[5m:][1m:])',
      'rate(x[1m])[5m:]',
      'A subquery needs an instant vector here, but this is a range vector.',
    ],
    ['sum(x[5m])', 'x[5m]', "'sum' needs an instant vector here, but this is a range vector."],
    ['topk(x)', 'topk(x)', "'topk' needs 2 parameters, but has 1."],
    ['clamp(x, 1)', 'clamp(x, 1)', "'clamp' needs 3 parameters, but has 2."],
    ['1 > 2', '>', "A comparison of two scalars needs 'bool'."],
    ['x + bool y', '+', "Only a comparison can have 'bool'."],
    ['x and 1', 'and', "'and' cannot be used with a scalar."],
    ['x + "a"', '"a"', "'+' cannot be used with a string."],
    ['-"a"', '-"a"', 'A string cannot have a sign.'],
    ['x / on(a) 2', '/', 'Only two instant vectors can be matched by labels.'],
    ['x and on(a) group_left() y', 'and', "'and' cannot have group_left."],
    ['x / on(a) group_left(a) y', 'a', "'a' cannot be in both on() and group_left()."],
    [
      'limitk(1, x)',
      'limitk(1, x)',
      "'limitk' is experimental: Prometheus rejects it without a feature flag.",
    ],
    [
      'sort_by_label(x, "a")',
      'sort_by_label(x, "a")',
      "'sort_by_label' is experimental: Prometheus rejects it without a feature flag.",
    ],
    [
      'x anchored',
      'x anchored',
      "'anchored' is experimental: Prometheus rejects it without a feature flag.",
    ],
    [
      'x + fill(0) y',
      'fill(0)',
      'Filling in missing series is experimental: Prometheus rejects it without a feature flag.',
    ],
  ])('%s', (text, part, message) => {
    expect(faults(text)).toContainEqual([part, message]);
  });

  test('several faults are reported together', () => {
    expect(faults('rate(x) + sum(y[5m])')).toHaveLength(2);
  });
});

describe('an expression of a dashboard', () => {
  test('can use variables of Grafana and of the dashboard', () => {
    const text = 'topk($n, rate(x{a=~"${node:regex}", b="[[b]]"}[$__rate_interval]) > $__range_s)';
    const { faults, selectors, varies } = analyse(text, { n: '5', node: '.*', b: 'x' });
    expect(faults).toEqual([]);
    expect(selectors[0]!.matchers.map(varies)).toEqual([true, true]);
    expect(
      analyse('x{a="$b", c="d"}', { b: '.+' }).selectors[0]!.matchers.map((one) => one.value),
    ).toEqual(['.+', 'd']);
  });

  test('has a fault at the place of an unknown variable', () => {
    expect(faults('x{a="$nod"}', { node: '.*' })).toEqual([
      ['$nod', "Unknown dashboard variable 'nod'."],
    ]);
  });

  test('has its faults at their places in the original text', () => {
    expect(faults('rate(x{n="$node"}[$__rate_interval]) + raet(y)', { node: '.*' })).toEqual([
      ['raet', "Unknown function 'raet'."],
    ]);
    expect(faults('x{a="$v"} + "a" + $v', { v: '1' })).toEqual([
      ['"a"', "'+' cannot be used with a string."],
    ]);
  });

  test('keeps the groups of a regular expression', () => {
    expect(faults('label_replace(x, "a", "$1", "b", "(.*)")', {})).toEqual([]);
  });
});

test('the selectors of an expression have their names, matchers and ranges', () => {
  const { selectors } = analyse('sum(rate(a{b="c", d!~"e"}[5m])) / {__name__="f", g=""}');
  expect(
    selectors.map(({ metric, range, matchers }) => ({
      metric,
      range,
      matchers: matchers.map(({ label, operator, value }) => `${label} ${operator} ${value}`),
    })),
  ).toEqual([
    { metric: 'a', range: 300, matchers: ['b = c', 'd !~ e'] },
    { metric: 'f', range: undefined, matchers: ['g = '] },
  ]);
});

test('operators group by precedence, and modifiers belong to the preceding operand', () => {
  const text = '-a offset 5m ^ 2 ^ b @ 1 + c[5m:] offset 1m * d or e == f';
  const shape = (one: Expression): string => {
    if (one.kind === 'binary') return `(${shape(one.left)} ${one.operator} ${shape(one.right)})`;
    if (one.kind === 'sign') return `-${shape(one.of)}`;
    return text.slice(one.from, one.to);
  };
  expect(shape(analyse(text).expression!)).toBe(
    '((-(a offset 5m ^ (2 ^ b @ 1)) + (c[5m:] offset 1m * d)) or (e == f))',
  );
});
