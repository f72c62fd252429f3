import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alertsFolder, shippedGroups } from './promtool.js';
import { readUnitTests, type UnitTestFile } from './unit-test-file.js';

const groups = await shippedGroups();
const files = readdirSync(alertsFolder).filter((file) => file.endsWith('.test.yaml'));
const textOf = (file: string) => readFileSync(join(alertsFolder, file), 'utf8');
const nodes = textOf('nodes.test.yaml');

const casesOf = ({ tests }: UnitTestFile) =>
  tests.flatMap(({ alert_rule_test: cases = [] }) => cases);

test('every group has a file of tests', () => {
  expect(files).toEqual(
    Object.keys(groups)
      .sort()
      .map((name) => `${name}.test.yaml`),
  );
});

test.each(files)('%s is what promtool takes, of alerts and labels that its group has', (file) => {
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

test.each([
  ['no YAML', 'tests:\n  - name', 'tests: [\n  - name'],
  ['a key twice', 'evaluation_interval: 1m', 'evaluation_interval: 1m\nevaluation_interval: 1m'],
  ['an unknown field', 'input_series:', 'input_serie:'],
  ['an unknown field of a case', 'eval_time:', 'evaltime:'],
  ['no duration', 'interval: 1m', 'interval: 1 minute'],
  ['a list that is none', 'rule_files: [nodes.yaml]', 'rule_files: nodes.yaml'],
  ['a series that does not parse', '{node="busy"}', '{node=busy}'],
  ['a pattern for a series', 'node="busy"', 'node=~"busy"'],
  ['values that are none', '0+37.8x30', '0+37.8*30'],
  ['labels that are a list', '{ node: busy, severity: warning, subject: cpu }', '[busy]'],
  ['an expression that does not parse', 'expr: node:', 'expr: (node:'],
])('%s is refused', (_, right, wrong) => {
  expect(nodes).toContain(right);
  expect(() => readUnitTests(nodes)).not.toThrow();
  expect(() => readUnitTests(nodes.replace(right, wrong))).toThrow();
});

test.each([
  '0+1x10',
  '-5x3',
  '1-2.5x4 _x3 stale 7',
  '1e3 NaN +Inf',
  '{{schema:0 sum:3 count:2}}x4',
])('values may be %s', (values) => {
  expect(() => readUnitTests(nodes.replace('0+37.8x30', `'${values}'`))).not.toThrow();
});
