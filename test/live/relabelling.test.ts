import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import scrapes from '../../src/checks/scraping/scrapes.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { inputOf } from '../checks/input.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

// What Prometheus does with the relabelling that the check `scrapes` judges.

const name = ['__name__'];
const twoHosts = (port: number) => [{ targets: [`127.0.0.1:${port}`, `localhost:${port}`] }];

/** Metric relabelling, and the fault that is reported. */
const cases = {
  plain: [],
  'all-dropped': [{ action: 'drop', source_labels: name, regex: '.*' }],
  'all-dropped-by-two': [
    { action: 'keep', source_labels: name, regex: 'a_.*' },
    { action: 'keep', source_labels: name, regex: 'b_.*' },
  ],
  'all-dropped-by-meta': [{ action: 'keep', source_labels: ['__meta_x'], regex: 'y' }],
  'no-metric-name': [{ action: 'labelkeep', regex: 'job|instance' }],
  'no-metric-name-dropped': [{ action: 'labeldrop', regex: '__.*' }],
  'no-metric-name-empty': [{ target_label: '__name__', replacement: '' }],
  'some-left': [{ action: 'drop', source_labels: name, regex: 'a_.*' }],
} as const;

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
let page: Server;
let prometheus: RunningEngine;

beforeAll(async () => {
  page = createServer(({ headers }, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(`a_one 1\nb_two ${headers.host?.startsWith('localhost') ? 2 : 1}\n`);
  });
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done));
  const { port } = page.address() as AddressInfo;
  const jobs = [
    ...Object.entries(cases).map(([job_name, metric_relabel_configs]) => ({
      job_name,
      metric_relabel_configs,
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
    })),
    {
      job_name: 'same-labels',
      static_configs: twoHosts(port),
      relabel_configs: [{ target_label: 'instance', replacement: 'x' }],
    },
    {
      job_name: 'targets-dropped',
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      relabel_configs: [{ action: 'labelkeep', regex: 'job|instance' }],
    },
  ];
  prometheus = await startPrometheus(shipped('production'), folder, ({ storage }) => ({
    global: { scrape_interval: '500ms', scrape_timeout: '500ms' },
    storage,
    scrape_configs: jobs,
  }));
});
afterAll(async () => {
  await prometheus?.stop();
  page?.close();
  page?.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

interface Target {
  readonly health: string;
  readonly lastError: string;
}

/** The targets of a job in a state. The first scrapes can end at their timeout. */
const scraped = (
  job: string,
  count = 1,
  isExpected = ({ health }: Target): boolean => health !== 'unknown',
) =>
  eventually(`a scrape of ${job}`, async () => {
    const { activeTargets } = await ask<{ activeTargets: Target[] }>(prometheus.url, 'targets', {
      scrapePool: job,
    });
    const found = activeTargets.filter(isExpected);
    return found.length === count ? found : undefined;
  });

const storedBy = async (job: string) =>
  Number(
    (await query(prometheus.url, `count({job="${job}", __name__=~"[ab]_.*"})`))[0]?.value[1] ?? 0,
  );

const faultsOf = (metric_relabel_configs: unknown) =>
  scrapes
    .run(
      inputOf(
        build({
          ...minimal,
          prometheus: {
            scrapeConfigs: [
              {
                config: {
                  job_name: 'db',
                  static_configs: [{ targets: ['db.example.com:9100'] }],
                  metric_relabel_configs,
                },
              },
            ],
          },
        } as EnvironmentOptions),
      ),
    )
    .map(({ fault }) => fault);

it.each(Object.entries(cases))('%s is judged as Prometheus does', async (job, steps) => {
  const faults = faultsOf(steps);
  if (job.startsWith('no-metric-name')) {
    await scraped(job, 1, ({ lastError }) => lastError.includes('metric name'));
    expect(faults).toEqual(['no-metric-name']);
    return;
  }
  await scraped(job, 1, ({ health }) => health === 'up');
  const isEmpty = job.startsWith('all-dropped');
  expect(faults).toEqual(isEmpty ? ['all-dropped'] : []);
  await eventually('its samples', async () => {
    const [samples] = await query(prometheus.url, `scrape_samples_scraped{job="${job}"}`);
    return samples?.value[1] === '2' ? samples : undefined;
  });
  expect(await storedBy(job)).toBe(isEmpty ? 0 : job === 'plain' ? 2 : 1);
});

it('mixes the samples of targets with the same labels', async () => {
  await scraped('same-labels', 2);
  const values = await eventually('both values in one series', async () => {
    const [series] = await query(prometheus.url, 'count_values("value", b_two{job="same-labels"})');
    const [both] = await query(prometheus.url, 'changes(b_two{job="same-labels"}[1m]) > 0');
    return series && both ? both : undefined;
  });
  expect(values.metric).toMatchObject({ instance: 'x' });
});

it('has no target without an address', async () => {
  await scraped('plain');
  expect(await scraped('targets-dropped', 0)).toEqual([]);
});
