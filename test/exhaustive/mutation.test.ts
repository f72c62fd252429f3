import { describe, expect, test } from 'vitest';
import {
  beside,
  differences,
  namedPorts,
  rightRecord,
  withRecords,
} from '../mutation/operators/environment.js';
import { operators, production, score } from '../mutation/score.js';
import { sample } from '../sample/content.js';

const given = await production(sample);
const { input, checks, project } = given;
const tried = 4;
// Each is a synth.
const triedInEnvironments = 1;

describe.each(operators)('the fault $name', (operator) => {
  const all = operator.places(input.manifests, project);

  test('is reported by a check at least at one place', () => {
    const count = all[0]?.findings ? triedInEnvironments : tried;
    // One after the other, until a check finds one.
    const every = Math.max(1, Math.floor(all.length / count));
    const places = all.filter((_, index) => index % every === 0);
    const isCaught = places.some(
      (place) => score({ ...operator, places: () => [place] }, given).caught > 0,
    );
    expect(isCaught).toBe(true);
  });
});

test('nothing is reported without a fault', () => {
  expect(checks.flatMap(({ value }) => value.run(input))).toEqual([]);
});

const errorsIn = (environments: Parameters<typeof project.synth>[0]) =>
  project.synth(environments).filter(({ severity }) => severity === 'error');

test('jobs that find targets by SRV records are no fault', () => {
  const ports = namedPorts(input.manifests);
  const records = ports.map((port) => [port, rightRecord(port)] as const);
  expect(records.length).toBeGreaterThan(5);
  expect(errorsIn({ production: withRecords(project.options, records) })).toEqual([]);
});

test('a second environment that owns its objects is no fault, whatever else it has', () => {
  const second = Object.assign({}, beside(project.options), ...Object.values(differences));
  expect(errorsIn({ production: project.options, second })).toEqual([]);
});

test('each fault has a unique name', () => {
  expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length);
  expect(operators.length).toBeGreaterThanOrEqual(15);
  expect(operators.length).toBeLessThanOrEqual(51);
});
