import { describe, expect, test } from 'vitest';
import promql from '../../src/checks/queries/promql.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';
import { withContent } from './query/content.js';

describe('the expressions of rules and dashboards', () => {
  test('have no findings if Prometheus accepts them', () => {
    expect(promql.run(withContent({}))).toEqual([]);
    expect(promql.run(inputOf(build(minimal)))).toEqual([]);
  });

  test('have findings in a rule, with the line in the source and the column', () => {
    expect(promql.run(withContent({ alert: 'raet(up[5m]) > 0' }))).toMatchObject([
      {
        severity: 'error',
        place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 1' },
        message: "Unknown function 'raet'.",
        value: 'raet',
      },
    ]);
    expect(promql.run(withContent({ record: 'sum(up' }))).toMatchObject([
      { place: { path: 'rule shop:up:sum, column 4' }, message: "'(' has no closing bracket." },
    ]);
  });

  test('have findings in a panel, a variable and an annotation, with the column in the original text', () => {
    expect(
      promql.run(withContent({ panel: 'rate(up{job="$job"}[$__rate_interval]) and 1' })),
    ).toMatchObject([
      {
        place: { file: 'dashboards/shop.ts', path: 'panel Load, column 40' },
        message: "'and' cannot be used with a scalar.",
      },
    ]);
    expect(promql.run(withContent({ variable: 'label_values(up{job=}, job)' }))).toMatchObject([
      { place: { path: 'variable job, column 8' } },
    ]);
    expect(promql.run(withContent({ annotation: 'up{' }))).toMatchObject([
      { place: { path: 'annotation Restarts, column 3' } },
    ]);
  });

  test('can use only the variables of their dashboard', () => {
    expect(promql.run(withContent({ panel: 'up{job="$jop"}' }))).toMatchObject([
      { message: "Unknown dashboard variable 'jop'.", value: '$jop', suggestion: 'job' },
    ]);
  });

  test('of an imported dashboard may name an undefined variable in a string, which is a warning', () => {
    const severities = (panel: string, imported: boolean) =>
      promql.run(withContent({ panel, imported })).map(({ severity }) => severity);
    expect(severities('up{job="$jop"}', true)).toEqual(['warning']);
    expect(severities('up{job="$jop"}', false)).toEqual(['error']);
    expect(severities('up * $jop', true)).toContain('error');
  });

  test('must return a value that can be shown or compared', () => {
    const fault = 'wrong-result-type';
    expect(promql.run(withContent({ alert: 'up[5m]' }))).toMatchObject([{ fault }]);
    expect(promql.run(withContent({ panel: 'up[5m]' }))).toMatchObject([{ fault }]);
  });

  test('are not checked if they are for another data source', () => {
    const other = withContent({
      panel: '{app="x"} |= "y"',
      datasource: { type: 'loki', uid: 'logs' },
    });
    expect(promql.run(other)).toEqual([]);
  });

  test('have no file in their place if the file is unknown', () => {
    const input = { ...withContent({ alert: 'up ==' }), sources: {} };
    expect(promql.run(input)).toMatchObject([
      {
        place: {
          object: expect.stringContaining('ConfigMap crowsnest/crowsnest-prometheus-rules-'),
        },
      },
    ]);
  });

  test('have findings in a runbook, with its line', () => {
    expect(promql.run(withContent({ runbook: 'sum(up' }))).toMatchObject([
      {
        severity: 'error',
        place: {
          file: 'alerts/shop.md',
          line: 9,
          path: expect.stringMatching(/^runbook of ShopDown/),
        },
      },
    ]);
    expect(promql.run(withContent({ runbook: 'sum(up)' }))).toEqual([]);
  });
});
