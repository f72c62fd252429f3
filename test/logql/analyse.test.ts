import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/logql/analyse.js';
import { accepted, rejected } from './cases.js';

/** The faults of a query, each with its text. */
const faults = (text: string, variables?: Record<string, string>) =>
  analyse(text, variables).faults.map(({ from, to, message }) => [text.slice(from, to), message]);

describe('loki accepts', () => {
  test.each(accepted)('%s', (text, kind) => {
    expect(faults(text)).toEqual([]);
    expect(analyse(text).kind).toBe(kind);
  });
});

describe('loki rejects', () => {
  const cases = rejected.map(([text, place, message]) => [text, { place, message }] as const);
  test.each(cases)('%s', (text, { place, message }) => {
    const [first, ...others] = faults(text);
    expect(others).toEqual([]);
    expect(first?.[0]).toBe(place);
    if (message !== undefined) expect(first?.[1]).toBe(message);
  });
});

test.each([
  ['{a=b}', '"b"'],
  ["{a='b'}", '"b"'],
  ['{k8s.pod.name="b"}', 'k8s_pod_name'],
  ['{a="b"} | jsn', 'json'],
  ['{a="b"} | c', undefined],
])('what is meant by %s', (text, meant) => {
  expect(analyse(text).faults[0]?.suggestion).toBe(meant);
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
