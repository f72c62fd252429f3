import { describe, expect, test } from 'vitest';
import rules from '../../src/checks/rules.js';
import { type Asked, withContent } from './query/content.js';

const findings = (asked: Asked) => rules.run(withContent(asked));

test('rules that are there once, are asked for and keep their labels pass', () => {
  expect(findings({})).toEqual([]);
  expect(
    findings({ rules: [{ alert: 'ShopDown', expr: 'up < 2', labels: { severity: 'warning' } }] }),
  ).toEqual([]);
});

describe('a recording rule', () => {
  test('that is not there is named, with what was perhaps meant', () => {
    expect(findings({ panel: 'shop:up:sun' })).toMatchObject([
      {
        severity: 'error',
        place: { path: 'panel Load, column 1' },
        message: 'No recording rule makes this series.',
        value: 'shop:up:sun',
        suggestion: 'shop:up:sum',
      },
    ]);
  });

  test('is there once for the same labels', () => {
    expect(
      findings({ rules: [{ record: 'shop:up:sum', expr: 'sum by (job) (up) * 2' }] }),
    ).toMatchObject([{ severity: 'error', message: expect.stringContaining('alerts/shop.ts') }]);
  });

  test('is asked for, if it ships', () => {
    const more = { rules: [{ record: 'shop:up:count', expr: 'count by (job) (up)' }] };
    expect(findings(more)).toMatchObject([
      {
        value: 'shop:up:count',
        message: 'No rule and no dashboard asks for what this rule records.',
      },
    ]);
    expect(findings({ ...more, shipped: false })).toEqual([]);
  });

  test('does not need itself, directly or around', () => {
    expect(findings({ record: 'shop:up:sum * 2' })).toMatchObject([
      { message: 'The recording rule needs itself: shop:up:sum needs shop:up:sum.' },
    ]);
    expect(
      findings({
        record: 'sum(shop:a:b)',
        description: '',
        rules: [{ record: 'shop:a:b', expr: 'shop:up:sum + 1' }],
      }),
    ).toHaveLength(2);
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
    'no template',
  ])('passes: %s', (description) => {
    expect(findings({ description })).toEqual([]);
  });

  test.each([
    ['{{ $labels.job ', "A '{{' is not closed."],
    ['{{ $value | humanise }}', 'There is no such function.'],
    ['{{ $label.job }}', 'There is no such variable.'],
    ['{{ if $value }} x', "An 'if' has no 'end'."],
    ['x {{ end }}', "An 'end' ends nothing."],
    ['{{ (printf "%s" $value }}', 'The brackets are not balanced.'],
    ['{{ $value | }}', "A '|' stands between two values."],
    ['{{ }}', 'There is nothing between the braces.'],
  ])('is at fault: %s', (description, message) => {
    expect(findings({ description })).toMatchObject([
      {
        place: { file: 'alerts/shop.ts', path: 'alert ShopDown, description' },
        message: `The template does not parse: ${message}`,
      },
    ]);
  });

  test('has suggestions for functions and variables', () => {
    expect(findings({ description: '{{ $lables.job | humanise }}' })).toMatchObject([
      { suggestion: '$labels' },
      { suggestion: 'humanize' },
    ]);
  });

  test('names labels that survive the expression', () => {
    expect(findings({ description: '{{ $labels.instance }}' })).toMatchObject([
      {
        message:
          "The label 'instance' does not survive the expression: the template puts nothing in its place.",
        remedy: 'Keep it in the expression; what is left is job.',
      },
    ]);
  });
});
