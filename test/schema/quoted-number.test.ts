import { expect, test } from 'vitest';
import { z } from 'zod';
import { validateValue } from '../../src/schema/validate-value.js';

const schema = z.object({ port: z.int().min(1).max(65535) });
const remedyOf = (port: unknown) =>
  validateValue(schema, { port }, 'environments/shop.ts').faults.map(({ remedy }) => remedy);

test.each(['8080', '0.5'])('a number in quotes is to be written without them: %s', (port) => {
  expect(remedyOf(port)).toEqual(['Set it to a whole number from 1 to 65535, without quotes.']);
});

test.each(['http', '8080/tcp', '', true, 70_000])('another value is not: %s', (port) => {
  expect(remedyOf(port)).toEqual(['Set it to a whole number from 1 to 65535.']);
});
