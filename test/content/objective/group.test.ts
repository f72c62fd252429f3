import { describe, expect, test } from 'vitest';
import { objectiveGroup, thresholds } from '../../../src/content/objective/group.js';
import {
  availability,
  latency,
  type ObjectiveOptions,
} from '../../../src/content/objective/objective.js';
import { burnRate, burnWindows, periods } from '../../../src/content/objective/window.js';
import { analyse } from '../../../src/promql/analyse.js';
import { checkout, objectives, thirtyDays, valid } from './sample.js';

const rulesOf = (options: ObjectiveOptions, settings = thirtyDays) => {
  const group = objectiveGroup(checkout, [valid(options)], settings);
  return group.rules(group.thresholds).recordings ?? [];
};

const exprOf = (record: string, options: ObjectiveOptions, settings = thirtyDays) =>
  rulesOf(options, settings).find((one) => one.record === record)?.expr;

describe('the rules of an objective', () => {
  test('record its events, its target, and the ratio of its period', () => {
    const own = '{namespace="shop", service="checkout", slo="availability"}';
    expect(
      rulesOf(availability(99.9)).map(({ record, expr, labels = {} }) => [
        record,
        labels.window ?? '',
        /vector|30d|burn/.test(expr + record) ? expr : '…',
      ]),
    ).toEqual([
      ['slo:sli_total:rate5m', '', '…'],
      ['slo:sli_errors:rate5m', '', '…'],
      ['slo:objective:ratio', '', 'vector(0.999)'],
      ['slo:error_budget:ratio', '', 'vector(0.001)'],
      ['slo:time_period:days', '', 'vector(30)'],
      ['slo:minimum_errors:count', '', 'vector(5)'],
      ['slo:alert_threshold:ratio', '1h', 'vector(0.0144)'],
      ['slo:alert_threshold:ratio', '6h', 'vector(0.006)'],
      ['slo:alert_threshold:ratio', '1d', 'vector(0.003)'],
      ['slo:alert_threshold:ratio', '3d', 'vector(0.001)'],
      [
        'slo:sli_error:ratio_rate30d',
        '',
        `sum_over_time(slo:sli_errors:rate5m${own}[30d]) / (sum_over_time(slo:sli_total:rate5m${own}[30d]) > 0)`,
      ],
      [
        'slo:period_burn_rate:ratio',
        '',
        `slo:sli_error:ratio_rate30d${own} / slo:error_budget:ratio${own}`,
      ],
    ]);
  });

  test('all have the labels of the objective', () => {
    for (const { labels } of rulesOf(availability(99.9))) {
      expect(labels).toMatchObject({
        namespace: 'shop',
        service: 'checkout',
        slo: 'availability',
      });
    }
  });

  test('are valid PromQL for each kind of indicator', () => {
    const group = objectiveGroup(checkout, objectives, thirtyDays);
    const rules = group.rules(group.thresholds).recordings ?? [];
    expect(rules.length).toBeGreaterThan(80);
    for (const { expr } of rules) expect(analyse(expr).faults, expr).toEqual([]);
  });

  test('count a counter of failures that has no series yet as zero', () => {
    const of = { errors: 'orders_failed_total', total: 'orders_total' };
    expect(exprOf('slo:sli_errors:rate5m', availability(99.9, { of }))).toMatch(
      / or 0 \* sum\(slo:sli_total:rate5m\{[^}]*slo="availability"\}\)$/,
    );
  });

  test('count no failure as zero only if requests have the label of the library', () => {
    expect(exprOf('slo:sli_errors:rate5m', availability(99.9, { of: 'promhttp' }))).toMatch(
      / or 0 \* sum\(slo:sli_total:rate5m\{[^}]*\}\) and on \(\) last_over_time\(http_requests_total\{job="checkout", code!=""\}\[5m\]\)$/,
    );
  });

  test('count no event as slow or fast if the histogram lacks the bucket', () => {
    const expr = exprOf('slo:sli_errors:rate5m', latency(99, '250ms'));
    expect(expr).toMatch(/^clamp_min\(slo:sli_total:rate5m\{/);
    expect(expr).not.toContain(' or 0 ');
  });

  test.each([
    ['250ms', undefined, '0.25'],
    ['1s', undefined, '1.0'],
    ['1500ms', undefined, '1.5'],
    ['400ms', 'spans', '400.0'],
    ['1s', 'spans', '1000.0'],
    ['2s', { histogram: 'batch_ms', unit: 'milliseconds' }, '2000.0'],
  ] as const)(
    'select the bucket up to %s of %j as Prometheus stores it',
    (threshold, of, bound) => {
      const expr = exprOf('slo:sli_errors:rate5m', latency(99, threshold, of ? { of } : {}));
      expect(expr).toContain(`le="${bound}"`);
    },
  );

  test('select the series of the job, unless a selector selects another one', () => {
    const of = { errors: 'lost_total{job="queue"}', total: 'sent_total' };
    const options = availability(99, { of });
    expect(exprOf('slo:sli_errors:rate5m', options)).toContain('rate(lost_total{job="queue"}[5m])');
    expect(exprOf('slo:sli_total:rate5m', options)).toContain(
      'rate(sent_total{job="checkout"}[5m])',
    );
  });

  test('have rates over at least four scrapes', () => {
    const slow = { ...thirtyDays, scrapeSeconds: 120 };
    expect(exprOf('slo:sli_total:rate5m', availability(99), slow)).toContain('[8m])');
  });

  test('have no thresholds of critical alerts without pages', () => {
    const windows = rulesOf(availability(99.9, { page: false })).map((one) => one.labels?.window);
    expect(windows.filter((one) => one !== undefined)).toEqual(['1d', '3d']);
  });
});

describe('the windows of alerts', () => {
  test('have the burn rates of the SRE workbook for 30 days, and of sloth for 7 days', () => {
    expect(
      periods.map((period) => [period, ...burnWindows.map((one) => burnRate(one, period))]),
    ).toEqual([
      ['30d', 14.4, 6, 3, 1],
      ['14d', 13.44, 4.48, 1.96, 0.98],
      ['7d', 13.44, 3.5, 1.4, 0.98],
    ]);
  });

  test('have no threshold that no error ratio can exceed', () => {
    expect(thresholds(0.1, '30d', true)).toEqual([
      ['6h', 0.6],
      ['1d', 0.3],
      ['3d', 0.1],
    ]);
  });
});
