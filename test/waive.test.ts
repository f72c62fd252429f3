import { expect, test } from 'vitest';
import type { Finding } from '../src/model/finding.js';
import { waive } from '../src/waive.js';

const object = 'Service crowsnest/shop';
const finding: Finding = {
  check: 'selectors',
  severity: 'error',
  place: { environment: 'staging', file: 'environments/staging.ts', object },
  message: 'It selects nothing.',
  remedy: 'Let it select pods.',
};
const inRule: Finding = { ...finding, check: 'promql', place: { file: 'alerts/shop.ts', line: 3 } };

const waived = (...waivers: { check: string; at: string; reason: string }[]) =>
  waive([finding, inRule], { waivers, name: 'staging', file: 'environments/staging.ts' }, [
    'promql',
    'selectors',
  ]);

const reason = 'the pods come later';

test('without a waiver all findings stay', () => {
  expect(waived()).toEqual([finding, inRule]);
});

test('a waiver takes out what one check finds at one object', () => {
  expect(waived({ check: 'selectors', at: object, reason })).toEqual([inRule]);
});

test('a waiver takes out what one check finds in one file', () => {
  expect(waived({ check: 'promql', at: 'alerts/shop.ts', reason })).toEqual([finding]);
});

test('a waiver of another check or another object is told of, and takes out nothing', () => {
  const [first, second, ...faults] = waived(
    { check: 'selectors', at: 'alerts/shop.ts', reason },
    { check: 'promql', at: object, reason },
  );
  expect([first, second]).toEqual([finding, inRule]);
  expect(faults.map(({ severity, place, value }) => [severity, place.path, value])).toEqual([
    ['warning', 'waivers[0].at', 'alerts/shop.ts'],
    ['warning', 'waivers[1].at', object],
  ]);
});

test('a waiver of a check that is not there is an error with a suggestion', () => {
  const [fault] = waived({ check: 'selector', at: object, reason }).slice(2);
  expect(fault).toMatchObject({
    severity: 'error',
    place: { path: 'waivers[0].check' },
    value: 'selector',
    suggestion: 'selectors',
  });
});
