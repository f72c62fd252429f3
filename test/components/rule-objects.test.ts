import { expect, test } from 'vitest';
import schema from '../../src/checks/objects/schema.js';
import { readme } from '../../src/output/readme.js';
import { changed, inputOf } from '../checks/input.js';
import { build, minimal, noContent } from '../environment.js';

const groups = [
  {
    name: 'shop',
    interval: '1m',
    query_offset: '30s',
    limit: 5,
    labels: { team: 'shop' },
    rules: [
      { record: 'job:up:sum', expr: 'sum by (job) (up)' },
      {
        alert: 'PrometheusDown',
        expr: 'up{job="prometheus"} == 0',
        for: '5m',
        keep_firing_for: '10m',
        labels: { severity: 'page' },
        annotations: { summary: '{{ $labels.job }}' },
      },
    ],
  },
];

const stack = build(
  { ...minimal, prometheus: { ruleObjects: { labels: { release: 'monitoring' } } } },
  { ...noContent, ruleFiles: { 'Shop-rules.v2': groups } },
);
const title = 'PrometheusRule crowsnest/crowsnest-prometheus-shop-rules.v2';

test('each rule file is also an object with the labels of the option', () => {
  const objects = stack.manifests.filter(({ object }) => object.kind === 'PrometheusRule');
  expect(objects.map(({ object }) => object)).toMatchObject([
    {
      apiVersion: 'monitoring.coreos.com/v1',
      metadata: {
        name: 'crowsnest-prometheus-shop-rules.v2',
        namespace: 'crowsnest',
        labels: { release: 'monitoring', 'app.kubernetes.io/name': 'prometheus' },
      },
      spec: { groups },
    },
  ]);
  expect(readme(stack)).toContain('they have the labels `release: monitoring`.');
});

test('the objects are valid against the CustomResourceDefinition of the operator', () => {
  expect(schema.run(inputOf(stack))).toEqual([]);
});

test.each<[string, object]>([
  ['an unknown field', { alert: 'A', expr: 'up', labells: {} }],
  ['a duration', { alert: 'A', expr: 'up', for: '5 minutes' }],
  ['no expression', { alert: 'A' }],
])('a patched object with %s is reported', (_, rule) => {
  const input = changed(stack, title, (object) => {
    object.spec.groups[0].rules = [rule];
  });
  expect(schema.run(input)).toMatchObject([{ place: { object: title } }]);
});

test('without the option there are no objects', () => {
  const { manifests } = build(minimal, { ...noContent, ruleFiles: { shop: groups } });
  expect(manifests.filter(({ object }) => object.kind === 'PrometheusRule')).toEqual([]);
});
