import { describe, expect, test } from 'vitest';
import { storedOf, unknownJobs } from '../../src/derive/keep.js';
import { metrics } from '../../src/model/offer.js';

const dashboard = JSON.stringify({
  templating: { list: [{ type: 'query', name: 'job', query: 'label_values(up, job)' }] },
  panels: [{ title: 'a', targets: [{ expr: 'drawn{job="$job"} / {__name__=~"fitting_.+"}' }] }],
});

const asking = {
  expressions: [
    'rate(everywhere_total[5m]) > 0',
    'kubelet_one{job="kubelet"} + kubelet_two{job=~"kube.*"} + other{job="shop"}',
    'level:recorded:sum > 1',
  ],
  dashboards: [dashboard],
};

const regexOf = (job: string, keep: Parameters<typeof storedOf>[0], offered?: 'all' | 'used') =>
  storedOf(keep, asking)(job, metrics('/metrics', { keep: offered, catalogue: 'none' })).map(
    ({ action, regex }) => `${action} ${regex}`,
  );

const used = 'keep (?:fitting_.+)|drawn|everywhere_total|kubelet_one|kubelet_two|up';

describe('of a job is stored', () => {
  test.each([
    ['everything, where nothing is said', {}, undefined, []],
    ['what is asked of it, where its offer says so', {}, 'used', [used]],
    ['what is asked of it, where the environment says so', { kubelet: 'used' }, 'all', [used]],
    ['everything, where the environment says so', { kubelet: 'all' }, 'used', []],
    [
      'what is asked of it and what the environment names',
      { kubelet: { also: ['kubelet_volume_.*'] } },
      'used',
      [used.replace('|up', '|kubelet_volume_.*|up')],
    ],
  ] as const)('%s', (_, keep, offered, steps) => {
    expect(regexOf('kubelet', keep, offered)).toEqual(steps);
  });

  test('of what no job in particular is asked for only what its catalogue has', () => {
    const expressions = [
      'kubelet_running_pods + kubelet_http_requests_duration_seconds_bucket + node_load1',
    ];
    const stored = storedOf({}, { expressions, dashboards: [] });
    expect(stored('kubelet', metrics('/metrics', { keep: 'used' }))).toMatchObject([
      { regex: 'kubelet_http_requests_duration_seconds_bucket|kubelet_running_pods' },
    ]);
  });

  test('nothing, where nothing is asked of it', () => {
    const stored = storedOf({ shop: 'used' }, { expressions: ['vector(1)'], dashboards: [] });
    expect(stored('shop', metrics())).toEqual([
      { source_labels: ['__name__'], regex: '.+', action: 'drop' },
    ]);
  });
});

test('what is said of a job that is not scraped is a fault of the environment', () => {
  expect(unknownJobs({ kubelets: 'all', shop: 'used' }, ['kubelet', 'shop'])).toMatchObject([
    { place: { path: 'prometheus.keep.kubelets' }, suggestion: 'kubelet' },
  ]);
});
