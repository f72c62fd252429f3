import { describe, expect, test } from 'vitest';
import { exposedBy, keptOf, stored, unknownJobs, unknownKept } from '../../src/derive/keep.js';
import type { SelectedContent } from '../../src/model/content.js';
import type { GrafanaDashboard } from '../../src/model/dashboard.js';
import { metrics } from '../../src/model/offer.js';

const model = {
  templating: { list: [{ type: 'query', name: 'job', query: 'label_values(up, job)' }] },
  panels: [{ title: 'a', targets: [{ expr: 'drawn{job="$job"} / {__name__=~"fitting_.+"}' }] }],
} as unknown as GrafanaDashboard;

const dashboards = { a: { folder: 'A', model } };

/** Content with rules that have these expressions. */
const withRules = (
  expressions: readonly string[],
  dashboards: SelectedContent['dashboards'] = {},
): SelectedContent => ({
  dashboards,
  ruleFiles: {
    a: [{ name: 'a', rules: expressions.map((expr) => ({ record: 'a:b:c', expr })) }],
  },
});

const content = withRules(
  [
    'rate(everywhere_total[5m]) > 0',
    'kubelet_one{job="kubelet"} + kubelet_two{job=~"kube.*"} + other{job="shop"}',
    'level:recorded:sum > 1',
  ],
  dashboards,
);

const regexOf = (job: string, keep: Parameters<typeof keptOf>[0], offered?: 'all' | 'used') =>
  stored(keptOf(keep, content)(job, metrics('/metrics', { keep: offered, catalogue: 'none' }))).map(
    ({ action, regex }) => `${action} ${regex}`,
  );

const used = 'keep (?:fitting_.+)|drawn|everywhere_total|kubelet_one|kubelet_two|up';

describe('the stored metrics of a job', () => {
  test.each([
    ['are all by default', {}, undefined, []],
    ['are the used ones if the offer sets it', {}, 'used', [used]],
    ['are the used ones if the environment sets it', { kubelet: 'used' }, 'all', [used]],
    ['are all if the environment sets it', { kubelet: 'all' }, 'used', []],
    [
      'are the used ones and those that the environment adds',
      { kubelet: { also: ['kubelet_volume_.*'] } },
      'used',
      [used.replace('|up', '|kubelet_volume_.*|up')],
    ],
  ] as const)('%s', (_, keep, offered, steps) => {
    expect(regexOf('kubelet', keep, offered)).toEqual(steps);
  });

  test('include metrics of queries without a job only if they are in the catalogue of the job', () => {
    const expressions = [
      'kubelet_running_pods + kubelet_http_requests_duration_seconds_bucket + node_load1',
    ];
    const kept = keptOf({}, withRules(expressions));
    expect(kept('kubelet', metrics('/metrics', { keep: 'used' }))).toEqual([
      'kubelet_http_requests_duration_seconds_bucket',
      'kubelet_running_pods',
    ]);
  });

  test('are none if no query uses the job', () => {
    const kept = keptOf({ shop: 'used' }, withRules(['vector(1)']));
    expect(stored(kept('shop', metrics()))).toEqual([
      { source_labels: ['__name__'], regex: '.+', action: 'drop' },
    ]);
  });
});

describe('a server that exposes only stored metrics', () => {
  const offer = metrics('/metrics', {
    keep: 'used',
    always: ['kube_node_spec_taint'],
    catalogue: 'kube-state-metrics',
  });
  const party = { name: 'state', endpoints: { web: { port: 8080, offers: [offer] } } };
  const expressions = ['kube_node_info > 0', 'kube_secret_info > 0'];
  const exposed = (keep: Parameters<typeof keptOf>[0]) => {
    const kept = keptOf(keep, withRules(expressions));
    return { ...exposedBy(party, kept), stored: kept('state', offer) };
  };

  test('always exposes its list, and the used metrics of its catalogue', () => {
    const names = ['kube_node_info', 'kube_node_spec_taint'];
    expect(exposed({})).toEqual({ state: names, stored: names });
  });

  test('also exposes the metrics that the environment keeps', () => {
    const names = ['kube_node_created', 'kube_node_info', 'kube_node_spec_taint'];
    expect(exposed({ state: { also: ['kube_node_c.{1,6}'] } })).toEqual({
      state: names,
      stored: names,
    });
  });

  test('has no list if everything is stored', () => {
    expect(exposed({ state: 'all' })).toEqual({ stored: 'all' });
  });

  test('is only one whose offer has such a list', () => {
    const { endpoints } = { endpoints: { web: { port: 80, offers: [metrics('/metrics')] } } };
    expect(exposedBy({ name: 'shop', endpoints }, keptOf({ shop: 'used' }, content))).toEqual({});
  });
});

test('an option for a job that is not scraped is reported', () => {
  expect(unknownJobs({ kubelets: 'all', shop: 'used' }, ['kubelet', 'shop'])).toMatchObject([
    { place: { path: 'prometheus.keep.kubelets' }, suggestion: 'kubelet' },
  ]);
});

describe('an option that keeps a metric', () => {
  const at = (declares?: Record<string, { type: 'counter' | 'histogram' }>) =>
    [
      {
        capability: 'metrics',
        provider: { party: 'shop' },
        offer: metrics('/metrics', declares ? { declares } : {}),
      },
    ] as never;
  const kept = (also: string[], declares?: Parameters<typeof at>[0]) =>
    unknownKept({ shop: { also } }, at(declares)).map(({ place, value, suggestion }) => [
      place.path,
      value,
      suggestion,
    ]);

  test('that the job does not expose is reported', () => {
    const declares = {
      shop_orders_total: { type: 'counter' },
      shop_seconds: { type: 'histogram' },
    } as const;
    expect(kept(['shop_seconds_bucket', 'shop_order_total', 'shop_.*'], declares)).toEqual([
      ["prometheus.keep['shop'].also[1]", 'shop_order_total', 'shop_orders_total'],
    ]);
  });

  test('is accepted if the metrics of the job are not known', () => {
    expect(kept(['anything'])).toEqual([]);
  });
});
