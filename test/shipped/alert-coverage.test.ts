import { expect, test } from 'vitest';
import { coverage, peerNames } from '../alerts/coverage.js';
import { shippedGroups } from '../alerts/promtool.js';

const rows = Object.entries(coverage());
const groups = Object.values(await shippedGroups());
const alerts = groups.flatMap((group) =>
  group.rules(group.thresholds).alerts.map(({ alert }) => alert),
);

test('every alert of similar projects has one coverage', () => {
  expect(rows.map(([name]) => name).sort()).toEqual(peerNames().sort());
  expect(peerNames().length).toBeGreaterThan(100);
});

test('the covering alerts exist', () => {
  const covering = rows.flatMap(([, row]) => ('by' in row ? row.by : []));
  expect(covering.filter((name) => !alerts.includes(name))).toEqual([]);
  expect(rows.filter(([, row]) => 'by' in row && row.by.length === 0)).toEqual([]);
});

test('an alert that is not covered has a reason', () => {
  for (const [name, row] of rows) {
    if ('by' in row) continue;
    expect(row.refused.length, name).toBeGreaterThan(20);
    expect(alerts, name).not.toContain(name);
  }
});

test('most alerts are covered', () => {
  const refused = rows.filter(([, row]) => 'refused' in row);
  expect(refused.length / rows.length).toBeLessThan(0.15);
});
