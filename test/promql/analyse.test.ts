import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/promql/analyse.js';
import type { Expression } from '../../src/promql/expression.js';

/** The faults of an expression, each with the text that it is about. */
const faults = (text: string, variables?: Record<string, string>) =>
  analyse(text, variables).faults.map(({ from, to, message }) => [text.slice(from, to), message]);

describe('prometheus takes', () => {
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

describe('prometheus refuses', () => {
  test.each([
    ['', '', 'There is no expression.'],
    ['foo{a="b"', '{', "The '{' is not closed."],
    ['sum(rate(x[5m])', '(', "The '(' is not closed."],
    ['rate(x[5m))', ')', "This ')' closes what a '[' has opened."],
    ['x)', ')', "Nothing is open that this ')' closes."],
    ['x{a="b}', '"b}', 'The string is not closed.'],
    ['x{a="\\q"}', '\\q"', "The string has an escape that Prometheus does not know: '\\q'."],
    ['x ==', '', 'The expression ends where more has to follow.'],
    ['2.5.', '.', "'.' cannot stand here."],
    ['x y', 'y', "'y' cannot stand here."],
    ['raet(x[5m])', 'raet', "There is no function 'raet'."],
    ['x offset 5mm', '5mm', "'5mm' is neither a number nor a duration."],
    ['x @ 100offset 5m', '100offset', "'100offset' is neither a number nor a duration."],
    [
      'sum by (a, without) (x)',
      'without',
      'A label of this name has to stand in quotes: "without".',
    ],
    ['x[-5m]', '-5m', 'The duration has to be greater than zero.'],
    ['x[0s]', '0s', 'The duration has to be greater than zero.'],
    [
      'x[5m + 1m]',
      '5m + 1m',
      "Prometheus calculates durations such as '5m + 1m' only as an experiment.",
    ],
    ['rate(sum(x)[5m])', 'sum(x)[5m]', 'Only a selector may have a range.'],
    ['rate(x offset 5m[5m])', 'x offset 5m[5m]', 'The offset has to follow the range.'],
    ['sum(x) offset 5m', 'sum(x)', 'Only a selector and a subquery may have an offset.'],
    ['x offset 1m offset 2m', 'x offset 1m offset 2m', 'The offset is set twice.'],
    ['x{a=~"(?=b)"}', '"(?=b)"', "The regular expression is at fault: RE2 has no '(?=b'."],
    [
      '{a=~".*"}',
      '{a=~".*"}',
      'The selector takes every series: one matcher at least must not match the empty string.',
    ],
    ['x{__name__="y"}', '__name__="y"', "The metric has a name already: 'x'."],
    ['rate(x)', 'x', "'rate' takes a range vector here, and this is an instant vector."],
    [
      'rate(rate(x[1m])[5m:][1m:])',
      'rate(x[1m])[5m:]',
      'A subquery takes an instant vector here, and this is a range vector.',
    ],
    ['sum(x[5m])', 'x[5m]', "'sum' takes an instant vector here, and this is a range vector."],
    ['topk(x)', 'topk(x)', "'topk' takes 2 parameters, and has 1."],
    ['clamp(x, 1)', 'clamp(x, 1)', "'clamp' takes 3 parameters, and has 2."],
    ['1 > 2', '>', "A comparison of two scalars needs 'bool'."],
    ['x + bool y', '+', "Only a comparison may have 'bool'."],
    ['x and 1', 'and', "'and' takes no scalar."],
    ['x + "a"', '"a"', "'+' takes no string."],
    ['-"a"', '-"a"', 'A string has no sign.'],
    ['x / on(a) 2', '/', 'Only two instant vectors can be matched by labels.'],
    ['x and on(a) group_left() y', 'and', "'and' takes no group_left."],
    ['x / on(a) group_left(a) y', 'a', "'a' cannot be both matched on and taken over."],
    ['limitk(1, x)', 'limitk(1, x)', "Prometheus takes 'limitk' only as an experiment."],
    [
      'sort_by_label(x, "a")',
      'sort_by_label(x, "a")',
      "Prometheus takes 'sort_by_label' only as an experiment.",
    ],
    ['x anchored', 'x anchored', "Prometheus takes 'anchored' only as an experiment."],
    ['x + fill(0) y', 'fill(0)', 'Prometheus fills in missing series only as an experiment.'],
  ])('%s', (text, part, message) => {
    expect(faults(text)).toContainEqual([part, message]);
  });

  test('several things at once', () => {
    expect(faults('rate(x) + sum(y[5m])')).toHaveLength(2);
  });
});

describe('an expression of a dashboard', () => {
  test('may have the variables of Grafana and of the dashboard', () => {
    const text = 'topk($n, rate(x{a=~"${node:regex}", b="[[b]]"}[$__rate_interval]) > $__range_s)';
    const { faults, selectors, varies } = analyse(text, { n: '5', node: '.*', b: 'x' });
    expect(faults).toEqual([]);
    expect(selectors[0]!.matchers.map(varies)).toEqual([true, true]);
    expect(
      analyse('x{a="$b", c="d"}', { b: '.+' }).selectors[0]!.matchers.map((one) => one.value),
    ).toEqual(['.+', 'd']);
  });

  test('is at fault where a variable is missing, and says so at its place', () => {
    expect(faults('x{a="$nod"}', { node: '.*' })).toEqual([
      ['$nod', "The dashboard has no variable 'nod'."],
    ]);
  });

  test('has its faults where they stand in the text as it was written', () => {
    expect(faults('rate(x{n="$node"}[$__rate_interval]) + raet(y)', { node: '.*' })).toEqual([
      ['raet', "There is no function 'raet'."],
    ]);
    expect(faults('x{a="$v"} + "a" + $v', { v: '1' })).toEqual([['"a"', "'+' takes no string."]]);
  });

  test('leaves alone the groups of a regular expression', () => {
    expect(faults('label_replace(x, "a", "$1", "b", "(.*)")', {})).toEqual([]);
  });
});

test('the selectors of an expression are known with their names, matchers and ranges', () => {
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

test('operators group by their precedence, and modifiers belong to what stands right before them', () => {
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
