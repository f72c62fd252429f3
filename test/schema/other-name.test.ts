import { expect, test } from 'vitest';
import { z } from 'zod';
import { validateValue } from '../../src/schema/validate-value.js';

const schema = z.strictObject({
  virtualUsers: z.number().optional(),
  live: z.string().optional(),
  labels: z.object({}).optional(),
});

test.each([
  ['vus', 'virtualUsers'],
  ['livenessProbe', 'live'],
  ['selector', 'labels'],
  // No option here has the name that is meant elsewhere.
  ['url', undefined],
  ['constructor', undefined],
])('the name %s of another program suggests %s', (name, suggestion) => {
  const { faults } = validateValue(schema, { [name]: 1 }, 'a.ts');
  expect(faults.map((one) => one.suggestion)).toEqual([suggestion]);
});
