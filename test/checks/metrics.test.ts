import { describe, expect, test } from 'vitest';
import metrics from '../../src/checks/queries/metrics.js';
import type { Mutable } from './input.js';
import { type Asked, withContent } from './query/content.js';

const declares = {
  orders_total: { type: 'counter', labels: ['status'] },
  queue_length: { type: 'gauge' },
  order_seconds: { type: 'histogram', labels: ['status'] },
} as const;

const findings = (asked: Asked) => metrics.run(withContent({ declares, ...asked }));

describe('known metrics', () => {
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
  )('have no findings: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});

describe('unknown metrics', () => {
  test('are reported with a suggestion', () => {
    expect(findings({ alert: 'kube_pod_status_phaze == 1' })).toMatchObject([
      {
        severity: 'error',
        place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 1' },
        fault: 'unknown-metric',
        value: 'kube_pod_status_phaze',
        suggestion: 'kube_pod_status_phase',
      },
    ]);
  });

  test('are reported if only another job has them, which the remedy names', () => {
    const remedy = 'Select the job that has it here: job="kube-state-metrics".';
    expect(findings({ alert: 'kube_pod_info{job="kubelet"} == 1' })).toMatchObject([
      { fault: 'unknown-metric', message: "The job 'kubelet' does not have this metric.", remedy },
    ]);
    expect(findings({ alert: 'kube_pod_info{job=~"kubelet|cadvisor"} == 1' })).toMatchObject([
      { fault: 'unknown-metric', message: 'The selected jobs do not have this metric.', remedy },
    ]);
    const [absent] = findings({ alert: 'kube_pod_infos{job="kubelet"} == 1' });
    expect(absent?.remedy).not.toContain('Select');
  });

  test('of imported content that another job has are one warning, apart from those that none has', () => {
    const of = (name: string) => `container_${name}{job="kubelet"}`;
    const names = ['memory_working_set_bytes', 'memory_rss', 'cpu_usage_seconds_total'];
    const remedy = 'Select the job that has it here: job="cadvisor".';
    const asked = { panels: names.map(of), panel: 'shop_up', imported: true };
    expect(findings(asked)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/^3 of 5 .* from other jobs/), remedy },
      { severity: 'warning', value: 'shop_up' },
    ]);
    const one = findings({ panel: of('memory_rss'), imported: true });
    expect(one).toMatchObject([{ severity: 'warning', value: 'container_memory_rss', remedy }]);
  });

  test('are an error if the server is configured not to expose them', () => {
    const input = withContent({ alert: 'kube_pod_info == 1', declares });
    const manifests = input.manifests.map((manifest) => {
      const object = structuredClone(manifest.object) as Mutable;
      const [container] = object.spec?.template?.spec?.containers ?? [];
      if (object.kind !== 'Deployment' || container.name !== 'kube-state-metrics') return manifest;
      container.args = container.args.map((arg: string) => arg.replace('^kube_pod_info$,', ''));
      return { ...manifest, object };
    });
    expect(metrics.run({ ...input, manifests })).toMatchObject([
      { severity: 'error', value: 'kube_pod_info' },
    ]);
  });

  test('are a warning if only one of the supported Kubernetes releases has them, without an alternative', () => {
    const alone = 'rate(kubelet_image_manager_ensure_image_requests_total[5m]) > 1';
    expect(findings({ alert: alone })).toMatchObject([
      {
        severity: 'warning',
        fault: 'one-release-only',
      },
    ]);
    expect(findings({ alert: `${alone} or up == 0` })).toEqual([]);
  });

  test('are reported in panels, in variables and in patterns of names', () => {
    expect(findings({ panel: 'order_total' })).toMatchObject([{ suggestion: 'orders_total' }]);
    expect(findings({ variable: 'label_values(order_total, job)' })).toHaveLength(1);
    expect(findings({ panel: '{__name__=~"nodes_.+"}' })).toMatchObject([
      { fault: 'unknown-pattern' },
    ]);
  });

  test('are also an error if a classic histogram is queried without a suffix', () => {
    expect(findings({ alert: 'rate(order_seconds[5m]) > 1' })).toMatchObject([
      { value: 'order_seconds' },
    ]);
  });

  test('are a warning if an application that may have them declares no metrics', () => {
    const warning = { severity: 'warning', fault: 'undeclared-metrics', value: 'x_total' };
    expect(findings({ alert: 'x_total > 1', declares: undefined })).toMatchObject([warning]);
    expect(
      findings({ alert: 'x_total{job="shop"} > 1', declares: undefined, imported: true }),
    ).toMatchObject([warning]);
    for (const alert of ['x_total{job="kubelet"} > 1', 'x_total{job=~"kube.+"} > 1']) {
      expect(findings({ alert, declares: undefined })).toMatchObject([{ severity: 'error' }]);
    }
    expect(findings({ alert: 'x_total > 1' })).toMatchObject([{ severity: 'error' }]);
  });

  test('of imported content: a grouping is reported only by a label that is surely another', () => {
    const of = (alert: string) =>
      findings({ imported: true, alert, description: '' }).filter(
        ({ fault }) => fault === 'missing-label',
      );
    for (const label of ['pod_name', 'namespac', 'contaner']) {
      expect(of(`sum by (${label}) (container_memory_working_set_bytes) > 1`)).toMatchObject([
        { severity: 'warning', value: label },
      ]);
    }
    for (const label of ['cluster', 'team', 'node', 'pod']) {
      expect(of(`sum by (${label}) (container_memory_working_set_bytes) > 1`)).toEqual([]);
    }
  });

  const several = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `shop_${name}_total`);

  test('that a job may have are one warning for each file', () => {
    const asked = { panels: [...several, 'up'], declares: undefined };
    const message =
      '6 of 7 metrics may not exist, because shop declares no metrics: shop_a_total, shop_b_total, shop_c_total, shop_d_total, shop_e_total and 1 more.';
    for (const [imported, file] of [
      [true, 'dashboards/shop.json'],
      [false, 'dashboards/shop.ts'],
    ] as const) {
      expect(findings({ ...asked, imported })).toEqual([
        expect.objectContaining({ severity: 'warning', place: { file }, message }),
      ]);
    }
  });

  test('of imported content are one warning for each file', () => {
    const rules = several.map((name) => ({ alert: name, expr: `${name} > 0` }));
    expect(findings({ panels: several, rules, imported: true })).toMatchObject([
      { severity: 'warning', place: { file: 'alerts/shop.yaml' }, fault: 'unknown-metric' },
      {
        severity: 'warning',
        place: { file: 'dashboards/shop.json' },
        fault: 'unknown-metric',
        message: expect.stringMatching(/^6 of 7 metrics come from no scrape job/),
      },
    ]);
    expect(findings({ panels: several })).toHaveLength(6);
    // Recording rules of others count, too; in our own content the check `rules` reports them.
    expect(findings({ panel: 'a:b:c', imported: true })).toMatchObject([
      { severity: 'warning', fault: 'unknown-metric', value: 'a:b:c' },
    ]);
    expect(findings({ panel: 'a:b:c' })).toEqual([]);
  });

  test('can come from a server that Prometheus reads', () => {
    const remoteRead = [{ url: 'https://metrics.example.com/read' }];
    const asked = { declares, prometheus: { remoteRead } };
    for (const alert of ['db_up{job="db"} == 0', 'db:up:sum == 0']) {
      expect(findings({ ...asked, alert })).toMatchObject([
        { severity: 'warning', fault: 'undeclared-metrics' },
      ]);
    }
    expect(findings({ ...asked, alert: 'orders_total{cluster="a"} offset 5m == 0' })).toMatchObject(
      [{ fault: 'raw-counter' }],
    );
  });

  test('can have any job if a page with the series of others is scraped', () => {
    const scrapeConfigs = [
      {
        config: {
          job_name: 'federation',
          honor_labels: true,
          metrics_path: '/federate',
          params: { 'match[]': ['{job="db"}'] },
          static_configs: [{ targets: ['10.1.2.3:9090'] }],
        },
      },
    ];
    for (const alert of ['db_up{job="db"} == 0', 'db:up:sum{job="db"} == 0']) {
      const asked = { alert, prometheus: { scrapeConfigs } };
      expect(findings(asked)).toMatchObject([{ severity: 'warning', fault: 'undeclared-metrics' }]);
    }
  });

  test('of a native scrape job are a warning', () => {
    const scrapeConfigs = [
      { config: { job_name: 'switches', static_configs: [{ targets: ['10.1.2.3:9100'] }] } },
    ];
    const asked = { alert: 'if_in_octets{job="switches"} > 1', prometheus: { scrapeConfigs } };
    expect(findings(asked)).toMatchObject([
      {
        severity: 'warning',
        fault: 'undeclared-metrics',
      },
    ]);
    expect(findings({ ...asked, alert: 'up{job="switches", instance!=""} == 0' })).toEqual([]);
  });
});

