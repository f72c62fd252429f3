import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/logql/analyse.js';

/** The faults of a query, each with its text. */
const faults = (text: string, variables?: Record<string, string>) =>
  analyse(text, variables).faults.map(({ from, to, message }) => [text.slice(from, to), message]);

describe('loki accepts', () => {
  test.each([
    ['{app="a"}', 'lines'],
    ['{rate="x", count=~"a|b", c!="", d!~`e.*`}', 'lines'],
    ['({app="a"} |= "x" |~ `(?i)y` != "z" | json)', 'lines'],
    ['{app="a"} |= "x" or "y" # a comment {', 'lines'],
    ['{app="a"} |= ip("10.0.0.0/8") or ip("192.168.4.5-192.168.4.20")', 'lines'],
    ['{app="a"} | json | address = ip("::1") and b >= 250ms or c < 1.5KB', 'lines'],
    ['{app="a"} | json code="response.code", host | logfmt --strict | unpack', 'lines'],
    ['{app="a"} | regexp "(?P<status>\\\\d+)" | pattern `<_> - <method> <path>`', 'lines'],
    [
      '{app="a"} |> "<_> error <_>" | line_format `{{.msg}}` | label_format a=b, c=`{{.d}}`',
      'lines',
    ],
    ['{app="a"} | decolorize | drop a, b="c" | keep d', 'lines'],
    ['{app="a"} | logfmt | a="b" c!="d"', 'lines'],
    ['sum by (level) (count_over_time({app="a"} | json [5m]))', 'series'],
    ['SUM(Rate({app="a"}[1h30m])) BY (a) / 5 * 1e3', 'series'],
    ['topk(10, sum(rate({app="a"}[5m] offset 1d)) by (a, b)) > bool 5', 'series'],
    [
      'avg_over_time({app="a"} | unwrap duration_seconds(x) | __error__="" [5m] offset 5m) by (pod)',
      'series',
    ],
    [
      'quantile_over_time(0.99, ({app="a"} | logfmt | unwrap bytes(size))[5m]) without (a)',
      'series',
    ],
    ['rate_counter({app="a"} | unwrap x [5m]) or vector(0)', 'series'],
    ['approx_topk(5, count_over_time({app="a"}[5m]))', 'series'],
    ['sum(rate({a="b"}[5m])) / on (x) group_left (y) sum(rate({c="d"}[5m]))', 'series'],
    ['label_replace(rate({a="b"}[5m]), "x", "$1", "y", "(.*)")', 'series'],
    ['absent_over_time({a="b"}[5m])', 'series'],
    ['sum by (vector) (rate({label_replace="a"} | vector="b" [5m]))', 'series'],
  ])('%s', (text, kind) => {
    expect(faults(text)).toEqual([]);
    expect(analyse(text).kind).toBe(kind);
  });
});

describe('loki rejects', () => {
  const empty =
    'The selector matches all streams: Loki requires a matcher that does not match an empty value, such as namespace=~".+".';
  test.each([
    ['', '', 'The expression is empty.'],
    ['{app="a"', '{', "'{' has no closing bracket."],
    ['{app="a} |= "x"', '"', 'The string has no closing quote.'],
    ['{app=a}', 'a', "Unexpected 'a'."],
    ["{app='a'}", "'", undefined],
    ['{}', '}', undefined],
    ['{a=~".*"}', '{a=~".*"}', empty],
    ['sum(rate({a!="b", c=~"x|"}[5m]))', '{a!="b", c=~"x|"}', empty],
    ['{a=~"["}', '"["', undefined],
    ['{a="b"} |~ "(?!x)"', '"(?!x)"', undefined],
    ['{a="b"} |~ "x" or "["', '"["', undefined],
    ['{a="b"} | json | c=~"["', '"["', undefined],
    ['{a="b"} |= "\\d"', '\\d"', "Unknown escape sequence in the string: '\\d'."],
    [
      '{a="b"} | regexp "[(]\\\\(x"',
      '"[(]\\\\(x"',
      'The expression has no group, such as (?P<status>\\d+), from which a label comes.',
    ],
    [
      '{a="b"} | pattern "<_> x"',
      '"<_> x"',
      'The pattern has no capture, such as <method>, from which a label comes.',
    ],
    ['{a="b"} | pattern "<a><b>"', '"<a><b>"', 'A text is missing between the captures <a><b>.'],
    ['{a="b"} | pattern "<a> <a>"', '"<a> <a>"', 'The pattern has the capture <a> twice.'],
    ['{a="b"} |> "<a> x"', '"<a> x"', 'A line filter sets no label: use <_> instead of <a>.'],
    ['{a="b"} |= ip("x")', '"x"', 'This is no IP address, CIDR or range of addresses.'],
    ['{a="b"} |~ ip("::1")', '|~', 'Before ip(…), use |= or !=.'],
    ['{a="b"} | label_format c=d, c=e', 'c', "The label 'c' is set twice."],
    ['{a="b"} | label_format __error__=d', '__error__', 'Loki sets this label itself.'],
    [
      '{a="b"} | unwrap c',
      '| unwrap',
      'unwrap needs a function of a range, such as sum_over_time({…} | unwrap x [5m]).',
    ],
    ['{a="b" c="d"}', 'c', "Unexpected 'c'."],
    ['{of="b"}', 'of', "'of' is a word of LogQL, which Loki does not read as the name of a label."],
    ['{a="b"} | and="c"', 'and', undefined],
    ['{a="b"} | line_format "{{.c"', '"{{.c"', undefined],
    [
      '{a="b"} | label_format c=`{{ uper .d }}`',
      '`{{ uper .d }}`',
      'Invalid template: Unknown function.',
    ],
    ['rate({a="b"}[ 5m])', '[ 5m]', 'A range has no spaces: [5m].'],
    ['rate({a="b"})', ')', undefined],
    ['rate({a="b"}[5])', '5', undefined],
    ['sum_ovr_time({a="b"} | unwrap c [5m])', 'sum_ovr_time', "Unknown function 'sum_ovr_time'."],
    [
      'sum_over_time({a="b"}[5m])',
      'sum_over_time',
      'sum_over_time needs a number of the lines: | unwrap <label>.',
    ],
    [
      'count_over_time({a="b"} | unwrap c [5m])',
      'count_over_time',
      "count_over_time counts lines, and cannot use the number of 'unwrap'.",
    ],
    [
      'rate({a="b"}[5m]) by (c)',
      'by (c)',
      "rate allows neither 'by' nor 'without': use sum by (…) (rate(…)).",
    ],
    [
      'quantile_over_time({a="b"} | unwrap c [5m])',
      'quantile_over_time',
      'quantile_over_time needs a number before the range, such as 0.99.',
    ],
    ['rate(5, {a="b"}[5m])', '5', 'rate has no number as a parameter.'],
    ['topk(rate({a="b"}[5m]))', 'topk', 'topk needs a number, such as topk(10, …).'],
    ['topk(0, rate({a="b"}[5m]))', '0', 'The number of topk must be a whole number above 0.'],
    ['sum(5, rate({a="b"}[5m]))', '5', 'sum has no number as a parameter.'],
    ['sort(rate({a="b"}[5m])) by (c)', 'by (c)', "sort allows neither 'by' nor 'without'."],
    [
      '{a="b"} / rate({a="b"}[5m])',
      '{a="b"}',
      'This is a query for lines, with which Loki cannot calculate.',
    ],
    ['rate({a="b"}[5m]) or 1', '1', "A number cannot be an operand of 'or'."],
    ['label_replace(rate({a="b"}[5m]), "x", "$1", "y", "(")', '"("', undefined],
  ])('%s', (text, place, message) => {
    const [first, ...others] = faults(text);
    expect(others).toEqual([]);
    expect(first?.[0]).toBe(place);
    if (message !== undefined) expect(first?.[1]).toBe(message);
  });
});

