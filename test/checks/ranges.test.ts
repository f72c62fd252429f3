import { describe, expect, test } from 'vitest';
import ranges from '../../src/checks/queries/ranges.js';
import { type Asked, withContent } from './query/content.js';

const declares = { orders_total: { type: 'counter' }, queue_length: { type: 'gauge' } } as const;

const findings = (asked: Asked) => ranges.run(withContent({ declares, ...asked }));
const severities = (asked: Asked) => findings(asked).map(({ severity }) => severity);

// Jobs are scraped every 30s.
test.each([
  ['error', 'rate(orders_total[30s]) > 0'],
  ['error', 'sum(increase(orders_total[20s] offset 5m)) > 0'],
  ['error', 'irate(orders_total[59s]) > 0'],
  ['error', 'deriv(queue_length[30s]) > 0'],
  ['error', 'changes(queue_length[30s]) > 0'],
  ['error', 'predict_linear(queue_length[30s], 3600) < 0'],
  ['error', 'max_over_time(rate(orders_total[30s])[1h:1m]) > 0'],
  ['warning', 'rate(orders_total[1m]) > 0'],
  ['warning', 'rate(orders_total[119s]) > 0'],
  ['warning', 'max_over_time(queue_length[20s]) > 0'],
  ['none', 'rate(orders_total[2m]) > 0'],
  ['none', 'rate(orders_total[5m]) > 0'],
  ['none', 'max_over_time(queue_length[30s]) > 0'],
  ['none', 'avg_over_time(sum(queue_length)[1m:10s]) > 0'],
  ['none', 'rate(sum(orders_total)[30s:10s]) > 0'],
  ['none', 'rate(metric_that_no_job_has[30s]) > 0'],
])('%s: %s', (severity, alert) => {
  expect(severities({ alert })).toEqual(severity === 'none' ? [] : [severity]);
});

describe('a range of less than two scrapes', () => {
  const short = 'rate(orders_total[30s])';

  test('is an error in alerts, recording rules and dashboards, also of others', () => {
    for (const imported of [false, true]) {
      const alert = `${short} > 0`;
      expect(findings({ imported, alert })).toMatchObject([
        { severity: 'error', fault: 'rate-too-short', value: '[30s]' },
      ]);
      expect(severities({ imported, description: '', record: `sum(${short})` })).toEqual(['error']);
      expect(severities({ imported, panel: short })).toEqual(['error']);
    }
  });

  test('that may have two samples is a warning in dashboards of others', () => {
    const panel = 'rate(orders_total[59s])';
    expect(severities({ panel, imported: true })).toEqual(['warning']);
    expect(severities({ panel })).toEqual(['error']);
  });

  test('of an alternative is a warning in dashboards of others, and hides no error', () => {
    const panel = `${short} or rate(orders_total[5m])`;
    expect(severities({ panel, imported: true })).toEqual(['warning']);
    expect(severities({ panel })).toEqual(['error']);
    expect(severities({ panel, panels: [short], imported: true })).toEqual(['warning', 'error']);
  });

  test('is judged by the interval of the job', () => {
    const asked = { alert: 'rate(orders_total[5m]) > 0' };
    expect(severities({ ...asked, prometheus: { scrapeInterval: '4m' } })).toEqual(['error']);
    expect(severities({ ...asked, prometheus: { scrapeInterval: '2m' } })).toEqual(['warning']);
    expect(severities({ ...asked, prometheus: { scrapeInterval: '1m' } })).toEqual([]);
    expect(severities({ ...asked, interval: '4m' })).toEqual(['error']);
    expect(severities({ ...asked, interval: '10s', alert: `${short} > 0` })).toEqual(['warning']);
  });

  test('of a recording rule is judged by the evaluations of its group', () => {
    const rule = { record: 'shop:up:sum', expr: 'sum by (job) (up)' };
    expect(severities({ alert: 'delta(shop:up:sum[30s]) > 0', rules: [rule] })).toEqual(['error']);
    expect(severities({ alert: 'delta(shop:up:sum[2m]) > 0' })).toEqual([]);
  });

  test('is not reported of runbooks, which are the same for all intervals', () => {
    expect(findings({ runbook: short })).toEqual([]);
  });

  test("is not reported of Grafana's ranges and of variables", () => {
    for (const range of ['$__rate_interval', '$__interval', '${job}', '$job']) {
      expect(findings({ panel: `rate(orders_total[${range}])` })).toEqual([]);
    }
  });
});
