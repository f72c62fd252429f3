import { describe, expect, test } from 'vitest';
import promql from '../../src/checks/promql.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';
import { withContent } from './query/content.js';

describe('the expressions of rules and dashboards', () => {
  test('pass where Prometheus takes them', () => {
    expect(promql.run(withContent({}))).toEqual([]);
    expect(promql.run(inputOf(build(minimal)))).toEqual([]);
  });

  test('are at fault in a rule, with the line that wrote it and the column', () => {
    expect(promql.run(withContent({ alert: 'raet(up[5m]) > 0' }))).toMatchObject([
      {
        severity: 'error',
        place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 1' },
        message: "There is no function 'raet'.",
        value: 'raet',
      },
    ]);
    expect(promql.run(withContent({ record: 'sum(up' }))).toMatchObject([
      { place: { path: 'rule shop:up:sum, column 4' }, message: "The '(' is not closed." },
    ]);
  });

  test('are at fault in a panel, a variable and an annotation, at the column of the text as written', () => {
    expect(
      promql.run(withContent({ panel: 'rate(up{job="$job"}[$__rate_interval]) and 1' })),
    ).toMatchObject([
      {
        place: { file: 'dashboards/shop.ts', path: 'panel Load, column 40' },
        message: "'and' takes no scalar.",
      },
    ]);
    expect(promql.run(withContent({ variable: 'label_values(up{job=}, job)' }))).toMatchObject([
      { place: { path: 'variable job, column 8' } },
    ]);
    expect(promql.run(withContent({ annotation: 'up{' }))).toMatchObject([
      { place: { path: 'annotation Restarts, column 3' } },
    ]);
  });

  test('may use the variables of their dashboard alone', () => {
    expect(promql.run(withContent({ panel: 'up{job="$jop"}' }))).toMatchObject([
      { message: "The dashboard has no variable 'jop'.", value: '$jop', suggestion: 'job' },
    ]);
  });

  test('come to something that can be shown or compared', () => {
    const message = 'The result is a range vector, of which nothing can be made here.';
    expect(promql.run(withContent({ alert: 'up[5m]' }))).toMatchObject([{ message }]);
    expect(promql.run(withContent({ panel: 'up[5m]' }))).toMatchObject([{ message }]);
  });

  test('are left alone where another data source is asked', () => {
    const other = withContent({
      panel: '{app="x"} |= "y"',
      datasource: { type: 'loki', uid: 'logs' },
    });
    expect(promql.run(other)).toEqual([]);
  });

  test('have no place in a file where the file is unknown', () => {
    const input = { ...withContent({ alert: 'up ==' }), sources: {} };
    expect(promql.run(input)).toMatchObject([
      {
        place: {
          object: expect.stringContaining('ConfigMap crowsnest/crowsnest-prometheus-rules-'),
        },
      },
    ]);
  });
});
