import { expect, test } from 'vitest';
import type { Finding } from '../src/model/finding.js';
import { waive } from '../src/waive.js';

const object = 'Service crowsnest/shop';
const finding: Finding = {
  code: 'selectors/no-pods',
  severity: 'error',
  place: { environment: 'staging', file: 'environments/staging.ts', object },
  message: 'It selects nothing.',
  remedy: 'Let it select pods.',
};
const inRule: Finding = {
  ...finding,
  code: 'promql/invalid-expression',
  place: { file: 'alerts/shop.ts', line: 3 },
};

const waived = (...waivers: { check: string; at: string; reason: string }[]) =>
  waive([finding, inRule], { waivers, name: 'staging', file: 'environments/staging.ts' }, [
    'promql',
    'promql/invalid-expression',
    'selectors',
    'selectors/no-pods',
    'selectors/no-selector',
  ]);

const reason = 'the pods are deployed later';

test('without a waiver all findings are kept', () => {
  expect(waived()).toEqual([finding, inRule]);
});

test('a waiver removes the findings of one check at one object', () => {
  expect(waived({ check: 'selectors', at: object, reason })).toEqual([inRule]);
});

test('a waiver of a code removes only findings with this code', () => {
  expect(waived({ check: 'selectors/no-pods', at: object, reason })).toEqual([inRule]);
  const [first, second, unused] = waived({ check: 'selectors/no-selector', at: object, reason });
  expect([first, second]).toEqual([finding, inRule]);
  expect(unused).toMatchObject({ code: 'config/unused-waiver', place: { path: 'waivers[0].at' } });
});

test('a waiver removes the findings of one check in one file', () => {
  expect(waived({ check: 'promql', at: 'alerts/shop.ts', reason })).toEqual([finding]);
});

test('a waiver of another check or object removes nothing, and is reported', () => {
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

test('a waiver of an unknown check is an error with a suggestion', () => {
  const [fault] = waived({ check: 'selector', at: object, reason }).slice(2);
  expect(fault).toMatchObject({
    code: 'config/unknown-waiver',
    severity: 'error',
    place: { path: 'waivers[0].check' },
    value: 'selector',
    suggestion: 'selectors',
  });
});