describe('a variable of a dashboard', () => {
  test('is replaced by a sample', () => {
    expect(
      faults(
        'sum by ($by) (count_over_time({namespace=~"$namespace"} |~ "(?i)${search:regex}" [$__auto])) / $__range_s',
        { by: 'pod', namespace: '.+', search: 'x' },
      ),
    ).toEqual([]);
  });

  test('is reported if the dashboard does not have it', () => {
    expect(faults('{namespace="$namspace"}', { namespace: 'a' })).toEqual([
      ['$namspace', "Unknown dashboard variable 'namspace'."],
    ]);
  });

  test('is another one than in a query to Prometheus', () => {
    const [fault] = analyse('rate({a="b"}[$__rate_interval])').faults;
    expect(fault).toMatchObject({ from: 13, to: 29, suggestion: '__auto' });
  });

  test('is another one in a template', () => {
    expect(faults('{a="b"} | line_format `{{ $x := .c }}{{ if $x }}{{ $x }}{{ end }} $d`')).toEqual(
      [['$d', "Unknown dashboard variable 'd'."]],
    );
  });

  test('outside strings may be any part of a query', () => {
    expect(faults('{a="b"} | json | d > ${min} | $filter', { min: '.+', filter: '.+' })).toEqual(
      [],
    );
    expect(faults('rate({a="b"}[$range]) +', { range: '.+' })).toHaveLength(1);
  });

  test('has the place of the variable in the original text', () => {
    expect(faults('{a=~"$a"} |~ "["', { a: '.+' })[0]?.[0]).toBe('"["');
    expect(faults('{a=~"$a"}', { a: '.*' })[0]?.[0]).toBe('{a=~"$a"}');
  });
});

describe('the labels of the series', () => {
  test.each([
    ['sum by (a, b) (rate({x="y"}[5m]))', ['a', 'b']],
    ['sum(rate({x="y"}[5m])) by (a)', ['a']],
    ['sum(rate({x="y"}[5m]))', []],
    ['topk(5, sum by (a) (rate({x="y"}[5m])))', ['a']],
    ['(sum by (a) (rate({x="y"}[5m]))) / 5', ['a']],
    ['100 * sum by (a) (rate({x="y"}[5m])) > 5', ['a']],
    ['max_over_time({x="y"} | unwrap z [5m]) by (a)', ['a']],
    ['rate({x="y"}[5m])', undefined],
    ['sum without (a) (rate({x="y"}[5m]))', undefined],
    ['sum by (a) (rate({x="y"}[5m])) or sum by (b) (rate({x="y"}[5m]))', undefined],
    ['{x="y"}', undefined],
    ['vector(0)', []],
  ])('%s', (text, labels) => {
    expect(analyse(text).labels).toEqual(labels);
  });
});

test('the matchers of the streams are known', () => {
  expect(analyse('rate({a="b", c=~"d"} | e="f" [5m])').selectors).toMatchObject([
    {
      matchers: [
        { label: 'a', operator: '=', value: 'b' },
        { label: 'c', operator: '=~', value: 'd' },
      ],
    },
  ]);
});
