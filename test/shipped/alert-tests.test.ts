import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alertsFolder, shippedGroups } from '../alerts/promtool.js';
import { readUnitTests, type UnitTestFile } from '../alerts/unit-test-file.js';

const groups = await shippedGroups();
const files = readdirSync(alertsFolder).filter((file) => file.endsWith('.test.yaml'));
const textOf = (file: string) => readFileSync(join(alertsFolder, file), 'utf8');

const casesOf = ({ tests }: UnitTestFile) =>
  tests.flatMap(({ alert_rule_test: cases = [] }) => cases);

test('every group has a test file', () => {
  expect(files).toEqual(
    Object.keys(groups)
      .sort()
      .map((name) => `${name}.test.yaml`),
  );
});

test.each(files)('%s is valid for promtool, with alerts and labels of its group', (file) => {
  const group = groups[file.replace('.test.yaml', '')]!;
  const alerts = new Map(
    group.rules(group.thresholds).alerts.map((one) => [one.alert, one] as const),
  );
  for (const { alertname, exp_alerts: expected } of casesOf(readUnitTests(textOf(file)))) {
    const alert = alerts.get(alertname);
    expect(alert, alertname).toBeDefined();
    for (const { exp_labels: labels, exp_annotations: annotations = {} } of expected ?? []) {
      expect(labels, alertname).toMatchObject({
        severity: alert!.severity,
        subject: expect.any(String),
      });
      expect(Object.keys(annotations).sort(), alertname).toEqual(['description', 'summary']);
    }
  }
});
