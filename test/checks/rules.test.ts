import { describe, expect, test } from 'vitest';
import rules from '../../src/checks/alerts/rules.js';
import { type Asked, withContent } from './query/content.js';

const findings = (asked: Asked) => rules.run(withContent(asked));

test('rules that are unique and used, and keep their labels, have no findings', () => {
  expect(findings({})).toEqual([]);
  expect(
    findings({ rules: [{ alert: 'ShopDown', expr: 'up < 2', labels: { severity: 'warning' } }] }),
  ).toEqual([]);
});

describe('a recording rule', () => {
  test('that does not exist is reported with a suggestion', () => {
    expect(findings({ panel: 'shop:up:sun' })).toMatchObject([
      {
        severity: 'error',
        place: { path: 'panel Load, column 1' },
        fault: 'undefined-recording',
        value: 'shop:up:sun',
        suggestion: 'shop:up:sum',
      },
    ]);
  });

  const again = { record: 'shop:up:sum', expr: 'sum by (job) (up)' };

  test.each([
    ['a warning, since the label sets can be disjoint', 'warning', 'sum by (pod) (up)', {}],
    ['a warning, since the values can be disjoint', 'warning', 'sum by (job) (up) * 2', {}],
    ['an error for the same expression', 'error', again.expr, {}],
    ['an error if no series has labels', 'error', 'sum(up) * 2', { record: 'sum(up)' }],
  ])('that another one has the name and labels of is %s', (_, severity, expr, asked) => {
    expect(findings({ ...asked, rules: [{ ...again, expr }], description: '' })).toMatchObject([
      { severity, fault: 'duplicate-rule', message: expect.stringContaining('alerts/shop.ts') },
    ]);
  });

  test('is accepted with another label', () => {
    expect(findings({ rules: [{ ...again, labels: { from: 'here' } }] })).toEqual([]);
  });

  test('must not depend on itself, directly or indirectly', () => {
    expect(findings({ record: 'shop:up:sum * 2' })).toMatchObject([{ fault: 'recording-cycle' }]);
    expect(
      findings({
        record: 'sum(shop:a:b)',
        description: '',
        rules: [{ record: 'shop:a:b', expr: 'shop:up:sum + 1' }],
      }),
    ).toHaveLength(2);
  });
});

describe('a label of an alert', () => {
  const labelled = (value: string) => ({
    rules: [{ alert: 'ShopDown', expr: 'up < 2', labels: { severity: 'warning', value } }],
  });

  test.each([
    '{{ $value }}',
    'at {{ $value | humanize }}',
    '{{- printf "%.0f" $value }}',
    '{{ .Value }}',
    '{{ if gt $value 9.0 }}{{ $value }}{{ end }}',
  ])('must not have its value: %s', (value) => {
    const found = { fault: 'value-in-label', place: { path: 'alert ShopDown, labels.value' } };
    expect(findings(labelled(value))).toMatchObject([{ ...found, severity: 'warning' }]);
    expect(findings({ ...labelled(value), imported: true })).toMatchObject([
      { ...found, severity: 'warning' },
    ]);
    const input = withContent(labelled(value));
    const source = { ...input.sources['alerts/shop']!, shipped: true };
    const shipped = rules.run({ ...input, sources: { ...input.sources, 'alerts/shop': source } });
    expect(shipped.filter(({ fault }) => fault !== 'incomplete-alert')).toMatchObject([
      { ...found, severity: 'error' },
    ]);
  });

  test.each([
    '{{ $labels.job }}',
    '{{ if gt $value 9.0 }}high{{ else if gt $value 5.0 }}middle{{ else }}low{{ end }}',
    '$value',
  ])('can depend on labels and limits: %s', (value) => {
    expect(findings(labelled(value))).toEqual([]);
  });
});

