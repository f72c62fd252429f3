import { expect, test } from 'vitest';
import { yamlDocuments } from '../../src/model/yaml-document.js';

test.each([
  ['a bracket', 'a:\n  b: [\n    1,\n  ]\n'],
  ['an item', 'a:\n  b: [1,\n2]\n'],
  ['a quoted text', 'a:\n  b: "one\ntwo"\n'],
])('the reason names %s that is not indented enough', (_, text) => {
  expect(() => yamlDocuments(text)).toThrow('each line must be indented more than the key');
});

test('brackets with the indentation of YAML are read', () => {
  expect(yamlDocuments('a:\n  b: [\n    1,\n   ]\n')[0]!.value).toEqual({ a: { b: ['1'] } });
});
