import { expect, test } from 'vitest';
import { z } from 'zod';
import { validateValue } from '../../src/schema/validate-value.js';

const schema = z.strictObject({
  virtualUsers: z.number().optional(),
  live: z.string().optional(),
  labels: z.object({}).optional(),
  volume: z.string().optional(),
  retention: z.string().optional(),
});

test.each([
  ['vus', 'virtualUsers'],
  ['livenessProbe', 'live'],
  ['selector', 'labels'],
  ['storage', 'volume'],
  ['retention_period', 'retention'],
  // No option here has the name that is meant elsewhere.
  ['url', undefined],
  ['constructor', undefined],
])('the name %s of another program suggests %s', (name, suggestion) => {
  const { faults } = validateValue(schema, { [name]: 1 }, 'a.ts');
  expect(faults.map((one) => one.suggestion)).toEqual([suggestion]);
});
