import { expect, test } from 'vitest';
import { toJson } from '../../src/model/json.js';

const long = { title: 'x'.repeat(90), list: [1, 2, { a: 'b', c: null }], none: undefined };

test('short values are in one line, long values in several', () => {
  expect(toJson({ a: 1, b: [long] })).toBe(
    `{\n"a":1,\n"b":[\n{\n"title":"${long.title}",\n"list":[1,2,{"a":"b","c":null}]\n}\n]\n}\n`,
  );
});

test('the value is not changed', () => {
  expect(JSON.parse(toJson([long, long, 'text', null]))).toEqual(
    JSON.parse(JSON.stringify([long, long, 'text', null])),
  );
});
