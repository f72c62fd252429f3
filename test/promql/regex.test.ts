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
  ])('%s is taken', (pattern) => {
    expect(regexFault(pattern)).toBeUndefined();
  });

  test.each([
    ['(?=a)', "RE2 has no '(?=a'"],
    ['(?<!a)', "RE2 has no '(?<!'"],
    ['(a)\\1', "RE2 has no '\\1'"],
    ['\\Z', "RE2 has no '\\Z'"],
    ['\\u0041', "RE2 has no '\\u'"],
    ['\\', "RE2 has no '\\'"],
    ['(a', "a '(' is not closed"],
    ['a)', "it closes a ')' that it does not open"],
    ['[a', "a '[' is not closed"],
    ['[z-a]', "the range before 'a]' is none"],
    ['[[:foo:]]', "there is no class '[:foo:]'"],
    ['\\p{Nonsense}', "there is no class '\\p{Nonsense}'"],
    ['*a', "nothing stands before '*'"],
    ['a|+', "nothing stands before '+'"],
    ['a**', "'**' repeats a repetition"],
    ['a++', "'++' repeats a repetition"],
    ['a{1001}', 'it repeats more than 1000 times'],
    ['(a{100}){11}', 'it repeats more than 1000 times'],
    ['a{3,2}', "'{3,2}' repeats less often than it must"],
    ['(?P<n>a)(?P<n>b)', "it names two groups 'n'"],
  ])('%s is refused', (pattern, fault) => {
    expect(regexFault(pattern)).toBe(fault);
  });

  test('matches the whole of a value', () => {
    expect(anchored('a|b')!.test('ab')).toBe(false);
    expect(anchored('(?P<x>a.)')!.test('a\n')).toBe(true);
  });

  test('is not run where JavaScript means something else by it', () => {
    expect(anchored('(?i)a')).toBeUndefined();
    expect(anchored('[[:alpha:]]')).toBeUndefined();
  });
});
