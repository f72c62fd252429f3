import { describe, expect, test } from 'vitest';
import matching from '../../src/checks/queries/matching.js';
import { matchingCases } from '../promql/matching-cases.js';
import { type Asked, withContent } from './query/content.js';

const declares = { orders_total: { type: 'counter', labels: ['status'] } } as const;

const findings = (asked: Asked) => matching.run(withContent({ declares, ...asked }));

test.each(matchingCases.map(([expr, fault]) => [fault ?? 'no fault', expr] as const))(
  'has %s: %s',
  (fault, alert) => {
    const found = findings({ alert }).map((one) => one.fault);
    expect(found).toEqual(fault === 'no fault' ? [] : [fault]);
  },
);

describe('sides that never match', () => {
  const alert = 'sum by (namespace) (kube_pod_info) != kube_namespace_status_phase';

  test('are an error that names the label and a remedy', () => {
    expect(findings({ alert })).toMatchObject([
      {
        severity: 'error',
        place: { file: 'alerts/shop.ts', path: 'alert ShopDown, column 1' },
        message: expect.stringContaining("the series on the right have the label 'job'"),
        remedy: "Match by labels that both sides have, such as '!= on (namespace)'.",
        value: alert,
      },
    ]);
  });

  test('have the usual remedy if no label can match', () => {
    const never = 'sum by (job) (up{job="prometheus"}) * sum by (job) (up{job="grafana"})';
    expect(findings({ alert: never })).toMatchObject([
      { remedy: 'Match by the labels that both sides have, with on (…) or ignoring (…).' },
    ]);
  });

  test('are not reported if a job does not exist: the check `jobs` does that', () => {
    const none = 'count by (job) (up{job="gone"}) unless on (job) count by (job) (up == 1)';
    expect(findings({ alert: none })).toEqual([]);
  });

  test('are reported once for a file that others wrote, and are a warning in a dashboard', () => {
    const asked = { imported: true, panel: alert, panels: [`${alert} + 1`, `${alert} + 2`] };
    expect(findings(asked)).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('3 queries of the file') },
    ]);
    expect(findings({ imported: true, alert })).toMatchObject([{ severity: 'error' }]);
  });

  test('are reported at the operator that is the cause, and not at those around it', () => {
    expect(findings({ alert: `(${alert}) * 2 + kube_namespace_status_phase` })).toHaveLength(1);
  });

  test('are not reported of metrics whose labels nobody knows, except for job and instance', () => {
    const unknown = { declares: undefined };
    expect(findings({ ...unknown, alert: 'sum by (x) (one) / sum by (y) (two)' })).toEqual([]);
    expect(findings({ ...unknown, alert: 'sum by (x) (one) / two' })).toHaveLength(1);
    const drops = [{ action: 'labelkeep', regex: '__name__|x' }] as const;
    expect(findings({ ...unknown, sampleRelabel: drops, alert: 'sum by (x) (one) / two' })).toEqual(
      [],
    );
  });

  test('are found through the labels of recording rules', () => {
    const record = 'sum by (namespace) (kube_pod_info)';
    const description = '';
    expect(
      findings({ record, description, alert: 'shop:up:sum > kube_namespace_status_phase' }),
    ).toHaveLength(1);
    expect(findings({ record, description, alert: 'shop:up:sum > shop:up:sum * 2' })).toEqual([]);
  });

  test('are not reported if the job of one side has its series on the other side, in each operand', () => {
    const ours = 'prometheus_remote_storage_samples_failed_total';
    const theirs = 'prometheus_remote_storage_samples_total';
    const asked = {
      declares: undefined,
      prometheus: {
        scrapeConfigs: [
          {
            config: {
              job_name: 'other',
              static_configs: [{ targets: ['192.0.2.1:80'] }],
              relabel_configs: [{ target_label: 'service', replacement: 'other' }],
            },
          },
        ],
      },
    };
    for (const alert of [
      `rate(${ours}{job="prometheus"}[5m]) / (rate(${ours}[5m]) + rate(${theirs}[5m]))`,
      `${ours}{job="prometheus"} / (${ours} or ${theirs})`,
      `${ours}{job="prometheus"} / (${ours} and on (pod) ${theirs})`,
      `${ours}{job="prometheus"} / (${ours} * on (pod) group_left () sum by (pod) (${theirs}))`,
    ]) {
      expect(findings({ ...asked, alert }), alert).toEqual([]);
    }
    const other = `kube_pod_info{job="kube-state-metrics"} / (${ours} + ${theirs})`;
    expect(findings({ ...asked, alert: other })).toMatchObject([{ fault: 'never-matches' }]);
    const unlike = `${ours}{job="prometheus"} / (${ours} + sum by (job) (${theirs}))`;
    expect(findings({ ...asked, alert: unlike })).toHaveLength(1);
  });

  test('are not reported where a variable of a dashboard is', () => {
    const panel = 'orders_total{status="$job"} / orders_total{status="done"}';
    expect(findings({ panel })).toEqual([]);
    expect(findings({ panel: 'sum by ($job) (orders_total) / sum(orders_total)' })).toEqual([]);
    expect(findings({ panel: 'orders_total / on ($job) sum(orders_total)' })).toEqual([]);
  });
});

describe('a rule whose labels', () => {
  const rule = (expr: string, labels: object) => ({ rules: [{ alert: 'Down', expr, labels }] });

  test.each([
    ['sum by (job) (up) == 0', { job: 'all' }],
    ['sum by (job, instance) (up) == 0', { job: 'all', instance: 'all' }],
    ['sum by (pod) (kube_pod_info) > 0', { severity: 'warning', pod: 'all' }],
  ])('make several alerts the same is rejected: %s %j', (expr, labels) => {
    expect(findings(rule(expr, labels))).toMatchObject([
      {
        severity: 'error',
        fault: 'merged-by-rule',
        place: { path: expect.stringContaining('labels.') },
      },
    ]);
    const recording = { record: 'shop:one', expr, labels };
    expect(findings({ rules: [recording] })).toMatchObject([{ fault: 'merged-by-rule' }]);
    expect(findings({ rules: [recording], imported: true })).toMatchObject([{ severity: 'error' }]);
  });

  test.each([
    ['sum by (job) (up) == 0', { severity: 'warning', team: 'shop' }],
    ['sum by (job, instance) (up) == 0', { job: 'all' }],
    ['sum by (job) (up{job="grafana"}) == 0', { job: 'all' }],
    ['sum(up) == 0', { job: 'all' }],
    ['up == 0', { job: 'all' }],
    ['sum by (job) (up) == 0', { job: '{{ $labels.job }}' }],
    ['sum by (team) (unknown_metric) > 0', { team: 'shop' }],
    ['topk(1, sum by (pod) (kube_pod_info))', { pod: 'all' }],
  ])('keep them apart is accepted: %s %j', (expr, labels) => {
    const undeclared = { declares: undefined };
    expect(findings({ ...undeclared, ...rule(expr, labels) })).toEqual([]);
  });
});

test('a variable of a dashboard selects series that keep the labels that all of them have', () => {
  const panel = 'sum by (namespace) (kube_pod_info{namespace="$job"}) / sum(kube_pod_info)';
  expect(findings({ panel })).toMatchObject([{ fault: 'never-matches' }]);
  expect(findings({ panel: panel.replace('sum(', 'sum by (namespace) (') })).toEqual([]);
});
