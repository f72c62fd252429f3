import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { estimateJobs, type JobEstimate } from '../../src/checks/cardinality/estimate.js';
import { baseBytes, bytesPerSample, bytesPerSeries } from '../../src/checks/cardinality/need.js';
import { jobsIn } from '../../src/checks/query/job.js';
import { loadContent } from '../../src/content/load.js';
import { inputOf } from '../checks/input.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { fill } from './cluster-fill.js';
import { ask } from './prometheus-api.js';
import { find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const [nodes, pods] = [10, 300];
// So many times the nodes, so that what each series costs can be told.
const many = 5;
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-cardinality-'));

let cluster: Cluster;
let engines: RunningEngine[] = [];
let prometheus: RunningEngine;
let estimates: readonly JobEstimate[];

const value = async (query: string): Promise<number> => {
  const { result } = await ask<{ result: { value: [number, string] }[] }>(prometheus.url, 'query', {
    query,
  });
  return Number(result[0]?.value[1] ?? 0);
};

beforeAll(async () => {
  cluster = await startCluster();
  await deploy(cluster, environment);
  await fill(cluster, nodes, pods);
  const { content } = await loadContent(['.']);
  const input = inputOf(
    build({ ...minimal, cluster: { ...minimal.cluster, nodes, pods } }, content),
  );
  estimates = estimateJobs(input);

  const [container] = find(shipped(environment), 'Deployment', 'crowsnest-kube-state-metrics').spec
    .template.spec.containers;
  const token = await cluster.token('crowsnest', 'crowsnest-kube-state-metrics');
  const telemetry = await freePort();
  const state = await startEngine({
    binary: 'kube-state-metrics',
    args: ({ port }) => [
      ...container.args,
      `--kubeconfig=${cluster.kubeconfig(folder, token)}`,
      '--host=127.0.0.1',
      `--port=${port}`,
      '--telemetry-host=127.0.0.1',
      `--telemetry-port=${telemetry}`,
    ],
    readyPath: '/healthz',
  });
  const exporter = await startEngine({
    binary: 'node_exporter',
    args: ({ port }) => [`--web.listen-address=127.0.0.1:${port}`],
    readyPath: '/',
  });
  engines = [state, exporter];
  const steps = (job: string) => {
    const kept = jobsIn(input).find(({ name }) => name === job)!;
    return kept.sampleSteps;
  };
  const host = ({ url }: RunningEngine): string => new URL(url).host;
  const file = join(folder, 'prometheus.yml');
  writeFileSync(
    file,
    stringify({
      global: { scrape_interval: '5s' },
      scrape_configs: [
        {
          job_name: 'kube-state-metrics',
          static_configs: [{ targets: [host(state)] }],
          metric_relabel_configs: steps('kube-state-metrics'),
        },
        {
          // One page under many names, as so many nodes would tell it.
          job_name: 'node-exporter',
          static_configs: Array.from({ length: nodes * many }, (_, index) => ({
            targets: [host(exporter)],
            labels: { instance: `node-${index}`, node: `node-${index}` },
          })),
        },
      ],
    }),
  );
  prometheus = await startEngine({
    binary: 'prometheus',
    args: ({ port, folder: own }) => [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(own, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    readyPath: '/-/ready',
  });
  engines.push(prometheus);
});
afterAll(async () => {
  for (const engine of engines.reverse()) await engine.kill();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const timesOf = (job: string): number => (job === 'node-exporter' ? many : 1);

it.each(['kube-state-metrics', 'node-exporter'])(
  '%s has the series that were estimated, within a tenth',
  async (job) => {
    const expected = estimates.find((one) => one.job === job)!.series * timesOf(job);
    const targets = job === 'node-exporter' ? nodes * many : 1;
    const real = await eventually('all is scraped', async () => {
      const up = await value(`count(max_over_time(up{job="${job}"}[5m]) == 1)`);
      return up === targets ? await value(`count(last_over_time({job="${job}"}[5m]))`) : undefined;
    });
    expect(Math.abs(expected - real) / real).toBeLessThan(0.1);
  },
);

it('a series takes no more memory than the constant says', async ({ annotate }) => {
  for (const { job, series } of estimates) {
    if (job !== 'node-exporter' && job !== 'kube-state-metrics') continue;
    const expected = series * timesOf(job);
    const real = await value(`count(last_over_time({job="${job}"}[5m]))`);
    await annotate(
      `${job}: ${expected} series estimated, ${real} real (${((expected / real - 1) * 100).toFixed(1)} %)`,
      'figure',
    );
  }
  const page = await (await fetch(`${prometheus.url}/metrics`)).text();
  const metric = (name: string): number =>
    Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(page)?.[1] ?? 0);
  const series = metric('prometheus_tsdb_head_series');
  const resident = metric('process_resident_memory_bytes');
  await annotate(
    `${series} series in the head: ${(resident / 2 ** 20).toFixed(0)} MiB resident; ${(baseBytes / 2 ** 20).toFixed(0)} MiB and ${bytesPerSeries / 1024} KiB a series would be ${((baseBytes + series * bytesPerSeries) / 2 ** 20).toFixed(0)} MiB`,
    'figure',
  );
  await annotate(
    `the bytes of a sample on disk: ${bytesPerSample} is the upper end of what Prometheus itself states`,
    'not shown',
  );
  expect(series).toBeGreaterThan(10_000);
  expect(resident).toBeLessThan(baseBytes + series * bytesPerSeries);
});