describe('an alert in TypeScript', () => {
  const rule = {
    alert: 'ShopGone',
    expr: 'up < 2',
    labels: { severity: 'warning', subject: 'shop' },
    annotations: { summary: 'Down.', description: 'It is down.', runbook_url: 'https://x.example' },
  };
  const lost = (given: object[], imported = false) => {
    const input = withContent({ rules: given as never, imported });
    const sources = Object.fromEntries(
      Object.entries(input.sources).map(([name, one]) => [
        name,
        {
          ...one,
          shipped: true,
          runbook: { file: 'shop.md', alerts: () => ['ShopGone'], queries: () => [] },
        },
      ]),
    );
    return rules
      .run({ ...input, sources })
      .filter(
        ({ fault, message }) => fault === 'incomplete-alert' && message?.includes('ShopGone'),
      );
  };

  test.each([
    ['labels', 'severity'],
    ['labels', 'subject'],
    ['annotations', 'runbook_url'],
    ['annotations', 'summary'],
    ['annotations', 'description'],
  ] as const)('has its %s %s; one of others may lack it', (part, name) => {
    const { [name]: _, ...rest } = rule[part] as Record<string, string>;
    expect(lost([rule])).toEqual([]);
    expect(lost([{ ...rule, [part]: rest }])).toMatchObject([
      { severity: 'error', value: name, message: `ShopGone has no ${name}.` },
    ]);
    expect(lost([{ ...rule, [part]: rest }], true)).toEqual([]);
  });
});

describe('a template', () => {
  test.each([
    '{{ $labels.job }} has {{ $value | humanizePercentage }}',
    '{{ if gt $value 1.0 }}{{ .Labels.job | title }}{{ else }}none{{ end }}',
    '{{ printf "%.2f" $value }} of {{ index $labels "job" }} at {{ $externalLabels.cluster }}',
    '{{ with query "up" }}{{ . | first | value | humanize }}{{ end }}',
    '{{ range $i, $x := query "up" }}{{ $x.Labels.anything }} {{ $i }}{{ end }}',
    '{{ with $labels.node }}{{ . | urlquery }}{{ end }}{{ if $labels.x }}y{{ end }}',
    '{{- /* }} a comment */ -}} {{ `raw }}` }}',
    '{{ .Value }} {{ $.Labels.job }} {{ .ExternalLabels.cluster }} {{ .ExternalURL }}',
    '{{ range query "up" }}{{ .Labels.job }}{{ end }}{{ define "x" }}{{ .Foo }}{{ end }}',
    '{{ $value | }}',
    '{{ ".Foo" }}{{ (query "up" | first).Labels.job }}{{ $labels.job }} .Foo',
    'no template',
  ])('has no findings: %s', (description) => {
    expect(findings({ description })).toEqual([]);
  });

  test.each([
    ['{{ $labels.job ', "'{{' has no closing '}}'."],
    ['{{ $value | humanise }}', 'Unknown function.'],
    ['{{ $label.job }}', 'Unknown variable.'],
    ['{{ if $value }} x', "'if' has no 'end'."],
    ['x {{ end }}', "'end' closes no block."],
    ['{{ (printf "%s" $value }}', 'The parentheses are not balanced.'],
    ['{{ | humanize }}', "'|' needs a value on both sides."],
    ['value {{ .Foo }}', "fails: The data has no field 'Foo'."],
    ['{{ if .Alerts }}x{{ end }}', "fails: The data has no field 'Alerts'."],
    ['{{ $.CommonLabels }}', "fails: The data has no field 'CommonLabels'."],
    [
      '{{ range query "up" }}{{ .Metric }}{{ end }}',
      "fails: A value of the type sample has no field 'Metric'.",
    ],
    [
      '{{ printf "%s of %s" $value }}',
      'writes an error into its text: The format of printf needs 2 arguments, and has 1.',
    ],
    ['{{ }}', 'The action between the braces is empty.'],
  ])('is reported: %s', (description, fault) => {
    expect(findings({ description })).toMatchObject([
      {
        place: { file: 'alerts/shop.ts', path: 'alert ShopDown, description' },
        fault: 'invalid-template',
        message: expect.stringContaining(fault),
      },
    ]);
  });

  test('of others is a warning if only a part of its text is wrong', () => {
    const severities = ['{{ printf "%d" $value }}', '{{ .Foo }}'].map(
      (description) => findings({ description, imported: true })[0]?.severity,
    );
    expect(severities).toEqual(['warning', 'error']);
  });

  test('is reported with suggestions for functions and variables', () => {
    expect(findings({ description: '{{ $lables.job }}' })).toMatchObject([
      { suggestion: '$labels' },
    ]);
    expect(findings({ description: '{{ $labels.job | humanise }}' })).toMatchObject([
      { suggestion: 'humanize' },
    ]);
    expect(findings({ description: 'Of {{ .Label.job }}.' })).toMatchObject([
      { value: '.Label', suggestion: '.Labels' },
    ]);
  });

  test('can use only labels that the expression keeps', () => {
    expect(findings({ description: '{{ $labels.instance }}' })).toMatchObject([
      {
        fault: 'lost-label',
        value: '{{ $labels.instance }}',
      },
    ]);
  });
});

