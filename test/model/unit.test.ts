import { expect, test } from 'vitest';
import { isUnit, units } from '../../src/model/unit.js';

test.each(['short', 'percentunit', 'bytes', 'Bps', 's', 'suffix:pods', 'currency:£'])(
  '%s is a unit',
  (unit) => {
    expect(isUnit(unit)).toBe(true);
  },
);

test.each(['percentunits', 'Byte', '', 'pods', 'suffix'])('%j is no unit', (unit) => {
  expect(isUnit(unit)).toBe(false);
});

test('every unit is listed once', () => {
  expect(new Set(units).size).toBe(units.length);
});
