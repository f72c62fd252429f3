import { expect, test } from 'vitest';
import {
  dashboard,
  labelVariable,
  linesOf,
  logLabels,
  logSeries,
  logs,
  logsFact,
  logVariable,
  podsVariable,
  type Row,
  stat,
  textVariable,
} from '../../src/content/grafana.js';
import { analyse } from '../../src/logql/analyse.js';
import { samplesOf } from '../../src/promql/dashboard.js';

const frame = { title: 'Orders', description: 'What there is.' };
const lines = logs({ ...frame, query: '{app="a"}\n  |= "b"' });
const series = logSeries({
  ...frame,
  unit: 'cps',
  stacked: true,
  queries: { '{{level}}': 'sum by (level) (rate({app="a"}[$__auto]))' },
});
const up = stat({ ...frame, unit: 'short', queries: 'sum(up)' });

const rendered = (panels: Row['panels'], facts: readonly string[] = [logsFact]) =>
  dashboard({
    ...frame,
    folder: 'Shop',
    variables: [
      labelVariable('job', 'up'),
      logVariable('namespace', { title: 'Namespace', label: logLabels.namespace }),
      podsVariable('up{job="$job"}'),
      textVariable('search', 'Search'),
    ],
    rows: [{ title: 'Row', panels }],
  }).render({ uid: 'a', jobs: new Set(facts), titles: new Map() });

test('a panel of lines queries Loki', () => {
  expect(rendered([lines]).panels?.[1]).toMatchObject({
    type: 'logs',
    datasource: { type: 'loki', uid: 'loki' },
    targets: [{ refId: 'A', expr: '{app="a"} |= "b"', queryType: 'range' }],
    options: { sortOrder: 'Descending', enableLogDetails: true },
  });
});

test('a chart of numbers of lines queries Loki, and looks like other charts', () => {
  expect(rendered([series]).panels?.[1]).toMatchObject({
    type: 'timeseries',
    datasource: { type: 'loki', uid: 'loki' },
    targets: [
      {
        refId: 'A',
        expr: 'sum by (level) (rate({app="a"}[$__auto]))',
        legendFormat: '{{level}}',
        queryType: 'range',
      },
    ],
    fieldConfig: { defaults: { unit: 'cps', custom: { stacking: { mode: 'normal' } } } },
  });
});

test('without a store of logs, there are no panels, no rows and no variables of logs', () => {
  const { panels, templating } = rendered([lines, series, up], []);
  expect(panels?.map(({ title }) => title)).toEqual(['Row', 'Orders']);
  expect(templating.list?.map(({ name }) => name)).toEqual(['job', 'search']);
  expect(rendered([lines], []).panels).toEqual([]);
});

test('variables list the values of labels of streams, and the pods of series', () => {
  const { list = [] } = rendered([lines]).templating;
  expect(list.slice(1)).toMatchObject([
    {
      name: 'namespace',
      datasource: { type: 'loki' },
      query: { label: 'k8s_namespace_name', type: 1 },
      allValue: '.+',
    },
    { name: 'pods', hide: 2, query: { query: 'label_values(up{job="$job"}, pod)' } },
    { name: 'search', type: 'textbox' },
  ]);
  // "All" is the list of the pods, not all pods.
  expect(list[2]).not.toHaveProperty('allValue');
});

test('the lines of one pod and of several are found in any Loki', () => {
  const { templating } = rendered([lines]);
  const variables = { ...samplesOf({ templating }), namespace: 'shop', pod: 'cart-1' };
  const one = linesOf({ namespace: '$namespace', pod: '$pod' });
  const all = linesOf({ namespace: '$namespace', pod: '$pods', several: true });
  expect(one).toBe(
    '{k8s_namespace_name="$namespace", k8s_pod_name=~"$pod|"} | k8s_pod_name="$pod"',
  );
  expect(all).toContain('| k8s_pod_name=~"$pods"');
  for (const query of [one, all]) {
    expect(analyse(query, variables)).toMatchObject({ faults: [], kind: 'lines' });
  }
});
