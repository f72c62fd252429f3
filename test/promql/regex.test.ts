import { describe, expect, test } from 'vitest';
import { anchored, regexFault } from '../../src/promql/regex.js';

describe('a regular expression', () => {
  test.each([
    'a|b||c',
    '(?i)abc(?-i:D)',
    '(?P<name>a+)(?<other>b*?)',
    '[[:alpha:]_\\d\\-x-z]+[^]a][]a][a-]',
    '\\pL\\p{Greek}\\p{^Lu}\\PN\\p{Any}',
    '\\Q*not a pattern(\\E+',
    'a{3}b{2,}c{1,1000}d{x}e{',
    '\\x41\\x{1F600}\\07\\123\\.\\_\\a\\z\\A\\b\\B',
    '^$.',
    '',
    'x*?y+?z??',
    '[\\t-\\r]',
    '(a|)+',
  ])('%s is accepted', (pattern) => {
    expect(regexFault(pattern)).toBeUndefined();
  });

  test.each([
    ['(?=a)', "RE2 does not support '(?=a'"],
    ['(?<!a)', "RE2 does not support '(?<!'"],
    ['(a)\\1', "RE2 does not support '\\1'"],
    ['\\Z', "RE2 does not support '\\Z'"],
    ['\\u0041', "RE2 does not support '\\u'"],
    ['\\', "RE2 does not support '\\'"],
    ['(a', "'(' has no matching ')'"],
    ['a)', "')' has no matching '('"],
    ['[a', "'[' has no matching ']'"],
    ['[z-a]', "the character range before 'a]' is invalid"],
    ['[[:foo:]]', "unknown character class '[:foo:]'"],
    ['\\p{Nonsense}', "unknown character class '\\p{Nonsense}'"],
    ['*a', "'*' has nothing to repeat"],
    ['a|+', "'+' has nothing to repeat"],
    ['a**', "'**' repeats a quantifier"],
    ['a++', "'++' repeats a quantifier"],
    ['a{1001}', 'the repeat count is above 1000'],
    ['(a{100}){11}', 'the repeat count is above 1000'],
    ['a{3,2}', "'{3,2}' has a maximum below its minimum"],
    ['(?P<n>a)(?P<n>b)', "two groups have the name 'n'"],
  ])('%s is rejected', (pattern, fault) => {
    expect(regexFault(pattern)).toBe(fault);
  });

  test('matches the whole value', () => {
    expect(anchored('a|b')!.test('ab')).toBe(false);
    expect(anchored('(?P<x>a.)')!.test('a\n')).toBe(true);
  });

  test('is not evaluated if its meaning differs in JavaScript', () => {
    expect(anchored('(?i)a')).toBeUndefined();
    expect(anchored('[[:alpha:]]')).toBeUndefined();
  });
});
