import { describe, expect, it } from 'vitest';
import { cluster, dashboard, labelVariable, stat, timeSeries } from '../src/content/grafana.js';
import type { Series } from './live/panel-alarms.js';
import { showPanels } from './live/panel-results.js';
import type { Question } from './live/prometheus-answer.js';

const options = { description: 'Bad: any.', unit: 'short' as const };
const pods = dashboard({
  title: 'Pods',
  description: 'd',
  folder: 'f',
  variables: [
    cluster,
    labelVariable('node', 'up'),
    labelVariable('namespace', 'kube_pod_info', { single: true }),
    labelVariable('pod', 'kube_pod_info{namespace="$namespace"}', { single: true }),
  ],
  rows: [
    {
      title: 'Now',
      panels: [stat({ ...options, title: 'Ready', queries: 'ready{pod="$pod"}' })],
    },
    {
      title: 'Over time',
      collapsed: true,
      panels: [
        timeSeries({
          ...options,
          title: 'Load',
          queries: { a: 'rate(load{node=~"$node", pod="$pod"}[$__rate_interval])', b: 'load' },
        }),
      ],
    },
  ],
});
const json = JSON.stringify(pods.render({ uid: 'pods', jobs: new Set(), titles: new Map() }));
const period = { start: 100, end: 160, step: 15 };

const byQuery: Readonly<Record<string, readonly Series[]>> = {
  'group by (namespace) (kube_pod_info)': [
    { labels: { namespace: 'blue' }, values: [1] },
    { labels: { namespace: 'red' }, values: [1] },
  ],
  'group by (pod) (kube_pod_info{namespace="blue"})': [
    { labels: { pod: 'x' }, values: [1] },
    { labels: { pod: 'y' }, values: [1] },
  ],
  'group by (pod) (kube_pod_info{namespace="red"})': [],
};

describe('the panels of a dashboard about one object', () => {
  it('are shown for each object, including those of collapsed rows, with the result of each query', async () => {
    const asked: Question[] = [];
    const shown = await showPanels(
      [json],
      async (questions) => {
        asked.push(...questions);
        return questions.map(({ query }) => byQuery[query] ?? [{ labels: { query }, values: [1] }]);
      },
      period,
    );
    const answered = shown.map(({ title, results }) => [
      title,
      Object.entries(results).map(([refId, [series]]) => `${refId}: ${series?.labels.query}`),
    ]);
    const load = (pod: string) => [`A: rate(load{node=~".+", pod="${pod}"}[2m])`, 'B: load'];
    expect(answered).toEqual([
      ['pods of blue/x: Ready', ['A: ready{pod="x"}']],
      ['pods of blue/x: Load', load('x')],
      ['pods of blue/y: Ready', ['A: ready{pod="y"}']],
      ['pods of blue/y: Load', load('y')],
    ]);
    expect(asked).toContainEqual({ query: 'ready{pod="x"}' });
    expect(asked).toContainEqual({ query: 'load', period });
  });

  it('are not shown if a query fails', async () => {
    const refused = showPanels([json], async () => ['parse error'], period);
    await expect(refused).rejects.toThrow('label_values(kube_pod_info, namespace): parse error');
  });
});
