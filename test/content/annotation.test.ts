import { describe, expect, test } from 'vitest';
import { type Annotation, rollouts } from '../../src/content/annotation.js';
import { dashboard, dashboardSchema } from '../../src/content/dashboard.js';
import { cluster } from '../../src/content/variable.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';

const options = { title: 'Shop', description: 'd', folder: 'Shop', rows: [] };
const restarts: Annotation = {
  name: 'Restarts',
  query: 'changes(process_start_time_seconds{cluster=~"$cluster"}[5m])\n  > 0',
  title: 'Restart of {{pod}}',
};
const render = (annotations: readonly Annotation[], jobs: readonly string[] = []) =>
  dashboard({ ...options, variables: [cluster], annotations }).render({
    uid: 'shop',
    jobs: new Set(jobs),
    titles: new Map(),
  });

test('an annotation has its query, its texts and a colour in the format of Grafana', () => {
  expect(render([restarts], ['configured:several-clusters']).annotations).toEqual({
    list: [
      {
        name: 'Restarts',
        datasource: { type: 'prometheus', uid: 'prometheus' },
        enable: true,
        hide: false,
        iconColor: '#56B4E9',
        titleFormat: 'Restart of {{pod}}',
        textFormat: '',
        target: {
          refId: 'Anno',
          expr: 'changes(process_start_time_seconds{cluster=~"$cluster"}[5m]) > 0',
        },
      },
    ],
  });
});

test('its query is one of the queries of the dashboard, without the cluster if there is only one', () => {
  expect(dashboardQueries(render([restarts]))).toMatchObject([
    { usedIn: 'annotation Restarts', expr: 'changes(process_start_time_seconds[5m]) > 0' },
  ]);
});

test.each([
  ['without a target', {}],
  [
    'with a target of the annotations of dashboards',
    { target: { limit: 100, matchAny: false, tags: [], type: 'dashboard' } },
  ],
])(
  'the query of an annotation of a former version of Grafana, %s, is in the annotation itself',
  (_, target) => {
    const list = [{ name: 'a', expr: 'up', datasource: { type: 'prometheus' }, ...target }];
    expect(dashboardQueries({ annotations: { list } })).toMatchObject([{ expr: 'up' }]);
  },
);

test('an annotation whose job is not scraped is left out', () => {
  const marked = [rollouts('namespace="shop"')];
  expect(render(marked).annotations).toEqual({ list: [] });
  expect(render(marked, ['kube-state-metrics']).annotations?.list).toHaveLength(1);
});

describe('a mistake in an annotation', () => {
  const faultsOf = (annotations: unknown) =>
    dashboardSchema
      .safeParse(dashboard({ ...options, annotations: annotations as Annotation[] }))
      .error?.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);

  test.each([
    [[restarts], undefined],
    [[{ ...restarts, colour: 'red' }], ['annotations.0: unrecognized_keys']],
    [[{ ...restarts, mood: 'red' }], ['annotations.0.mood: invalid_value']],
    [[{ ...restarts, query: '' }], ['annotations.0.query: too_small']],
    [restarts, ['annotations: invalid_type']],
  ])('%j is found', (annotations, expected) => {
    expect(faultsOf(annotations)).toEqual(expected);
  });
});
