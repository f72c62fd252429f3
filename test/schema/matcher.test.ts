import { expect, test } from 'vitest';
import { matcher, readMatcher } from '../../src/schema/alertmanager/matcher.js';

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
])('%s is a matcher', (text, label, operator, value) => {
  expect(readMatcher(text)).toEqual({ label, operator, value });
  expect(matcher.safeParse(text).success).toBe(true);
});

test.each([
  'severity',
  'severity=="critical"',
  '="critical"',
  '""="critical"',
  '{severity="critical"}',
  'a="b", c="d"',
  'a="b',
  'a=b c',
])('%s is no matcher', (text) => {
  expect(readMatcher(text)).toBeUndefined();
  expect(matcher.safeParse(text).success).toBe(false);
});

test('an invalid regular expression is reported only in a regular expression matcher', () => {
  expect(matcher.safeParse('team=~"a("').success).toBe(false);
  expect(matcher.safeParse('team="a("').success).toBe(true);
});
