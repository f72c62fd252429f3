import { describe, expect, test, vi } from 'vitest';
import { once, onceForText, sameList } from '../../src/model/once.js';

describe('what is made of objects', () => {
  test('is made once for the same ones', () => {
    const make = vi.fn((a: { n: number }, b: { n: number }) => a.n + b.n);
    const sum = once(make);
    const [one, two] = [{ n: 1 }, { n: 2 }];
    expect([sum(one, two), sum(one, two), sum(two, one), sum({ n: 1 }, two)]).toEqual([3, 3, 3, 3]);
    expect(make).toHaveBeenCalledTimes(3);
  });

  test('may be nothing', () => {
    const make = vi.fn((_: object) => undefined);
    const none = once(make);
    const key = {};
    none(key);
    none(key);
    expect(make).toHaveBeenCalledTimes(1);
  });
});

test('of texts those are forgotten that nobody asked for the longest', () => {
  const make = vi.fn((text: string) => text.length);
  const length = onceForText(make, 2);
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) length(text);
  expect(make.mock.calls.map(([text]) => text)).toEqual(['a', 'b', 'c', 'b']);
});

test('a list with the same members is the same list', () => {
  const same = sameList<object>();
  const item = {};
  const first = same([item]);
  expect(same([item])).toBe(first);
  expect(same([{}])).not.toBe(first);
});
