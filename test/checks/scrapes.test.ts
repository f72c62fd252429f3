import { describe, expect, test } from 'vitest';
import scrapes from '../../src/checks/scraping/scrapes.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { metrics } from '../../src/model/offer.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf } from './input.js';

type Options = EnvironmentOptions;
type Job = Readonly<Record<string, unknown>>;

const memory = { memory: '4Gi', memoryLimit: '4Gi', volume: '50Gi' };
const targets = [{ targets: ['db.example.com:9100'] }];
const name = ['__name__'];

const scraping = (...jobs: readonly Job[]): Options =>
  ({
    ...minimal,
    prometheus: {
      ...memory,
      scrapeConfigs: jobs.map(({ at, ...config }, index) => ({
        ...(at ? { at } : {}),
        config: { job_name: `job-${index}`, static_configs: targets, ...config },
      })),
    },
  }) as Options;

const found = (options: Options) =>
  scrapes
    .run(inputOf(build(options)))
    .map(({ severity, fault, place: { path } }) => [severity, fault, path]);

const first = 'prometheus.scrapeConfigs[0].config';
const second = 'prometheus.scrapeConfigs[1].config';

describe('metric relabelling', () => {
  const steps = (...metric_relabel_configs: readonly Job[]) =>
    found(scraping({ metric_relabel_configs }));
  const path = `${first}.metric_relabel_configs`;
  const keep = (regex: string, source_labels = name) => ({ action: 'keep', source_labels, regex });
  const drop = (regex: string, source_labels = name) => ({ action: 'drop', source_labels, regex });

  test.each([
    [[drop('.*')]],
    [[drop('(.+)')]],
    [[drop('^(.*)$')]],
    [[drop('.*', ['job'])]],
    [[keep('node_.*'), keep('go_.*|process_.*')]],
    [[keep('node_.*'), drop('node_.*')]],
    [[keep('node_load1'), drop('node_load\\d+')]],
    [[keep('shop', ['__meta_kubernetes_namespace'])]],
  ])('%j drops every series', (all) => {
    expect(steps(...all)).toEqual([['warning', 'all-dropped', path]]);
  });

  test.each([
    [[drop('go_.*')]],
    [[drop('.+', ['job_of_another'])]],
    [[keep('node_.*'), drop('node_cpu_.*')]],
    [[keep('node_.*|go_.*'), keep('go_.*')]],
    [[keep('(node|go)_.*'), keep('go_info')]],
    [[keep('.*', ['__meta_kubernetes_namespace'])]],
    [[{ target_label: '__tmp', replacement: 'x' }, keep('x', ['__tmp'])]],
    [[keep('a'), { target_label: '__name__', replacement: 'b' }, keep('b')]],
  ])('%j leaves series', (all) => {
    expect(steps(...all)).toEqual([]);
  });

  test.each([
    [[{ action: 'labelkeep', regex: 'job|instance' }]],
    [[{ action: 'labeldrop', regex: '__.*' }]],
    [[{ target_label: '__name__', replacement: '' }]],
  ])('%j removes the metric name', (all) => {
    expect(steps(...all)).toEqual([['error', 'no-metric-name', path]]);
  });

  test.each([
    [[{ action: 'labelkeep', regex: '__name__|job|instance' }]],
    [[{ action: 'labelkeep', regex: '__.*|job' }]],
    [[{ action: 'labeldrop', regex: 'pod' }]],
    [
      [
        { action: 'labelkeep', regex: 'job' },
        { target_label: '__name__', replacement: 'x' },
      ],
    ],
  ])('%j leaves the metric name', (all) => {
    expect(steps(...all)).toEqual([]);
  });
});

