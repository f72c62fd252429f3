import { describe, expect, test } from 'vitest';
import metrics from '../../src/checks/metrics.js';
import { type Asked, withContent } from './query/content.js';

const declares = {
  orders_total: { type: 'counter', labels: ['status'] },
  queue_length: { type: 'gauge' },
  order_seconds: { type: 'histogram', labels: ['status'] },
} as const;

const findings = (asked: Asked) => metrics.run(withContent({ declares, ...asked }));

describe('metrics that are there', () => {
  test.each(
    [
      'sum by (job) (up)',
      'up{job="kubelet"} == 0',
      'rate(orders_total{job="shop", status="failed", pod=~"x.*"}[5m]) > 1',
      'histogram_quantile(0.9, sum by (le, status) (rate(order_seconds_bucket[5m]))) > 1',
      'rate(order_seconds_sum[5m]) / rate(order_seconds_count[5m]) > 1',
      'sum by (namespace, pod) (kube_pod_status_phase{job="kube-state-metrics", phase="Pending"}) > 0',
      'sum by (node) (rate(node_cpu_seconds_total{job="node-exporter", mode="idle"}[5m])) < 1',
      'rate(container_cpu_usage_seconds_total{job="cadvisor", container!=""}[5m]) > 1',
      'histogram_quantile(0.9, sum by (le, verb) (rate(apiserver_request_duration_seconds_bucket{job="apiserver"}[5m]))) > 1',
      'histogram_quantile(0.9, rate(prometheus_http_request_duration_seconds{job="prometheus"}[5m])) > 1',
      'probe_success{job="probe", service="grafana"} == 0',
      'ALERTS{alertname="X"} > 0',
      'shop:up:sum{job="shop"} < 1',
      '{__name__=~"node_cpu_.+"} > 0',
      'count(orders_total > 0 offset 5m) > 3 or vector(1)',
      'orders_total != orders_total offset 5m',
    ].filter((expr) => !expr.startsWith('count(')),
  )('pass: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});

describe('metrics that are not there', () => {
  test('are named, with what was perhaps meant', () => {
    expect(findings({ alert: 'kube_pod_status_phaze == 1' })).toMatchObject([
      {
        severity: 'error',
        place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 1' },
        message: 'No scrape job and no recording rule has such a metric.',
        value: 'kube_pod_status_phaze',
        suggestion: 'kube_pod_status_phase',
      },
    ]);
  });

  test('are not there either where another job has them', () => {
    expect(findings({ alert: 'kube_pod_info{job="kubelet"} == 1' })).toMatchObject([
      { message: "The job 'kubelet' has no such metric." },
    ]);
  });

  test('are an error where one of the supported releases of Kubernetes has them, without the other', () => {
    const alone = 'rate(kubelet_image_manager_ensure_image_requests_total[5m]) > 1';
    expect(findings({ alert: alone })).toMatchObject([
      {
        severity: 'error',
        message: 'Of the Kubernetes releases that are supported, 1.37 alone has this metric.',
      },
    ]);
    expect(findings({ alert: `${alone} or up == 0` })).toEqual([]);
  });

  test('are found in panels and variables, and by patterns of names', () => {
    expect(findings({ panel: 'order_total' })).toMatchObject([{ suggestion: 'orders_total' }]);
    expect(findings({ variable: 'label_values(order_total, job)' })).toHaveLength(1);
    expect(findings({ panel: '{__name__=~"nodes_.+"}' })).toMatchObject([
      { message: 'No metric has a name of this pattern.' },
    ]);
  });

  test('are an error as well where the histogram is asked for without its parts', () => {
    expect(findings({ alert: 'rate(order_seconds[5m]) > 1' })).toMatchObject([
      { value: 'order_seconds' },
    ]);
  });

  test('are a warning in content of a user where an application declares nothing', () => {
    expect(findings({ alert: 'x_total > 1', declares: undefined, shipped: false })).toMatchObject([
      {
        severity: 'warning',
        message: 'Whether there is such a metric is not known: shop declares none.',
      },
    ]);
    expect(findings({ alert: 'x_total > 1', declares: undefined })).toMatchObject([
      { severity: 'error' },
    ]);
    expect(findings({ alert: 'x_total > 1', shipped: false })).toMatchObject([
      { severity: 'error' },
    ]);
  });

  test('of a job in Prometheus’s own words are not known either, and may be asked for with a warning', () => {
    const scrapeConfigs = [
      { config: { job_name: 'switches', static_configs: [{ targets: ['10.1.2.3:9100'] }] } },
    ];
    const asked = { alert: 'if_in_octets{job="switches"} > 1', prometheus: { scrapeConfigs } };
    expect(findings({ ...asked, shipped: false })).toMatchObject([
      {
        severity: 'warning',
        message: 'Whether there is such a metric is not known: switches declares none.',
        remedy: 'See whether its page has it; a party could declare its metrics.',
      },
    ]);
    expect(findings({ ...asked, alert: 'up{job="switches", instance!=""} == 0' })).toEqual([]);
  });
});

describe('labels that are not there', () => {
  test.each([
    ['up{pot="x"} == 0', 'pot'],
    ['sum by (statuss) (rate(orders_total[5m])) > 1', 'statuss'],
    ['kube_pod_info{node="x", cluster="y"} == 1', 'cluster'],
    ['up / on (mode) up > 1', 'mode'],
    ['max by (namespace) (shop:up:sum) < 1', 'namespace'],
  ])('are named in %s', (alert, label) => {
    expect(findings({ alert })).toMatchObject([
      { severity: 'error', message: expect.stringContaining(`no label '${label}'`) },
    ]);
  });

  test('are named where a variable asks for their values', () => {
    expect(findings({ variable: 'label_values(up, mode)' })).toMatchObject([
      { place: { path: 'variable job, column 1' }, message: expect.stringContaining("'mode'") },
    ]);
  });

  test('are not missed where any value will do, or nothing is known of the metric', () => {
    expect(findings({ panel: 'up{mode=~".*"}' })).toEqual([]);
    expect(
      findings({ panel: 'x{mode="y", job="shop"}', declares: undefined, shipped: false }),
    ).toMatchObject([{ severity: 'warning' }]);
  });

  test('are not missed either where a variable chooses among all values, if the label is there', () => {
    expect(findings({ panel: 'up{job=~"$job"}', all: true })).toEqual([]);
    expect(findings({ panel: 'up{jbo=~"$job"}', all: true })).toMatchObject([
      { suggestion: 'job' },
    ]);
  });

  test('are those of Prometheus itself, of which a variable may choose', () => {
    expect(findings({ panel: 'up{cluster=~"$job"}', all: true })).toEqual([]);
    expect(findings({ panel: 'up{cluster=~"$job"}' })).toHaveLength(1);
  });

  test('are missed in buckets over a time that Grafana chooses', () => {
    const rate = 'rate(order_seconds_bucket[$__rate_interval])';
    expect(findings({ panel: `histogram_quantile(0.9, sum by (status) (${rate}))` })).toMatchObject(
      [{ message: expect.stringContaining('The buckets have lost') }],
    );
  });

  test('are known of alerts: those of their expressions, and their own', () => {
    const panel = (label: string) => findings({ panel: `ALERTS{${label}="x"} > 0` });
    for (const label of ['alertname', 'alertstate', 'job']) expect(panel(label)).toEqual([]);
    expect(panel('alertnmae')).toMatchObject([{ suggestion: 'alertname' }]);
  });

  test('are moved aside by those of the target', () => {
    const declared = { x: { type: 'gauge', labels: ['pod'] } } as const;
    expect(findings({ alert: 'x{exported_pod="y"} > 1', declares: declared })).toEqual([]);
    expect(findings({ alert: 'up{exported_pod="y"} > 1' })).toHaveLength(1);
  });
});

describe('a metric that is used as another kind', () => {
  test.each([
    ['orders_total > 5', "A counter is compared as it is by '>'"],
    ['sum by (job) (orders_total) * 2 == 0', "A counter is compared as it is by '=='"],
    ['max_over_time(order_seconds_count[5m]) > 1', 'A counter is compared'],
    ['rate(queue_length[5m]) > 1', "'rate' takes every fall of a gauge"],
    ['increase(queue_length[5m]) > 1', "'increase' takes every fall of a gauge"],
    ['delta(orders_total[5m]) > 1', "'delta' of a counter is wrong"],
    [
      'histogram_quantile(0.9, sum by (status) (rate(order_seconds_bucket[5m]))) > 1',
      'The buckets have lost',
    ],
    ['histogram_quantile(0.9, rate(order_seconds_sum[5m])) > 1', 'The buckets have lost'],
  ])('is named: %s', (alert, message) => {
    expect(findings({ alert })).toMatchObject([{ message: expect.stringContaining(message) }]);
  });

  test.each([
    'queue_length > 5',
    'rate(orders_total[5m]) > 5',
    'count by (job) (orders_total) > 5',
    'time() - timestamp(orders_total) > 5',
    'absent(orders_total) == 1',
    'delta(queue_length[5m]) > 5',
  ])('is not: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});
