import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/promql/analyse.js';
import { followLabels } from '../../src/promql/labels.js';

const series: Readonly<Record<string, readonly string[]>> = {
  a: ['job', 'instance', 'mode'],
  b: ['job', 'instance', 'version'],
  h_bucket: ['job', 'le'],
};

const follow = (text: string) =>
  followLabels(analyse(text).expression!, ({ metric = '' }) =>
    series[metric] ? new Set(series[metric]) : undefined,
  );

describe('the labels of a result', () => {
  test.each([
    ['a', 'instance job mode'],
    ['sum(a)', ''],
    ['sum by (job, mode) (rate(a[5m]))', 'job mode'],
    ['sum without (mode) (a)', 'instance job'],
    ['topk by (job) (5, a)', 'instance job mode'],
    ['count_values by (job) ("value", a)', 'job value'],
    ['a * 2', 'instance job mode'],
    ['-(2 * a)', 'instance job mode'],
    ['a > scalar(b)', 'instance job mode'],
    ['a / on (job) sum by (job) (b)', 'job'],
    ['a / ignoring (mode) b', 'instance job'],
    ['a * on (job, instance) group_left (version) b', 'instance job mode version'],
    ['b * on (job, instance) group_right (version) a', 'instance job mode version'],
    ['a and on (job) b', 'instance job mode'],
    ['a or b', 'instance job mode version'],
    ['histogram_quantile(0.9, rate(h_bucket[5m]))', 'job'],
    ['label_replace(a, "host", "$1", "instance", "(.*):.*")', 'host instance job mode'],
    ['label_replace(a, "team", "x", "", "")', 'instance job mode team'],
    ['label_join(a, "both", "-", "job", "mode")', 'both instance job mode'],
    ['absent(a{job="x", mode=~"y"})', 'job'],
    ['vector(1)', ''],
    ['max_over_time(sum by (job) (a)[5m:])', 'job'],
  ])('of %s are: %s', (text, labels) => {
    expect(follow(text)).toEqual({
      labels: new Set(labels.split(' ').filter(Boolean)),
      missing: [],
    });
  });

  test('are unknown if those of the series are unknown', () => {
    expect(follow('unknown{x="y"}')).toEqual({ labels: undefined, missing: [] });
    expect([...follow('sum by (x) (unknown)').labels!]).toEqual(['x']);
  });
});

describe('a label is missing', () => {
  test.each([
    ['a{pod="x"}', 'pod', 'matcher'],
    ['a{pod=~".+"}', 'pod', 'matcher'],
    ['a{pod!="x"}', 'pod', 'matcher'],
    ['sum by (pod) (a)', 'pod', 'sum'],
    ['sum without (pod) (a)', 'pod', 'sum'],
    ['sum by (mode) (sum by (job) (a))', 'mode', 'sum'],
    ['a / on (mode) b', 'mode', 'on'],
    ['a * on (job) group_left (pod) b', 'pod', 'group_left'],
    ['label_replace(a, "x", "$1", "pod", "(.*)")', 'pod', 'label_replace'],
    ['histogram_quantile(0.9, sum by (job) (rate(h_bucket[5m])))', 'le', 'histogram_quantile'],
  ])('in %s', (text, label, by) => {
    expect(follow(text).missing).toMatchObject([{ label, by }]);
  });

  test.each(['a{pod=""}', 'a{pod=~".*"}', 'a{pod=~"x|"}'])(
    'but not if this is possible: %s',
    (text) => {
      expect(follow(text).missing).toEqual([]);
    },
  );

  test('at its place', () => {
    const text = 'sum by (job, pod) (a)';
    const [missing] = follow(text).missing;
    expect(text.slice(missing!.from, missing!.to)).toBe('pod');
    expect(missing!.known).toEqual(['instance', 'job', 'mode']);
  });
});