describe('relabelling of a remote write', () => {
  const writing = (steps: readonly Job[], more: object = {}): Options =>
    ({
      ...minimal,
      prometheus: {
        ...memory,
        remoteWrite: [
          { url: 'https://mimir.example.com/api/v1/push', write_relabel_configs: steps },
        ],
        ...more,
      },
    }) as unknown as Options;
  const path = 'prometheus.remoteWrite[0].write_relabel_configs';
  const keep = (regex: string, source_labels = name) => ({ action: 'keep', source_labels, regex });
  const drop = (regex: string) => ({ action: 'drop', source_labels: name, regex });

  test.each([
    [[drop('.*')]],
    [[keep('node_.*'), drop('node_.+')]],
    // All scraped jobs declare their metrics.
    [[keep('nod_.*|shop_orders_total')]],
    [[keep('x', ['__replica__'])]],
  ])('%j leaves nothing', (steps) => {
    expect(found(writing(steps))).toEqual([['error', 'nothing-written', path]]);
  });

  test('must keep the metric name', () => {
    expect(found(writing([{ action: 'labelkeep', regex: 'job|instance' }]))).toEqual([
      ['error', 'no-metric-name', path],
    ]);
  });

  test('with a misspelt name is a warning', () => {
    expect(found(writing([keep('up|node_lod1')]))).toEqual([['warning', 'never-exposed', path]]);
  });

  test.each([
    [[drop('go_.*')]],
    [[keep('up|ALERTS|node_load1')]],
    // Lists for many clusters have names that one of them does not expose.
    [[keep('up|windows_cpu_time_total')]],
    [[keep('shop', ['namespace'])]],
    [[{ regex: 'a', source_labels: ['b'], target_label: '__name__' }, keep('nod_.*')]],
  ])('%j is accepted', (steps) => {
    expect(found(writing(steps))).toEqual([]);
  });

  test('can keep what a job without declared metrics may have, and filter by external labels', () => {
    const scrapeConfigs = [{ config: { job_name: 'db', static_configs: targets } }];
    expect(found(writing([keep('shop_.*')], { scrapeConfigs }))).toEqual([]);
    const externalLabels = { __replica__: 'x' };
    expect(found(writing([keep('x', ['__replica__'])], { externalLabels }))).toEqual([]);
  });
});

describe('targets', () => {
  test('of two jobs with the same page are a warning', () => {
    expect(found(scraping({}, {}))).toEqual([
      ['warning', 'duplicate-target', `${second}.static_configs`],
    ]);
    expect(found(scraping({}, { metrics_path: '/other' }))).toEqual([]);
    expect(found(scraping({}, { params: { module: ['if_mib'] } }))).toEqual([]);
  });

  test('of two jobs that keep different metrics are not', () => {
    const keep = (regex: string) => ({
      metric_relabel_configs: [{ action: 'keep', source_labels: name, regex }],
    });
    expect(found(scraping(keep('node_.*'), keep('go_.*')))).toEqual([]);
    expect(found(scraping(keep('node_.*'), {}))).toHaveLength(1);
  });

  test('of one job are merged by Prometheus if their labels are the same', () => {
    const twice = [...targets, ...targets];
    expect(found(scraping({ static_configs: twice }))).toEqual([]);
    const labelled = [...targets, { ...targets[0], labels: { team: 'shop' } }];
    expect(found(scraping({ static_configs: labelled }))).toEqual([
      ['warning', 'duplicate-target', `${first}.static_configs`],
    ]);
  });

  const two = [{ targets: ['db.example.com:9100', 'cache.example.com:9100'] }];

  test('on different hosts with the same labels are rejected', () => {
    const relabel_configs = [{ target_label: 'instance', replacement: 'db' }];
    expect(found(scraping({ static_configs: two, relabel_configs }))).toEqual([
      ['error', 'same-labels', `${first}.relabel_configs`],
    ]);
    expect(found(scraping({ static_configs: two }))).toEqual([]);
  });

  test('of a prober need the label of what is probed', () => {
    const probe = [
      { source_labels: ['__address__'], target_label: '__param_target' },
      { target_label: '__address__', replacement: 'prober.example.com:9115' },
    ];
    const job = { static_configs: two, metrics_path: '/probe' };
    // The prober may add one itself.
    expect(found(scraping({ ...job, relabel_configs: probe }))).toEqual([
      ['warning', 'same-labels', `${first}.relabel_configs`],
    ]);
    const instance = { source_labels: ['__param_target'], target_label: 'instance' };
    expect(found(scraping({ ...job, relabel_configs: [...probe, instance] }))).toEqual([]);
  });

  test('on one host with the same labels can have different metrics', () => {
    const relabel_configs = [
      { source_labels: ['__address__'], regex: '(.*):.*', target_label: 'instance' },
    ];
    const ports = [{ targets: ['db.example.com:9100', 'db.example.com:9104'] }];
    expect(found(scraping({ static_configs: ports, relabel_configs }))).toEqual([
      ['warning', 'same-labels', `${first}.relabel_configs`],
    ]);
  });

  test('that a party or the stack already declares are a warning', () => {
    const at = {
      kind: 'pods',
      namespace: 'crowsnest',
      labels: { 'app.kubernetes.io/name': 'grafana' },
    };
    const ofGrafana = (port: number) => [{ targets: [`crowsnest-grafana.crowsnest.svc:${port}`] }];
    expect(found(scraping({ at, static_configs: ofGrafana(3000) }))).toEqual([
      ['warning', 'duplicate-target', `${first}.static_configs`],
    ]);
    const kubelet = { scheme: 'https', static_configs: [{ targets: ['172.18.0.3:10250'] }] };
    expect(found(scraping(kubelet))).toHaveLength(1);
    expect(found(scraping({ ...kubelet, metrics_path: '/metrics/slis' }))).toEqual([]);
  });

  const shop = (index: number, port: number, settings = {}) => ({
    name: `shop-${index}`,
    workloads: {
      shop: { kind: 'pods' as const, namespace: 'shop', labels: { app: 'shop' } },
    },
    endpoints: { web: { port, offers: [metrics('/metrics', settings)] } },
    consumes: [],
  });

  test('of two parties are a warning if they are the same page', () => {
    expect(found({ ...minimal, parties: [shop(0, 8080), shop(1, 8080)] })).toEqual([
      ['warning', 'duplicate-target', 'parties[1]'],
    ]);
    expect(found({ ...minimal, parties: [shop(0, 8080), shop(1, 8081)] })).toEqual([]);
  });

  test.each([
    { action: 'drop', source_labels: ['__address__'], regex: '.*' },
    { action: 'labelkeep', regex: 'job|instance' },
    { action: 'labeldrop', regex: '__address__' },
    { action: 'keep', source_labels: ['__meta_kubernetes_namespace'], regex: 'cart' },
    { action: 'keep', source_labels: ['__meta_consul_dc'], regex: 'eu' },
  ] as const)('of a party must not all be dropped, as %j does', (step) => {
    expect(found({ ...minimal, parties: [shop(0, 8080, { targetRelabel: [step] })] })).toEqual([
      ['error', 'targets-dropped', 'parties[0]'],
    ]);
  });

  test.each([
    { action: 'drop', source_labels: ['__meta_kubernetes_pod_name'], regex: 'shop-0' },
    { action: 'keep', source_labels: ['__meta_kubernetes_pod_annotation_scrape'], regex: 'true' },
    { action: 'keep', source_labels: ['__meta_kubernetes_namespace'], regex: 'shop' },
    { action: 'labeldrop', regex: 'pod' },
  ] as const)('of a party can be selected, as %j does', (step) => {
    expect(found({ ...minimal, parties: [shop(0, 8080, { targetRelabel: [step] })] })).toEqual([]);
  });
});

