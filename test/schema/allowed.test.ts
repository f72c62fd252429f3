import { expect, test } from 'vitest';
import { z } from 'zod';
import { allowed } from '../../src/schema/allowed.js';

test.each<[string, z.ZodType, unknown]>([
  ["''", z.literal(''), 'x'],
  ['a number', z.number(), 'x'],
  ['a number of at most 1', z.number().max(1), 2],
  ['a whole number of at least 1', z.int().min(1), 0],
  ['a whole number from 1 to 9', z.int().min(1).max(9), 10],
  ['a string that matches /^[a-z]+$/', z.string().regex(/^[a-z]+$/), '1'],
  ['a word', z.string({ error: 'a word' }).regex(/^[a-z]+$/), '1'],
  ['a string that is not empty', z.string().min(1), ''],
])('a schema states that it allows %s', (expected, schema, value) => {
  const { error } = schema.safeParse(value, { error: allowed });
  expect(error?.issues[0]?.message).toBe(expected);
});
