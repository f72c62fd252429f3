import { expect, test } from 'vitest';
import { firstLineOf, unreadableIn } from '../../src/model/unreadable.js';

const own: Record<string, unknown> = { a: [] };
(own.a as unknown[]).push(own);

const throwing = Object.defineProperty({}, 'b', {
  enumerable: true,
  get: () => {
    throw new Error('the getter fails\nhere');
  },
});

const proxy = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('the proxy fails');
    },
  },
);

let deep: unknown = 1;
for (let level = 0; level < 1000; level += 1) deep = [deep];

test.each<[what: string, value: unknown, path: readonly PropertyKey[], expected: RegExp]>([
  ['a cycle', own, ['a', 0], /does not contain itself/],
  ['a getter that throws', { a: throwing }, ['a', 'b'], /throws an error\. the getter fails$/],
  ['a Proxy that throws', { a: [proxy] }, ['a', 0], /throws an error\. the proxy fails$/],
  ['a promise', { a: Promise.resolve(1) }, ['a'], /not a promise/],
  ['a BigInt', { a: 10n }, ['a'], /bigint/],
  ['a symbol', { a: [Symbol('b')] }, ['a', 0], /symbol/],
])('%s is found', (_, value, path, expected) => {
  expect(unreadableIn(value)).toMatchObject({ path, expected: expect.stringMatching(expected) });
});

test('values that are nested too deeply are found', () => {
  expect(unreadableIn({ deep })?.expected).toBe('a value of at most 100 levels');
});

test('functions, instances and repeated values are not unreadable', () => {
  const shared = { a: 1 };
  const value = [shared, shared, () => 1, new Map([[own, own]]), null, undefined, Number.NaN];
  expect(unreadableIn(value)).toBeUndefined();
});

test('the first line of anything that is thrown can be read', () => {
  expect(firstLineOf(new Error('a\nb'))).toBe('a');
  expect(firstLineOf('a')).toBe('a');
  expect(firstLineOf(Symbol('a'))).toBe('Symbol(a)');
  expect(firstLineOf(Object.create(null))).toBe('The error cannot be read.');
});