describe('what is kept', () => {
  const config = 'ConfigMap crowsnest/crowsnest-prometheus-config';
  const deployment = 'Deployment crowsnest/crowsnest-kube-state-metrics';
  const keeping = {
    ...minimal,
    prometheus: { keep: { 'kube-state-metrics': { also: ['kube_pod_info'] } } },
  };

  test('must be exposed by kube-state-metrics', () => {
    const input = changed(build(keeping), config, ({ data }) => {
      data['prometheus.yml'] = data['prometheus.yml'].replace('kube_pod_info', 'kube_pod_inof');
    });
    expect(scrapes.run(input)).toMatchObject([
      { fault: 'never-exposed', value: 'kube_pod_inof', suggestion: 'kube_pod_info' },
      { fault: 'never-kept', severity: 'warning', value: 'kube_pod_info' },
    ]);
  });

  test('and what kube-state-metrics exposes is kept', () => {
    const input = changed(build(keeping), deployment, ({ spec }) => {
      const [container] = spec.template.spec.containers;
      container.args = container.args.map((one: string) =>
        one.replace('^kube_pod_info$', '^kube_pod_info$,^kube_pod_tolerations$'),
      );
    });
    expect(scrapes.run(input)).toMatchObject([
      { fault: 'never-kept', value: 'kube_pod_tolerations', place: { object: deployment } },
    ]);
  });

  test('must be declared by a party that declares its metrics', () => {
    const party = (regex: string) => ({
      name: 'shop',
      workloads: { shop: { kind: 'pods' as const, namespace: 'shop', labels: { app: 'shop' } } },
      endpoints: {
        web: {
          port: 8080,
          offers: [
            metrics('/metrics', {
              declares: { shop_seconds: { type: 'histogram' } },
              sampleRelabel: [{ action: 'keep', source_labels: name, regex }],
            }),
          ],
        },
      },
      consumes: [],
    });
    expect(found({ ...minimal, parties: [party('shop_seconds_bucket|shop_second_sum')] })).toEqual([
      ['error', 'never-exposed', 'parties[0]'],
    ]);
    expect(found({ ...minimal, parties: [party('shop_seconds_bucket|up')] })).toEqual([]);
  });
});
