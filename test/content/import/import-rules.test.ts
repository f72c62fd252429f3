import { describe, expect, test } from 'vitest';
import { importRules } from '../../../src/content/import/import-rules.js';

const found = (text: string) =>
  importRules(text, 'alerts/shop.yaml').findings.map(
    ({ code, severity, place }) => `${place.line} ${severity} ${code.replace('content/', '')}`,
  );

const rulesOf = (text: string) => importRules(text, 'alerts/shop.yaml').groups;

/** A plain rule file with one rule. */
const withRule = (rule: string): string => `groups:\n  - name: shop\n    rules:\n      - ${rule}\n`;

const object = (name: string, group: string): string => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: ${name}, namespace: monitoring, labels: { release: prometheus } }
spec:
  groups:
    - name: ${group}
      rules: [{ record: 'a:b', expr: up }]
`;

describe('a rule file', () => {
  test('is imported unchanged, with the line of each rule', () => {
    const { groups, lines, findings } = importRules(
      `# Of the shop.
groups:
- name: shop
  interval: 1m
  query_offset: 30s
  limit: 10
  labels: { team: shop }
  rules:
  - record: job:up:sum
    expr: sum by (job) (up)
  - alert: "ShopDown"
    expr: |
      up{job="shop"}
        == 0
    for: 5m
    keep_firing_for: 10m
    labels:
      severity: page
      tier: 1.0
      empty: ''
    annotations:
      summary: '{{ $labels.job }} is down'
      runbook_url: https://example.com/shop
`,
      'alerts/shop.yaml',
    );
    expect(findings).toEqual([]);
    expect(groups).toEqual([
      {
        name: 'shop',
        interval: '1m',
        query_offset: '30s',
        limit: 10,
        labels: { team: 'shop' },
        rules: [
          { record: 'job:up:sum', expr: 'sum by (job) (up)' },
          {
            alert: 'ShopDown',
            expr: 'up{job="shop"}\n  == 0\n',
            for: '5m',
            keep_firing_for: '10m',
            labels: { severity: 'page', tier: '1.0', empty: '' },
            annotations: {
              summary: '{{ $labels.job }} is down',
              runbook_url: 'https://example.com/shop',
            },
          },
        ],
      },
    ]);
    expect(Object.fromEntries(lines)).toEqual({
      'job:up:sum': 9,
      'sum by (job) (up)': 10,
      ShopDown: 11,
      'up{job="shop"}\n  == 0\n': 12,
    });
  });

  test.each<[string, string, string[]]>([
    ['a byte order mark and comments only', '\ufeff# nothing\n', []],
    ['several objects', `${object('a', 'x')}---\n${object('b', 'y')}`, ['x', 'y']],
    ['objects with the same group', `${object('a', 'x')}---\n${object('b', 'x')}`, ['x', 'x (b)']],
    [
      'a list of objects',
      `apiVersion: v1\nkind: List\nitems:\n- ${object('a', 'x').replace(/\n(?=.)/g, '\n  ')}`,
      ['x'],
    ],
    ['fields without a value', 'groups:\n- name: x\n  interval:\n  rules:\n', ['x']],
    ['anchors', 'groups:\n- &a { name: x, rules: [] }\n- { <<: *a, name: y }\n', ['x', 'y']],
    ['JSON', '{"groups": [{"name": "x", "rules": []}]}', ['x']],
    ['a recording for no time', withRule("{ record: 'a:b', expr: '1', for: 0s }"), ['shop']],
  ])('can have %s', (_, text, names) => {
    expect(found(text)).toEqual([]);
    expect(rulesOf(text).map(({ name }) => name)).toEqual(names);
  });
});

// The verdict of promtool is beside ours in test/live/imported-rules.test.ts.
describe('a fault has its line', () => {
  test.each<[string, string, string]>([
    ['syntax', 'groups:\n  - name: [', '2 error invalid-yaml'],
    ['a repeated key', 'groups: []\ngroups: []', '2 error invalid-yaml'],
    [
      'a template of Helm',
      'groups:\n  {{- range .Values.x }}\n  - name: a',
      '2 error invalid-yaml',
    ],
    ['no rules', 'shop:\n  alerts: []', '1 error no-rules'],
    ['tests', 'rule_files: [a.yaml]\ntests: []', '1 warning test-name'],
    ['rules of Grafana', 'apiVersion: 1\ngroups:\n- orgId: 1', '1 error no-rules'],
    ['another object', 'apiVersion: v1\nkind: Service\nspec:\n  a: 1', '3 warning other-kind'],
    ['an unknown field', withRule('{ alert: A, expr: up, labells: {} }'), '4 error unknown-option'],
    ['no expression', withRule('{ alert: A }'), '4 error missing-option'],
    ['an empty expression', withRule("{ alert: A, expr: '' }"), '4 error invalid-value'],
    ['two names', withRule("{ alert: A, record: 'a:b', expr: up }"), '4 error invalid-value'],
    ['no name', withRule('{ expr: up }'), '4 error missing-option'],
    ['a duration', withRule('{ alert: A, expr: up, for: 5 minutes }'), '4 error invalid-value'],
    [
      'a recording that waits',
      withRule('{ record: a, expr: up, for: 5m }'),
      '4 error invalid-value',
    ],
    ['braces in a name', withRule('{ record: \'a{b="c"}\', expr: up }'), '4 error invalid-value'],
    [
      'the name of a metric',
      withRule('{ alert: A, expr: up, labels: { __name__: a } }'),
      '4 error invalid-name',
    ],
    [
      'a label with fields',
      withRule('{ alert: A, expr: up, labels: { a: {} } }'),
      '4 error invalid-value',
    ],
    ['a repeated group', 'groups:\n- { name: a }\n- { name: a }', '3 error invalid-value'],
    ['a limit', 'groups:\n- name: a\n  limit: many', '3 error invalid-value'],
    [
      'a field of Thanos',
      'groups:\n- name: a\n  partial_response_strategy: warn',
      '3 warning thanos-field',
    ],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test('templates of Helm have the remedy to render them', () => {
    const [finding] = importRules('a: {{ .Values.a }}\nb: {{ .b }}: c', 'a.yaml').findings;
    expect(finding?.remedy).toContain('helm template');
  });
});
