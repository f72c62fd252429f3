import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { Document, parse } from 'yaml';
import { fromYaml, toKnownYaml, toYaml, yamlOf } from '../../src/model/yaml.js';

const byLibrary = (value: unknown): string =>
  new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' }).toString({
    lineWidth: 0,
  });

// biome-ignore format: one a line would be a hundred lines
const strings = [
  'plain', 'two words', 'a:b', 'a: b', 'a:', 'a #b', 'a#b', '#a', 'a-', '-a', '--a', '--a=b,c',
  '- a', '-1', '--1', '/path', '_x', '_1', 'x ', ' x', '', 'y', 'No', 'ON', 'true', 'nul', 'null',
  '1', '1a', '0x1', '.5', '~', '<<', '=', '@a', '*', '&a', '{a}', '[a]', "'a'", '"a"', 'a"b', "a'b",
  '1.2', '1.2.3', '1e3', '1e', '1_000', '1:30', '1:30.5', '10.0.0.0/8', '0.0.0.0:80', '0o17', '-0x1',
  '+1', '.inf', '-.INF', '.nan', '2026-01-02', '2026-01-02T03:04:05Z', '2026-01', '5m', '64Mi', '?',
  'line\nbreak', 'line\n', 'a\n\n  b\n \nc\n', 'é\nb\n', '#\n', '|\n', 'a\n\tb\n', 'a \nb\n', 'x: 1\n',
  'a\n---\nb\n', '---\na\n', 'a\nb: c', 'é', '😀', '😀\na\n', 'word '.repeat(60), '$(POD_IP):80', '[$1]:80', 'a, b',
  '(a)', '%a', '!a', '|', '> a', '\\', 'a\\b', 'C:\\"x"',
];

// Here the library writes a form that is harder to read, or that Kubernetes reads differently.
// biome-ignore format: one a line would be a hundred lines
const quoted = [
  '---', '\n', 'a\n\n', '\n\na', '  x\n y\n', '\tx\n', 'a \n', 'a\n \n', 'a\r\nb\n', '\r', '\t',
  '\x00', '\x07', '\x1b[0m', '\x7f', 'a\x85b', 'a\u2028b\n', '\ufeff', '0b1', '0B1', '0O7', 'nULL', 'a\u00a0',
];

test('the bytes are those of the library, at every depth', () => {
  const all = {
    strings,
    lists: strings.map((one) => [one, [one]]),
    values: Object.fromEntries(strings.map((one, index) => [`key-${index}`, one])),
    deep: { er: { list: strings.map((one) => ({ one, other: { one } })) } },
    numbers: [0, 1, -1, 0.5, -0, 1e21, Number.NaN, Number.POSITIVE_INFINITY],
    empty: {
      list: [],
      mapping: {},
      none: null,
      nothing: undefined,
      hollow: { nothing: undefined },
    },
    switches: { on: true, off: false },
    lists2: [[], {}, [[]], [{}], [[1], { a: [2] }], null, undefined],
  };
  expect(toYaml(all)).toBe(byLibrary(all));
});

test('the bytes are those of the library for every key', () => {
  for (const key of [...strings, 'k'.repeat(317)].filter((one) => !one.includes('\n'))) {
    for (const value of ['text', { a: 1 }, ['x', { y: 'z' }], 'two\nlines\n']) {
      expect(toYaml({ [key]: value })).toBe(byLibrary({ [key]: value }));
    }
  }
});

test('a text with other characters is in double quotes', () => {
  for (const text of quoted) expect(toYaml([text])).toMatch(/^- "[ -~\u00a0]*"\n$/);
});

test('every text is parsed as the same text, as a value and as a key, by YAML 1.1 and 1.2', () => {
  for (const text of [...strings, ...quoted]) {
    for (const value of [[text], { [text]: { key: text } }, { list: [[{ [text]: [text] }]] }]) {
      const written = toYaml(value);
      expect(parse(written, { version: '1.2' })).toEqual(value);
      expect(fromYaml(written)).toEqual(value);
      expect(parse(written, { version: '1.1' })).toEqual(value);
    }
  }
});

test.each([[null], ['text'], [7], [[]], [{}], [['a', { b: ['c'] }]]])(
  'a document can be any value: %j',
  (value) => {
    expect(toYaml(value)).toBe(byLibrary(value));
    expect(parse(toYaml(value))).toEqual(value);
  },
);

test('the known value of a text is the value that is parsed', () => {
  const value = {
    strings,
    numbers: [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY],
    nothing: undefined,
    hollow: { nothing: undefined, list: [undefined, null, [], {}] },
  };
  const text = toKnownYaml(value);
  expect(text).toBe(toYaml(value));
  expect(fromYaml(text)).toStrictEqual(load(text));
  expect(fromYaml(toKnownYaml(null))).toBe(null);
});

test('an object is serialized once', () => {
  const object = { kind: 'ConfigMap' };
  expect(yamlOf(object)).toBe(toYaml(object));
  expect(yamlOf(Object.assign(object, { kind: 'Secret' }))).toBe('kind: ConfigMap\n');
});

test('a document is parsed once, and an invalid one throws', () => {
  const text = toYaml({ on: 'on', list: [1, { a: null }] });
  expect(fromYaml(text)).toEqual({ on: 'on', list: [1, { a: null }] });
  expect(fromYaml(text)).toBe(fromYaml(text));
  expect(() => fromYaml('a: [')).toThrow('unexpected end of the stream');
});
