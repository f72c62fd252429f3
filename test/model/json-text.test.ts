import { expect, test } from 'vitest';
import { readJson } from '../../src/model/json-text.js';

test('a JSON text has a value', () => {
  expect(readJson('{ "a": [1] }')).toEqual({ value: { a: [1] } });
});

test.each([
  ['{\n "a": 1,\n "password": "hunter2" "b": 2\n}\n', 3],
  ['{\n "a": 1,\n}\n', 3],
  ['{\n "a": hunter2,\n "b": 1\n}', 2],
  ['{\n "a": "hunter2\n "\n}', 2],
  ['{\n "a": 1', 2],
  ['', 1],
  ["{\n 'password': 'hunter2' }", 2],
  ['[1]\n\n[2]', 3],
])('the fault in %j is in line %i, and the reason shows nothing of the text', (text, line) => {
  const found = readJson(text);
  expect(found).toMatchObject({ line, reason: expect.not.stringContaining('hunter2') });
});
