/** A plain rule file with one rule. */
export const withRule = (rule: string): string =>
  `groups:\n  - name: shop\n    rules:\n      - ${rule}\n`;

/** What is wrong, the rule file, and its finding. promtool rejects each of them (`test/live`). */
export const ruleFileFaults: readonly [what: string, text: string, finding: string][] = [
  ['syntax', 'groups:\n  - name: [', '2 error invalid-yaml'],
  ['a repeated key', 'groups: []\ngroups: []', '2 error invalid-yaml'],
  ['a template of Helm', 'groups:\n  {{- range .Values.x }}\n  - name: a', '2 error invalid-yaml'],
  ['no rules', 'shop:\n  alerts: []', '1 error no-rules'],
  ['tests', 'rule_files: [a.yaml]\ntests: []', '1 warning test-name'],
  ['rules of Grafana', 'apiVersion: 1\ngroups:\n- orgId: 1', '1 error no-rules'],
  ['another object', 'apiVersion: v1\nkind: Service\nspec:\n  a: 1', '2 error no-rules'],
  [
    'rules of another engine',
    'apiVersion: a/v1\nmetadata: {}\nkind: VMRule\nspec: { groups: [] }',
    '3 error no-rules',
  ],
  [
    'an action of Helm',
    withRule('{ alert: {{ .Release.Name }}, expr: up }'),
    '4 error invalid-value',
  ],
  ['an unknown field', withRule('{ alert: A, expr: up, labells: {} }'), '4 error unknown-option'],
  ['no expression', withRule('{ alert: A }'), '4 error missing-option'],
  ['an empty expression', withRule("{ alert: A, expr: '' }"), '4 error invalid-value'],
  ['two names', withRule("{ alert: A, record: 'a:b', expr: up }"), '4 error invalid-value'],
  ['no name', withRule('{ expr: up }'), '4 error missing-option'],
  ['a duration', withRule('{ alert: A, expr: up, for: 5 minutes }'), '4 error invalid-value'],
  ['a recording that waits', withRule('{ record: a, expr: up, for: 5m }'), '4 error invalid-value'],
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
];
