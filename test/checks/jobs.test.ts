import { expect, test } from 'vitest';
import jobs from '../../src/checks/queries/jobs.js';
import type { Connection } from '../../src/model/connection.js';
import { withContent } from './query/content.js';

test('scraped jobs have no findings', () => {
  expect(jobs.run(withContent({ alert: 'up{job=~"kube.*|shop"} == 0' }))).toEqual([]);
  expect(jobs.run(withContent({ alert: 'up{job!="nothing"} == 0' }))).toEqual([]);
});

test('an unknown job is reported with a suggestion', () => {
  expect(jobs.run(withContent({ alert: 'up{job="kubelets"} == 0' }))).toMatchObject([
    {
      severity: 'error',
      place: { file: 'alerts/shop.ts', line: 7, path: 'alert ShopDown, column 4' },
      fault: 'unknown-job',
      value: 'job="kubelets"',
      suggestion: 'kubelet',
    },
  ]);
  expect(jobs.run(withContent({ panel: 'up{job=~"etcd|kine"}' }))).toHaveLength(1);
});

test('the known jobs have names, also if programs send results', () => {
  const input = withContent({ alert: 'up{job="kubelets"} == 0' });
  const results = { capability: 'results', offer: { capability: 'results' } } as Connection;
  const [fault] = jobs.run({ ...input, connections: [...input.connections, results] });
  expect(fault!.remedy).toMatch(/^Use one of [^,.]+(, [^,.]+)*\.$/);
});

test('jobs are not reported if the configuration of Prometheus is unknown', () => {
  const input = withContent({ alert: 'up{job="kubelets"} == 0' });
  const manifests = input.manifests.filter(
    ({ object }) => !object.metadata.name.endsWith('prometheus-config'),
  );
  expect(jobs.run({ ...input, manifests })).toEqual([]);
});

test('the value of a variable can be any job', () => {
  expect(jobs.run(withContent({ panel: 'up{job="$job"}' }))).toEqual([]);
});

test('a series that a query uses must not be dropped by its job', () => {
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
  const fault = 'dropped-metric';
  expect(relabelled('other', 'keep')).toMatchObject([{ fault, value: 'orders_total' }]);
  expect(relabelled('orders.*', 'drop')).toMatchObject([{ fault }]);
  const up = { alert: 'up{job="shop"} == 0', declares };
  const steps = [{ source_labels: ['__name__'], regex: 'other', action: 'keep' as const }];
  expect(jobs.run(withContent({ ...up, sampleRelabel: steps }))).toEqual([]);
});

test('dropped series and misspelt jobs in a runbook are warnings', () => {
  const declares = { orders_total: { type: 'counter' } } as const;
  const sampleRelabel = [
    { source_labels: ['__name__'], regex: 'orders.*', action: 'drop' as const },
  ];
  const of = (runbook: string) => jobs.run(withContent({ runbook, declares, sampleRelabel }));
  expect(of('rate(orders_total[5m])')).toMatchObject([
    {
      severity: 'warning',
      place: { file: 'alerts/shop.md', line: 9, path: 'runbook of ShopDown, column 6' },
      fault: 'dropped-metric',
      value: 'orders_total',
    },
  ]);
  expect(of('up{job="kubelets"}')).toMatchObject([
    { severity: 'warning', suggestion: 'kubelet', place: { file: 'alerts/shop.md', line: 9 } },
  ]);
});

test('a runbook can use a job that this environment does not scrape, and the job of the alert', () => {
  expect(jobs.run(withContent({ runbook: 'up{job="etcd"}' }))).toEqual([]);
  expect(jobs.run(withContent({ runbook: 'up{job="JOB"}' }))).toEqual([]);
});

test('an unknown job in imported content is one warning for each file', () => {
  const panels = ['up{job="kube-apiserver"} == 0', 'up{job="kube-apiserver"} == 1'];
  expect(jobs.run(withContent({ panels, imported: true }))).toMatchObject([
    {
      severity: 'warning',
      fault: 'unknown-job',
      place: { file: 'dashboards/shop.json' },
      value: 'job="kube-apiserver"',
    },
  ]);
  expect(jobs.run(withContent({ panels }))).toMatchObject([
    { severity: 'error' },
    { severity: 'error' },
  ]);
});

test('series of a Pushgateway or of another Prometheus can have any job', () => {
  const config = { job_name: 'push', static_configs: [{ targets: ['10.1.2.3:9091'] }] };
  const of = (more: object) =>
    jobs.run(
      withContent({
        alert: 'up{job="backup"} == 0',
        prometheus: { scrapeConfigs: [{ config: { ...config, ...more } }] },
      }),
    );
  expect(of({})).toHaveLength(1);
  expect(of({ honor_labels: true })).toEqual([]);
  expect(of({ metric_relabel_configs: [{ target_label: 'job', replacement: 'x' }] })).toEqual([]);
});

test('the label job of a job is that which its relabelling sets', () => {
  const relabelled = (alert: string, step: object, more: object = {}) =>
    jobs.run(
      withContent({
        alert,
        prometheus: {
          scrapeConfigs: [
            {
              config: {
                job_name: 'db',
                static_configs: [{ targets: ['db.example.com:9100'] }],
                relabel_configs: [step],
                ...more,
              } as never,
            },
          ],
        },
      }),
    );
  const constant = { target_label: 'job', replacement: 'postgres' };
  expect(relabelled('up{job="db"} == 0', constant)).toMatchObject([
    {
      fault: 'unknown-job',
      message: "The scrape job 'db' sets the label job of its series to 'postgres'.",
      suggestion: 'postgres',
    },
  ]);
  expect(relabelled('up{job="postgres"} == 0', constant)).toEqual([]);
  const host = { source_labels: ['__address__'], regex: '(\\w+)\\..*', target_label: 'job' };
  expect(relabelled('up{job="db"} == 0', host)).toEqual([]);
  // Each sample can have another one.
  const varying = { metric_relabel_configs: [{ source_labels: ['app'], target_label: 'job' }] };
  expect(relabelled('up{job="anything"} == 0', constant, varying)).toEqual([]);
});
