import type { Random } from './random.js';

/** A text that must never be printed or published where it is a credential. */
export const credential = 'hunter2-credential';

/** Names that objects inherit. */
export const inheritedNames = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
];

const texts: readonly string[] = [
  '',
  ' ',
  'a\nb',
  'a\r\nb: c',
  '\t',
  '\u0000',
  '\ud800',
  '\udfff x',
  '\u202eabc',
  '\u2028',
  '👍',
  'ÄÖ',
  'x'.repeat(50_000),
  'a'.repeat(64),
  ...inheritedNames,
  '${x}',
  '$(POD_IP)',
  '$__file{/etc/passwd}',
  '{{ .Values.x }}',
  '{{',
  '%s%n',
  "'",
  '"',
  '`',
  '\\',
  '# a',
  ': a',
  '- a',
  '---\na: b',
  '<script>alert(1)</script>',
  '| `a` |',
  '../../etc/passwd',
  '/dev/null',
  'null',
  'true',
  '1e3',
  '0x1F',
  '-1',
  'undefined',
  'up{',
  'rate(up[5m])',
  '(((((',
  '*',
  '!!js/function a',
  '&a',
  '*a',
  'http://',
  'https://example.com:99999/',
  'http://[::1',
  'https://xn--/',
  `https://user:${credential}@example.com/`,
  '10.0.0.0/33',
  '::/0',
  'ff',
];

const thrower = (): object =>
  Object.defineProperty({ a: 1 }, 'b', {
    enumerable: true,
    get: () => {
      throw new Error('the getter fails');
    },
  });

const cyclic = (): object => {
  const one: Record<string, unknown> = { a: 1 };
  one.self = one;
  return one;
};

const cyclicList = (): unknown[] => {
  const list: unknown[] = [1];
  list.push(list);
  return list;
};

const failingProxy = (): object =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('the proxy fails');
      },
      ownKeys: () => {
        throw new Error('the proxy fails');
      },
    },
  );

const deep = (): unknown => {
  let one: unknown = 1;
  for (let level = 0; level < 2000; level += 1) one = level % 2 === 0 ? [one] : { a: one };
  return one;
};

class Instance {
  readonly kind = 'pods';
}

const others: readonly (() => unknown)[] = [
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -1,
  () => -0,
  () => 0,
  () => 1.5,
  () => 1e308,
  () => 2 ** 53,
  () => null,
  () => undefined,
  () => true,
  () => false,
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => [undefined],
  () => Object.assign([], { 2: 'a' }),
  () => new Date(0),
  () => new Date(Number.NaN),
  () => Symbol('a'),
  () => 10n,
  () => () => 1,
  () => Promise.resolve(1),
  () => Object.freeze({ a: 1 }),
  () => Object.create(null),
  () => JSON.parse('{ "__proto__": { "a": 1 } }'),
  () => new Map([['a', 1]]),
  () => new Set([1]),
  () => /a/,
  () => Buffer.from('a'),
  () => new Instance(),
  () => new Error('a'),
  () => String,
  () => globalThis,
  cyclic,
  cyclicList,
  thrower,
  failingProxy,
  deep,
];

/** A value that an option or a field does not expect. */
export const hostileValue = (random: Random): unknown =>
  random.chance(0.5) ? random.pick(texts) : random.pick(others)();

/** A value that a file can contain. */
export const hostileJson = (random: Random): unknown =>
  random.chance(0.6)
    ? random.pick(texts)
    : random.pick([0, -1, 1e308, 1.5, null, true, false, [], {}, [[]], [null], { a: [{}] }]);
