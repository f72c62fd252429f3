import { describe, expect, test } from 'vitest';
import values from '../../src/checks/queries/values.js';
import { rightQuantiles, timesCompared, timesUsed, wrongQuantiles } from '../promql/value-cases.js';
import { type Asked, withContent } from './query/content.js';

const declares = { order_seconds: { type: 'histogram' } } as const;
const findings = (asked: Asked) => values.run(withContent({ declares, ...asked }));

describe('a quantile', () => {
  test.each(wrongQuantiles)('that is no share is rejected: %s', (alert) => {
    const wrong = { severity: 'error', fault: 'quantile-out-of-range' };
    expect(findings({ alert })).toMatchObject([wrong]);
    expect(findings({ alert, imported: true })).toMatchObject([wrong]);
    expect(findings({ panel: alert })).toMatchObject([wrong]);
  });

  test.each([
    'histogram_quantile(-0.9, sum by (le) (rate(order_seconds_bucket[5m])))',
    'quantile(-1, order_seconds_count)',
    'quantile_over_time((-0.5), order_seconds_count[5m])',
  ])('below 0 is a warning, since Prometheus returns -Inf: %s', (panel) => {
    expect(findings({ panel })).toMatchObject([
      { severity: 'warning', fault: 'quantile-out-of-range' },
    ]);
    expect(findings({ panel: panel.replace(/-[\d.]+/, '-0') })).toEqual([]);
    expect(findings({ panel: panel.replace(/-[\d.]+/, '+0.5') })).toEqual([]);
  });

  test.each(rightQuantiles)('that is a share is accepted: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });

  test('gets a suggestion, and is a warning in a dashboard of others', () => {
    const [panel = ''] = wrongQuantiles;
    expect(findings({ panel })).toMatchObject([
      { value: '99', suggestion: '0.99', place: { path: 'panel Load, column 20' } },
    ]);
    expect(findings({ panel, imported: true })).toMatchObject([{ severity: 'warning' }]);
  });

  test('in a variable is a warning if its value is no share', () => {
    const panel = 'histogram_quantile($job, rate(order_seconds_bucket[5m]))';
    const variable = (query: string) => ({ variable: query, variableFields: { type: 'custom' } });
    expect(findings({ panel, ...variable('99,95') })).toMatchObject([
      { severity: 'warning', value: '$job', message: expect.stringContaining('value 99') },
    ]);
    expect(findings({ panel, ...variable('0.99,0.95') })).toEqual([]);
    expect(findings({ panel })).toEqual([]);
    const divided = 'histogram_quantile($job / 100, rate(order_seconds_bucket[5m]))';
    expect(findings({ panel: divided, ...variable('99,95') })).toEqual([]);
  });
});

describe('a quantile of a histogram whose buckets are known', () => {
  const quantile =
    'histogram_quantile(0.99, sum by (le) (rate(apiserver_request_duration_seconds_bucket{job="apiserver"}[5m])))';
  test.each([
    `${quantile} > 500`,
    `${quantile} > 60`,
    `500 <= ${quantile}`,
    `(${quantile}) >= 60.1`,
  ])('is not compared with more than its highest bound: %s', (alert) => {
    expect(findings({ alert })).toMatchObject([
      {
        severity: 'error',
        fault: 'beyond-buckets',
        message: expect.stringContaining('bound of the histogram is 60,'),
      },
    ]);
  });

  test.each([
    `${quantile} > 0.5`,
    `${quantile} >= 60`,
    `${quantile} < 500`,
    `1000 * ${quantile} > 500`,
    `${quantile} > bool 500`,
    'histogram_quantile(0.99, rate(order_seconds_bucket[5m])) > 500',
  ])('is accepted in %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});

describe('a time', () => {
  test.each(timesCompared)('is not compared with a duration: %s', (alert, always) => {
    expect(findings({ alert })).toMatchObject([
      { severity: always === 'true' ? 'warning' : 'error', fault: 'timestamp-as-duration' },
    ]);
  });

  test('can be 0 where nothing has happened', () => {
    const alert = 'prometheus_config_last_reload_success_timestamp_seconds < 600';
    expect(findings({ alert })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('true only for 0') },
    ]);
  });

  test.each(timesUsed)('is accepted in %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});

describe('a value of a label', () => {
  test.each([
    ['kube_node_status_condition{condition="Ready", status="True"} == 0', 'true'],
    ['kube_pod_status_phase{phase="running"} > 0', 'Running'],
    ['kube_pod_status_phase{phase=~"pending|failed"} > 0', undefined],
    ['kube_pod_status_phase{phase="Runing"} > 0', 'Running'],
    ['kube_job_failed{condition="True"} > 0', 'true'],
    ['kube_persistentvolumeclaim_status_phase{phase="Released"} > 0', undefined],
    ['ALERTS{alertstate="Firing"}', 'firing'],
    ['node_cpu_seconds_total{mode="guest"} > 0', undefined],
  ])('that never exists is rejected: %s', (alert, suggestion) => {
    expect(findings({ alert })).toMatchObject([
      { severity: 'error', fault: 'unknown-value', suggestion },
    ]);
  });

  test('that never exists is a warning where it excludes nothing, and in a dashboard of others', () => {
    const panel = 'kube_pod_status_phase{phase!="running"}';
    expect(findings({ panel })).toMatchObject([{ severity: 'warning' }]);
    const imported = { imported: true, panel: 'kube_pod_status_phase{phase="running"}' };
    expect(findings(imported)).toMatchObject([{ severity: 'warning' }]);
  });

  test.each([
    'kube_node_status_condition{condition="Ready", status="true"} == 0',
    'kube_node_status_condition{condition="Ready", status=~"True|true"} == 0',
    'kube_node_status_condition{condition="MyOwnCondition", status!="false"} == 1',
    'kube_pod_status_phase{phase=~"Pend.*"} > 0',
    'kube_pod_status_phase{phase=""} > 0',
    'kube_pod_container_status_waiting_reason{reason="Anything"} > 0',
    'unknown_status_phase{phase="running"} > 0',
  ])('that can exist, or that nobody knows, is accepted: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });

  test('is not checked where a variable is, or where a rule records the series', () => {
    expect(findings({ panel: 'kube_pod_status_phase{phase="$job"}' })).toEqual([]);
    const own = [{ record: 'kube_pod_status_phase', expr: 'vector(1)' }];
    const alert = 'kube_pod_status_phase{phase="mine"} > 0';
    expect(findings({ rules: own, alert })).toEqual([]);
  });
});
