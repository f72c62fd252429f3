import { describe, expect, test } from 'vitest';
import { operators, production, score } from './mutation/score.js';
import { repository, run } from './output/command.js';

const { input, checks } = await production();
const sample = 4;

describe.each(operators)('the fault $name', (operator) => {
  const all = operator.places(input.manifests);

  test('is caught by a check somewhere', () => {
    const every = Math.max(1, Math.floor(all.length / sample));
    expect(score(operator, input, checks, every).caught).toBeGreaterThan(0);
  });
});

test.each([
  [['--help'], "Unknown option '--help'"],
  [['--every', 'x'], "--every takes a whole number above zero, and not 'x'."],
  [['drop-mont'], 'No such operator: drop-mont. There are '],
])('the command refuses %j', async (given, told) => {
  const command = [process.execPath, '--import', 'tsx', 'test/mutation/main.ts', ...given];
  const { status, stderr } = await run(command, repository);
  expect(status).toBe(1);
  expect(stderr).toContain(told);
  expect(stderr).toMatch(/\nUsage: npm run mutation .*\n$/);
});

test('without a fault nothing is found', () => {
  expect(checks.flatMap(({ value }) => value.run(input))).toEqual([]);
});

test('a fault has a name of its own', () => {
  expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length);
  expect(operators.length).toBeGreaterThanOrEqual(15);
  expect(operators.length).toBeLessThanOrEqual(25);
});
