import { describe, expect, test } from 'vitest';
import { operators, production, score } from './mutation/score.js';
import { sample } from './sample/content.js';

const { input, checks } = await production(sample);
const tried = 4;

describe.each(operators)('the fault $name', (operator) => {
  const all = operator.places(input.manifests);

  test('is reported by a check at least at one place', () => {
    const every = Math.max(1, Math.floor(all.length / tried));
    expect(score(operator, input, checks, every).caught).toBeGreaterThan(0);
  });
});

test('nothing is reported without a fault', () => {
  expect(checks.flatMap(({ value }) => value.run(input))).toEqual([]);
});

test('each fault has a unique name', () => {
  expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length);
  expect(operators.length).toBeGreaterThanOrEqual(15);
  expect(operators.length).toBeLessThanOrEqual(48);
});
