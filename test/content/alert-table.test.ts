import { expect, test } from 'vitest';
import { alertTable } from '../../src/content/alert-table.js';

const frame = { title: 'Alerts', description: 'd' };
const { body } = alertTable({ ...frame, matchers: 'subject="node"', opens: 'alert-history' });
const expr = (body.targets as unknown as { expr: string }[])[0]!.expr;

test('an alert table queries the firing alerts, and aggregates none of them', () => {
  expect(expr).toContain(
    'ALERTS{cluster=~"$cluster", severity=~"critical|warning", subject="node", alertstate="firing"}',
  );
  expect(expr).not.toMatch(/\b(max|min|sum|count|avg|by)\b/);
});

test('an alert table starts with critical alerts, and with the newest of each severity', () => {
  expect(body.options).toMatchObject({
    sortBy: [
      { displayName: 'Severity', desc: false },
      { displayName: 'Since', desc: false },
    ],
  });
  expect(['warning', 'critical'].sort()).toEqual(['critical', 'warning']);
});

test('an alert table colours the severity, and the name of the alert links to a dashboard', () => {
  const severity = body.fieldConfig?.overrides.find(
    ({ matcher }) => matcher.options === 'Severity',
  );
  expect(severity?.properties).toContainEqual({
    id: 'custom.cellOptions',
    value: { type: 'color-background', mode: 'basic' },
  });
  expect(alertTable({ ...frame, opens: 'alert-history' }).links).toMatchObject([
    { column: 'Alert', dashboard: 'alert-history' },
  ]);
});