describe('unknown labels', () => {
  test.each([
    ['up{pot="x"} == 0', 'pot'],
    ['sum by (statuss) (rate(orders_total[5m])) > 1', 'statuss'],
    ['kube_pod_info{node="x", cluster="y"} == 1', 'cluster'],
    ['up / on (mode) up > 1', 'mode'],
    ['max by (namespace) (shop:up:sum) < 1', 'namespace'],
  ])('are reported in %s', (alert, label) => {
    expect(findings({ alert })).toMatchObject([
      { severity: 'error', fault: 'missing-label', message: expect.stringContaining(`'${label}'`) },
    ]);
  });

  test.each([
    'sum without (endpoint) (rate(process_cpu_seconds_total[5m])) > 1e6',
    'count by (cluster, job) (up == 0) / count by (cluster, job) (up) > 10',
  ])('are a warning where they have no effect: %s', (alert) => {
    const found = findings({ alert }).filter(({ fault }) => fault === 'missing-label');
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  test('are an error beside others if they are misspelt', () => {
    expect(findings({ alert: 'count by (instanc, job) (up == 0) > 10' })).toMatchObject([
      { severity: 'error', fault: 'missing-label', suggestion: 'instance' },
    ]);
  });

  test('are reported if a variable uses their values', () => {
    expect(findings({ variable: 'label_values(up, mode)' })).toMatchObject([
      {
        place: { path: 'variable job, column 1' },
        fault: 'missing-label',
        message: expect.stringContaining("'mode'"),
      },
    ]);
  });

  test('are not reported if any value matches, or if the metric is unknown', () => {
    expect(findings({ panel: 'up{mode=~".*"}' })).toEqual([]);
    expect(findings({ panel: 'x{mode="y", job="shop"}', declares: undefined })).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  test('are not reported if a variable has the value All and the label exists', () => {
    expect(findings({ panel: 'up{job=~"$job"}', all: true })).toEqual([]);
    expect(findings({ panel: 'up{jbo=~"$job"}', all: true })).toMatchObject([
      { suggestion: 'job' },
    ]);
  });

  test('can be external labels, which a variable can select', () => {
    expect(findings({ panel: 'up{cluster=~"$job"}', all: true })).toEqual([]);
    expect(findings({ panel: 'up{cluster=~"$job"}' })).toHaveLength(1);
  });

  const mixin = { variable: 'label_values(node_load1, job_of)' };

  test('are not needed by a matcher of a variable that has no values', () => {
    for (const imported of [true, false]) {
      const asked = { ...mixin, imported, variableFields: { hide: 2 } };
      for (const panel of ['up{job_of="$job"}', 'up{job_of=~"${job:pipe}"}']) {
        const found = findings({ ...asked, panel });
        // In our own content, a variable without values is a mistake.
        expect(found).toMatchObject(
          imported ? [] : [{ place: { path: 'variable job, column 1' } }],
        );
      }
      // These select nothing.
      for (const panel of ['up{job_of!="$job"}', 'up{job_of="$job:9100"}']) {
        expect(findings({ ...asked, panel })).toHaveLength(imported ? 1 : 2);
      }
    }
  });

  test('of a visible variable of imported content are a warning', () => {
    expect(findings({ ...mixin, panel: 'up', imported: true })).toMatchObject([
      { severity: 'warning', fault: 'missing-label', place: { path: 'variable job, column 1' } },
    ]);
  });

  test('are not needed by imported groupings, matchings and values All', () => {
    const panels = [
      'sum by (cluster, pod) (up)',
      'up * on (cluster, job) group_left (zone) group by (cluster, job, zone) (up)',
      'label_replace(up, "x", "$1", "zone", "(.*)")',
      'up{zone=~"$job"}',
    ];
    expect(findings({ panels, imported: true, all: true })).toEqual([]);
    expect(findings({ panels, all: true }).length).toBeGreaterThan(3);
  });

  test('are one warning for each imported file', () => {
    const panels = ['up{zone="a"}', 'up{region="b"}', 'up{zone="c"}', 'sum(up)'];
    expect(findings({ panels, imported: true })).toMatchObject([
      {
        severity: 'warning',
        fault: 'missing-label',
        place: { file: 'dashboards/shop.json' },
        message: '3 of 7 queries use labels that their series do not have here: region, zone.',
      },
    ]);
    expect(findings({ panels })).toHaveLength(3);
  });

  test('are reported for buckets with a range that Grafana sets', () => {
    const rate = 'rate(order_seconds_bucket[$__rate_interval])';
    expect(findings({ panel: `histogram_quantile(0.9, sum by (status) (${rate}))` })).toMatchObject(
      [{ fault: 'lost-bucket-label' }],
    );
  });

  test('are known for alerts: the labels of their expressions and their own', () => {
    const panel = (label: string) => findings({ panel: `ALERTS{${label}="x"} > 0` });
    for (const label of ['alertname', 'alertstate', 'job']) expect(panel(label)).toEqual([]);
    expect(panel('alertnmae')).toMatchObject([{ suggestion: 'alertname' }]);
  });

  test('are not reported in joins of the labels of alerts', () => {
    const join = (of: string) => `label_join(${of}, "object", " ", "job", "pod", "disk")`;
    expect(findings({ panel: join('ALERTS') })).toEqual([]);
    expect(findings({ panel: join('up{job="kubelet"}') })).toMatchObject([
      { fault: 'missing-label', message: expect.stringContaining("'pod'") },
      { fault: 'missing-label', message: expect.stringContaining("'disk'") },
    ]);
  });

  test('are renamed if the target has the same label', () => {
    const declared = { x: { type: 'gauge', labels: ['pod'] } } as const;
    expect(findings({ alert: 'x{exported_pod="y"} > 1', declares: declared })).toEqual([]);
    expect(findings({ alert: 'up{exported_pod="y"} > 1' })).toHaveLength(1);
  });
});

describe('labels of Kubernetes objects that no option lists', () => {
  const excluding = 'kube_pod_info unless on (namespace) kube_namespace_labels{label_team="x"}';
  const team = 'kube_pod_info * on (namespace) group_left (label_team) kube_namespace_labels';
  const remedy = expect.stringContaining(
    "kubeStateMetrics.labels of the environment, such as { namespaces: ['team'] }",
  );

  test('are a warning where they only exclude series, and an error elsewhere', () => {
    const unknown = { fault: 'unknown-metric', value: 'kube_namespace_labels', remedy };
    expect(findings({ alert: excluding })).toMatchObject([{ ...unknown, severity: 'warning' }]);
    expect(findings({ alert: team })).toMatchObject([{ ...unknown, severity: 'error' }]);
    expect(findings({ alert: team, imported: true })).toMatchObject([
      { ...unknown, severity: 'warning' },
    ]);
  });

  const asked = { kubeStateMetrics: { labels: { namespaces: ['app'] } } };

  test('are a warning where the option lists others, and accepted if it lists them', () => {
    expect(findings({ ...asked, alert: excluding })).toMatchObject([
      { fault: 'missing-label', value: 'label_team="x"', severity: 'warning', remedy },
    ]);
    const given = { kubeStateMetrics: { labels: { namespaces: ['team'] } } };
    expect(findings({ ...given, alert: excluding })).toEqual([]);
    expect(findings({ ...given, alert: team })).toEqual([]);
  });

  test('are an error where series must have them', () => {
    const alert = 'kube_pod_info and on (namespace) kube_namespace_labels{label_team="x"}';
    expect(findings({ ...asked, alert })).toMatchObject([
      { fault: 'missing-label', severity: 'error', remedy },
    ]);
  });

  test('do not excuse other metrics that do not exist', () => {
    const alert = 'kube_pod_info unless on (namespace) kube_namespace_phase == 1';
    expect(findings({ ...asked, alert })).toMatchObject([{ severity: 'error' }]);
  });
});

describe('a metric with the wrong operation', () => {
  test.each([
    ['orders_total > 5', 'raw-counter'],
    ['sum by (job) (orders_total) * 2 == 0', 'raw-counter'],
    ['max_over_time(order_seconds_count[5m]) > 1', 'raw-counter'],
    ['orders_total > 0', 'raw-counter'],
    ['orders_total > 0 unless on (job) queue_length > 5', 'raw-counter'],
    ['queue_length > 5 or on (job) orders_total > 0', 'raw-counter'],
    ['queue_length > 5 and on (job) orders_total > 100', 'raw-counter'],
    ['rate(queue_length[5m]) > 1', 'rate-of-gauge'],
    ['increase(queue_length[5m]) > 1', 'rate-of-gauge'],
    ['delta(orders_total[5m]) > 1', 'delta-of-counter'],
    [
      'histogram_quantile(0.9, sum by (status) (rate(order_seconds_bucket[5m]))) > 1',
      'lost-bucket-label',
    ],
    ['histogram_quantile(0.9, rate(order_seconds_sum[5m])) > 1', 'lost-bucket-label'],
  ])('is reported: %s', (alert, fault) => {
    expect(findings({ alert })).toMatchObject([{ fault }]);
  });

  test.each([
    'queue_length > 5',
    'rate(orders_total[5m]) > 5',
    'count by (job) (orders_total) > 5',
    'time() - timestamp(orders_total) > 5',
    'absent(orders_total) == 1',
    'delta(queue_length[5m]) > 5',
    // Whether anything was counted, as a filter.
    'queue_length > 5 and on (job) orders_total > 0',
    'queue_length > 5 and on (job) sum by (job) (order_seconds_count) != 0',
    'orders_total > 0 and on (job) queue_length > 5',
    'queue_length unless on (job) orders_total == 0',
    'rate(order_seconds_sum[5m]) / (order_seconds_count > 0)',
  ])('is not reported: %s', (alert) => {
    expect(findings({ alert })).toEqual([]);
  });
});

describe('a runbook', () => {
  test('has a warning for a metric that no engine has, at its file and line', () => {
    expect(
      findings({ runbook: 'sum by (pod) (kube_pod_status_phaze{namespace="NAMESPACE"})' }),
    ).toMatchObject([
      {
        severity: 'warning',
        place: { file: 'alerts/shop.md', line: 9, path: 'runbook of ShopDown, column 15' },
        fault: 'unknown-metric',
        value: 'kube_pod_status_phaze',
        suggestion: 'kube_pod_status_phase',
      },
    ]);
  });

  test('has a warning for a label that the series do not have', () => {
    expect(findings({ runbook: 'kube_pod_status_phase{nod="NODE"}' })).toMatchObject([
      { severity: 'warning', place: { file: 'alerts/shop.md', line: 9 } },
    ]);
  });

  test('can use a metric of an engine that this environment does not scrape', () => {
    expect(
      findings({
        runbook:
          'histogram_quantile(0.9, rate(etcd_disk_wal_fsync_duration_seconds_bucket{node="NODE"}[5m]))',
      }),
    ).toEqual([]);
  });
});

test('a recording rule must not have the name of a metric of a job', () => {
  const found = (record: string, more: object = {}) =>
    metrics
      .run(withContent({ rules: [{ record, expr: 'sum by (job) (up)' }], ...more }))
      .filter(({ fault }) => fault === 'recorded-metric')
      .map(({ severity, value }) => [severity, value]);
  expect(found('prometheus_build_info')).toEqual([['error', 'prometheus_build_info']]);
  expect(found('prometheus_http_request_duration_seconds_bucket')).toHaveLength(1);
  expect(found('orders_total', { declares: { orders_total: { type: 'counter' } } })).toHaveLength(
    1,
  );
  expect(found('prometheus_build_info', { imported: true })).toEqual([
    ['warning', 'prometheus_build_info'],
  ]);
  expect(found('job:up:sum')).toEqual([]);
  expect(found('orders_total')).toEqual([]);
  // No series has the name of a classic histogram.
  expect(found('orders_seconds', { declares: { orders_seconds: { type: 'histogram' } } })).toEqual(
    [],
  );
});
