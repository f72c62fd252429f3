import { expect, test } from 'vitest';
import { readUnitTests } from './unit-test-file.js';

const nodes = `rule_files: [nodes.yaml]
evaluation_interval: 1m
tests:
  - name: NodeBusy fires while processes wait for a CPU
    interval: 1m
    input_series:
      - series: node_pressure_cpu_waiting_seconds_total{node="busy"}
        values: 0+37.8x30
    alert_rule_test:
      - { eval_time: 19m, alertname: NodeBusy, exp_alerts: [] }
      - eval_time: 20m
        alertname: NodeBusy
        exp_alerts:
          - exp_labels: { node: busy, severity: warning, subject: cpu }
            exp_annotations:
              summary: Processes on busy wait for a CPU.
    promql_expr_test:
      - expr: node:node_cpu_utilisation:avg5m
        eval_time: 10m
        exp_samples: [{ labels: 'node:node_cpu_utilisation:avg5m{node="a"}', value: 0.5 }]
`;

test.each([
  ['no YAML', 'tests:\n  - name', 'tests: [\n  - name'],
  [
    'a duplicate key',
    'evaluation_interval: 1m',
    'evaluation_interval: 1m\nevaluation_interval: 1m',
  ],
  ['an unknown field', 'input_series:', 'input_serie:'],
  ['an unknown field of a case', 'eval_time:', 'evaltime:'],
  ['an invalid duration', 'interval: 1m', 'interval: 1 minute'],
  ['a value that is not a list', 'rule_files: [nodes.yaml]', 'rule_files: nodes.yaml'],
  ['a series that cannot be parsed', '{node="busy"}', '{node=busy}'],
  ['a matcher with a pattern in a series', 'node="busy"', 'node=~"busy"'],
  ['invalid values', '0+37.8x30', '0+37.8*30'],
  ['a list of labels', '{ node: busy, severity: warning, subject: cpu }', '[busy]'],
  ['an expression that cannot be parsed', 'expr: node:', 'expr: (node:'],
])('%s is rejected', (_, right, wrong) => {
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
])('values can be %s', (values) => {
  expect(() => readUnitTests(nodes.replace('0+37.8x30', `'${values}'`))).not.toThrow();
});