describe('the texts of an imported file', () => {
  const imported = (...rules: object[]) =>
    findings({ imported: true, rules }).filter(({ fault }) => fault === 'lost-label');
  const alert = (name: string, expr: string, summary: string) => ({
    alert: name,
    expr,
    annotations: { summary },
  });

  test('may use a label that the expression removes, or that no series has: these are two texts', () => {
    expect(imported(alert('A', 'sum by (job) (up) < 1', '{{ $labels.instance }}'))).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('removes the label') },
    ]);
    expect(imported(alert('A', 'sum by (job, team) (up) < 1', '{{ $labels.team }}'))).toMatchObject(
      [{ severity: 'warning', message: expect.stringContaining('The series have no label') }],
    );
    expect(imported(alert('A', 'sum(up) < 1', '{{ $labels.job }}'))).toMatchObject([
      { remedy: 'Keep it in the expression, or remove it from the template.' },
    ]);
  });

  test('have one warning for several labels, with the alerts, a line and what is meant', () => {
    const text = '{{ $labels.instanc }} {{ $labels.team }}';
    const [one, ...others] = imported(
      alert('A', 'sum by (instance) (up) < 1', text),
      alert('B', 'sum by (job) (up) < 1', '{{ $labels.team }}'),
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      message: expect.stringContaining('2 alerts (A, B) use labels (instanc, team)'),
      suggestion: 'instance',
      place: { path: 'alert A' },
    });
  });
});

describe('the value in a text', () => {
  const free = 'sum(node_filesystem_avail_bytes) / sum(node_filesystem_size_bytes)';
  const told = (alert: string, description: string) =>
    findings({ alert, description, rules: [{ alert: 'SumUsed', expr: 'shop:up:sum < 1' }] }).map(
      ({ fault, value }) => [fault, value],
    );

  test.each([
    [`100 * ${free} < 5`, '{{ $value | humanizePercentage }}'],
    [`100 * ${free} < 5`, '{{ humanizePercentage $value }}'],
    [`${free} < 0.05`, '{{ $value }}%'],
    [`${free} < 0.05`, '{{ printf "%.1f" $value }} percent'],
    ['sum(node_memory_MemFree_bytes) < 5', '{{ $value | humanizeDuration }}'],
    ['sum(node_memory_MemFree_bytes) < 5', '{{ $value | humanizePercentage }}'],
    ['sum(rate(process_cpu_seconds_total[5m])) > 0.9', '{{ $value | humanize }}%'],
  ])('of %s is not %s', (alert, written) => {
    expect(told(alert, `It is ${written}.`)).toEqual([['wrong-unit', written]]);
  });

  test.each([
    [`100 * ${free} < 5`, '{{ $value }}% {{ $value | printf "%.1f%%" }}'],
    [`${free} < 0.05`, '{{ $value | humanizePercentage }}'],
    ['time() - max(node_boot_time_seconds) < 600', '{{ $value | humanizeDuration }}'],
    ['sum(node_memory_MemFree_bytes) < 5', '{{ $value | humanize1024 }}B'],
    ['sum(shop_usage_ratio) > 70', '{{ $value }}%'],
    ['sum(shop_orders) > 70', '{{ $value }}% {{ $value | humanizeDuration }}'],
    [`${free} < 0.05`, '{{ $labels.job }}%'],
  ])('of %s can be %s', (alert, written) => {
    expect(told(alert, written).filter(([fault]) => fault === 'wrong-unit')).toEqual([]);
  });
});

describe('a quantile', () => {
  const quantile = (comparison: string) => ({
    alert: `histogram_quantile(0.99, sum by (job, le) (rate(prometheus_http_request_duration_seconds_bucket{job="prometheus"}[5m]))) ${comparison}`,
    rules: [{ alert: 'SumUsed', expr: 'shop:up:sum < 1', labels: {} }],
  });

  test.each(['> 119', '>= 120', '< 500'])(
    'can be compared with a possible value: %s',
    (comparison) => {
      expect(findings(quantile(comparison))).toEqual([]);
    },
  );

  test.each(['> 120', '>= 121'])('is never above its last bucket: %s', (comparison) => {
    expect(findings(quantile(comparison))).toMatchObject([
      {
        severity: 'warning',
        place: { file: 'alerts/shop.ts' },
        value: quantile(comparison).alert,
        fault: 'unreachable-quantile',
      },
    ]);
  });
});
