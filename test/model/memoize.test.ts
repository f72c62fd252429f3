import { describe, expect, test, vi } from 'vitest';
import {
  memoize,
  memoizeText,
  sameAsBefore,
  sameList,
  sameValue,
} from '../../src/model/memoize.js';

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

test('a value with the same JSON is the same value', () => {
  const same = sameValue();
  const first = same({ a: [1], b: undefined });
  expect(first).toEqual({ a: [1] });
  expect(same({ a: [1] })).toBe(first);
  expect(same({ a: [2] })).not.toBe(first);
});

test('a value with the name and the JSON of the one before is the same value', () => {
  const same = sameAsBefore<object>();
  const [first, second] = [{ a: 1 }, { a: 2 }];
  expect(same('x', first)).toBe(first);
  expect(same('x', { a: 1 })).toBe(first);
  expect(same('y', second)).toBe(second);
  expect(same('x', second)).toBe(second);
  expect(same('x', { a: 1 })).not.toBe(first);
});
