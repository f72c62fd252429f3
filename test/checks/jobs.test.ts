import { expect, test } from 'vitest';
import jobs from '../../src/checks/jobs.js';
import { withContent } from './query/content.js';

test('jobs that are scraped pass', () => {
  expect(jobs.run(withContent({ alert: 'up{job=~"kube.*|shop"} == 0' }))).toEqual([]);
  expect(jobs.run(withContent({ alert: 'up{job!="nothing"} == 0' }))).toEqual([]);
});

test('a job that is not scraped is named, with what was perhaps meant', () => {
  expect(jobs.run(withContent({ alert: 'up{job="kubelets"} == 0' }))).toMatchObject([
    {
      severity: 'error',
      place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 4' },
      message: 'No such job is scraped in this environment.',
      value: 'job="kubelets"',
      suggestion: 'kubelet',
    },
  ]);
  expect(jobs.run(withContent({ panel: 'up{job=~"etcd|kine"}' }))).toHaveLength(1);
});

test('a job is whatever a variable of the dashboard says', () => {
  expect(jobs.run(withContent({ panel: 'up{job="$job"}' }))).toEqual([]);
});

test('a series that is asked for is not dropped by its job', () => {
  const declares = { orders_total: { type: 'counter' }, other: { type: 'gauge' } } as const;
  const alert = 'rate(orders_total[5m]) > 1';
  const relabelled = (regex: string, action: 'keep' | 'drop') =>
    jobs.run(
      withContent({
        alert,
        declares,
        sampleRelabel: [{ source_labels: ['__name__'], regex, action }],
      }),
    );
  expect(relabelled('orders_.*|other', 'keep')).toEqual([]);
  expect(relabelled('other', 'drop')).toEqual([]);
  const message = "The job 'shop' drops this metric before it is stored.";
  expect(relabelled('other', 'keep')).toMatchObject([{ message, value: 'orders_total' }]);
  expect(relabelled('orders.*', 'drop')).toMatchObject([{ message }]);
  const up = { alert: 'up{job="shop"} == 0', declares };
  const steps = [{ source_labels: ['__name__'], regex: 'other', action: 'keep' as const }];
  expect(jobs.run(withContent({ ...up, sampleRelabel: steps }))).toEqual([]);
});
