import { describe, expect, test } from 'vitest';
import { matcher, matcherText, readMatchers } from '../../src/schema/alertmanager/matcher.js';

test.each([
  ['severity="critical"', 'severity', '=', 'critical'],
  ['severity=critical', 'severity', '=', 'critical'],
  [' team =~ "a|b" ', 'team', '=~', 'a|b'],
  ['team!~a.*', 'team', '!~', 'a.*'],
  ['path!="C:\\\\a \\"b\\""', 'path', '!=', 'C:\\a "b"'],
  ['path=~"\\d+"', 'path', '=~', '\\d+'],
  ['"a label"="a, b"', 'a label', '=', 'a, b'],
  ['team=""', 'team', '=', ''],
  ['team=', 'team', '=', ''],
  ['{severity="critical"}', 'severity', '=', 'critical'],
  ['{severity="critical",}', 'severity', '=', 'critical'],
  // Only the classic parser accepts these.
  ['{a="b"', 'a', '=', 'b'],
  ['a=b c', 'a', '=', 'b c'],
  ['team=~^(a|b)$', 'team', '=~', '^(a|b)$'],
  ["team='shop'", 'team', '=', "'shop'"],
  ['team=\u00fc', 'team', '=', 'ü'],
])('%s is a matcher', (text, label, operator, value) => {
  expect(readMatchers(text)).toEqual([{ label, operator, value }]);
  expect(matcher.safeParse(text).success).toBe(true);
});

test('a line can have several matchers', () => {
  const both = [
    { label: 'a', operator: '=', value: 'b, c' },
    { label: 'd', operator: '=~', value: 'e|f' },
  ];
  expect(readMatchers('a="b, c", d=~"e|f"')).toEqual(both);
  expect(readMatchers('{a="b, c",d=~e|f}')).toEqual(both);
});

test.each(['severity', 'severity=="critical"', '="critical"', 'a="b', ''])(
  '%s is no matcher',
  (text) => {
    expect(matcher.safeParse(text).success).toBe(false);
  },
);

test('an invalid regular expression is reported only in a regular expression matcher', () => {
  expect(matcher.safeParse('team=~"a("').success).toBe(false);
  expect(matcher.safeParse('team="a("').success).toBe(true);
});

describe('a written matcher', () => {
  test.each(['a', 'a "b"', 'C:\\d', 'two\nlines', 'ü', ''])('has the value %j', (value) => {
    const one = { label: 'team', operator: '=', value } as const;
    expect(readMatchers(matcherText(one))).toEqual([one]);
  });

  test('can have any label', () => {
    const one = { label: 'a label', operator: '!=', value: 'x' } as const;
    expect(matcherText(one)).toBe('"a label"!="x"');
    expect(readMatchers(matcherText(one))).toEqual([one]);
  });
});
