import { describe, expect, test } from 'vitest';
import { importRules, lineKey } from '../../../src/content/import/import-rules.js';
import { ruleFileFaults, withRule } from './rule-files.js';

const found = (text: string) =>
  importRules(text, 'alerts/shop.yaml').findings.map(
    ({ code, severity, place }) => `${place.line} ${severity} ${code.replace('content/', '')}`,
  );

const rulesOf = (text: string) => importRules(text, 'alerts/shop.yaml').groups;

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
    expect(Object.fromEntries(lines)).toMatchObject({
      'job:up:sum': 9,
      'sum by (job) (up)': 10,
      ShopDown: 11,
      'up{job="shop"}\n  == 0\n': 12,
    });
  });

  test('has the line of each of several rules with the same expression', () => {
    const text = withRule('{ alert: A, expr: up }\n      - { alert: B, expr: up }');
    const { lines } = importRules(text, 'alerts/shop.yaml');
    expect(['A', 'B'].map((name) => lines.get(lineKey('up', [name])))).toEqual([4, 5]);
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

describe('a fault has its line', () => {
  test.each(ruleFileFaults)('%s', (_, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  test('another object beside rules is a warning', () => {
    const text = 'groups: []\n---\napiVersion: v1\nkind: Service\nspec:\n  a: 1';
    expect(found(text)).toEqual(['4 warning other-kind']);
  });

  test('a misspelt kind beside rules is an error, and other kinds of the operator are none', () => {
    const beside = (kind: string) =>
      importRules(
        `groups: []\n---\napiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nspec:\n  groups: []`,
        'a.yaml',
      ).findings;
    for (const kind of ['PrometheusRules', 'prometheusRule', 'PromtheusRule']) {
      expect(beside(kind)).toMatchObject([{ severity: 'error', suggestion: 'PrometheusRule' }]);
    }
    for (const kind of ['Prometheus', 'PrometheusAgent', 'PodMonitor']) {
      expect(beside(kind)).toMatchObject([{ severity: 'warning', value: kind }]);
    }
  });

  test('templates of Helm have the remedy to render them', () => {
    const [finding] = importRules('a: {{ .Values.a }}\nb: {{ .b }}: c', 'a.yaml').findings;
    expect(finding?.remedy).toContain('helm template');
    const name = withRule('{ alert: {{ .Release.Name }}, expr: up }');
    expect(importRules(name, 'a.yaml').findings).toMatchObject([
      { message: expect.stringContaining('a template of Helm'), value: undefined },
    ]);
  });
});
