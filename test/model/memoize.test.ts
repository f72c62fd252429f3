import { describe, expect, test, vi } from 'vitest';
import { memoize, memoizeText, sameList } from '../../src/model/memoize.js';

describe('a memoized function of objects', () => {
  test('runs once for the same objects', () => {
    const make = vi.fn((a: { n: number }, b: { n: number }) => a.n + b.n);
    const sum = memoize(make);
    const [one, two] = [{ n: 1 }, { n: 2 }];
    expect([sum(one, two), sum(one, two), sum(two, one), sum({ n: 1 }, two)]).toEqual([3, 3, 3, 3]);
    expect(make).toHaveBeenCalledTimes(3);
  });

  test('can return undefined', () => {
    const make = vi.fn((_: object) => undefined);
    const none = memoize(make);
    const key = {};
    none(key);
    none(key);
    expect(make).toHaveBeenCalledTimes(1);
  });
});

test('of texts forgets the texts that were not used for the longest time', () => {
  const make = vi.fn((text: string) => text.length);
  const length = memoizeText(make, 2);
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) length(text);
  expect(make.mock.calls.map(([text]) => text)).toEqual(['a', 'b', 'c', 'b']);
});

test('of texts does not make a result that was set', () => {
  const make = vi.fn((text: string) => text.length);
  const length = memoizeText(make, 2);
  length.set('known', 1);
  expect(length('known')).toBe(1);
  expect(make).not.toHaveBeenCalled();
});

test('a list with the same members is the same list', () => {
  const same = sameList<object>();
  const item = {};
  const first = same([item]);
  expect(same([item])).toBe(first);
  expect(same([{}])).not.toBe(first);
  // Environments take turns.
  expect(same([item])).toBe(first);
});
