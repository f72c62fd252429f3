import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { seriesCounts } from '../../src/catalogues/catalogue.js';
import { estimateJobs, type JobEstimate } from '../../src/checks/support/load/estimate.js';
import { baseBytes, bytesPerSample, bytesPerSeries } from '../../src/checks/support/load/need.js';
import { jobsIn } from '../../src/checks/support/query/job.js';
import { loadContent } from '../../src/content/load.js';
import nodeExporter from '../catalogues/captures/node-exporter.js';
import { inputOf } from '../checks/input.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { fill } from './cluster-fill.js';
import { startKubeStateMetrics } from './kube-state-metrics-server.js';
import { ask } from './prometheus-api.js';
import { irregularBytes, writeBlock } from './prometheus-block.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const [nodes, pods] = [10, 300];
const cores = availableParallelism();
// A multiple of the nodes, so that the cost of each series can be measured.
const many = 5;
// Milliseconds between scrapes, so that a chunk is full within the test.
const hurry = 500;
// Samples in a chunk.
const enough = 100;
// The time range of the shortest block that Prometheus keeps.
const blockSeconds = 7200;
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-cardinality-'));

let cluster: Cluster;
let engines: RunningEngine[] = [];
let prometheus: RunningEngine;
/** Scrapes at an interval, node-exporter several times for each node. */
let configuration: (interval: string, times: number) => object;
let estimates: readonly JobEstimate[];

const value = async (query: string): Promise<number> => {
  const { result } = await ask<{ result: { value: [number, string] }[] }>(prometheus.url, 'query', {
    query,
  });
  return Number(result[0]?.value[1] ?? 0);
};

const scrape = async (interval: string, times: number): Promise<RunningEngine> => {
  const started = await startEngine({
    binary: 'prometheus',
    args: ({ port, folder: own }) => {
      const file = join(own, 'prometheus.yml');
      writeFileSync(file, stringify(configuration(interval, times)));
      return [
        `--config.file=${file}`,
        `--storage.tsdb.path=${dataOf(own)}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-admin-api',
      ];
    },
    readyPath: '/-/ready',
  });
  engines.push(started);
  return started;
};
const dataOf = (own: string): string => join(own, 'data');

/** A metric of Prometheus about itself. */
const own = async (name: string): Promise<number> => {
  const page = await (await fetch(`${prometheus.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(page)?.[1] ?? 0);
};

beforeAll(async () => {
  cluster = await startCluster();
  await deploy(cluster, environment);
  await fill(cluster, nodes, pods);
  const { content } = await loadContent(['.']);
  const input = inputOf(
    build({ ...minimal, cluster: { ...minimal.cluster, nodes, cores, pods } }, content),
  );
  estimates = estimateJobs(input);

  const { engine: state } = await startKubeStateMetrics(shipped(environment), cluster, folder);
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
  configuration = (interval, times) => ({
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: [
      {
        job_name: 'kube-state-metrics',
        static_configs: [{ targets: [host(state)] }],
        metric_relabel_configs: steps('kube-state-metrics'),
      },
      {
        // One page under many names replaces many nodes.
        job_name: 'node-exporter',
        static_configs: Array.from({ length: nodes * times }, (_, index) => ({
          targets: [host(exporter)],
          labels: { instance: `node-${index}`, node: `node-${index}` },
        })),
      },
    ],
  });
  prometheus = await scrape('5s', many);
});
afterAll(async () => {
  for (const engine of engines.reverse()) await engine.kill();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const timesOf = (job: string): number => (job === 'node-exporter' ? many : 1);

it.each(['kube-state-metrics', 'node-exporter'])(
  '%s has the estimated number of series, within a tenth',
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

it.each([2, 8, 64])('a node with %i cores has the series that each core adds', async (many) => {
  const pageOf = async (cpus: number) =>
    (await nodeExporter.onMachine(folder, cpus)).families
      .flatMap(({ series }) => [...series.values()])
      .reduce((sum, count) => sum + count, 0);
  const estimated = (cpus: number) =>
    Object.values(seriesCounts('node-exporter', cpus)!).reduce((sum, count) => sum + count, 0);
  const [least, real] = [await pageOf(2), await pageOf(many)];
  expect(real - least).toBe(estimated(many) - estimated(2));
  expect(real).toBeGreaterThan(many * 20);
});

it('a series needs no more memory than the constant', async ({ annotate }) => {
  for (const { job, series } of estimates) {
    if (job !== 'node-exporter' && job !== 'kube-state-metrics') continue;
    const expected = series * timesOf(job);
    const real = await value(`count(last_over_time({job="${job}"}[5m]))`);
    await annotate(
      `${job}: ${expected} series estimated, ${real} real (${((expected / real - 1) * 100).toFixed(1)} %)`,
      'figure',
    );
  }
  const series = await own('prometheus_tsdb_head_series');
  const resident = await own('process_resident_memory_bytes');
  await annotate(
    `${series} series in the head: ${(resident / 2 ** 20).toFixed(0)} MiB resident; the estimate of ${(baseBytes / 2 ** 20).toFixed(0)} MiB and ${bytesPerSeries / 1024} KiB for each series is ${((baseBytes + series * bytesPerSeries) / 2 ** 20).toFixed(0)} MiB`,
    'figure',
  );
  expect(series).toBeGreaterThan(10_000);
  expect(resident).toBeLessThan(baseBytes + series * bytesPerSeries);
});

it('a sample needs no more disk space than the constant, and not much less', async ({
  annotate,
}) => {
  await prometheus.kill();
  prometheus = await scrape(`${hurry}ms`, 1);
  await eventually('the chunks are nearly full', async () => {
    const appended = await own('prometheus_tsdb_head_samples_appended_total');
    return appended > enough * (await own('prometheus_tsdb_head_series')) || undefined;
  });
  const block = await writeBlock(prometheus, dataOf(prometheus.folder));
  const { samples, series, chunkBytes, indexBytes } = block;
  const [chunks, index] = [chunkBytes / samples, indexBytes / samples];
  const irregular = (await irregularIn(prometheus.url)) / samples;
  const { interval } = estimates.find(({ job }) => job === 'node-exporter')!;
  const inBlock = blockSeconds / interval;
  const regular = chunks - irregular + indexBytes / series / inBlock;
  await annotate(
    `${series} series with ${(samples / series).toFixed(0)} samples each in a block: ${chunks.toFixed(2)} bytes for each sample in chunks, of which ${irregular.toFixed(2)} are for late scrapes, and ${index.toFixed(2)} in the index`,
    'figure',
  );
  await annotate(
    `without late scrapes, and with the index for the ${inBlock} samples of two hours: ${regular.toFixed(2)} bytes for each sample; the estimate uses ${bytesPerSample}`,
    'figure',
  );
  await annotate(
    `samples ${interval} s apart: these were ${hurry / 1000} s apart, so values change less; and the share of late scrapes in a cluster, which need two more bytes for each sample`,
    'not shown',
  );
  expect(samples / series).toBeGreaterThan(enough * 0.9);
  expect(regular).toBeLessThan(bytesPerSample);
  // The rest is for late scrapes.
  expect(regular * 2.5).toBeGreaterThan(bytesPerSample);
});

/** Bytes of all samples for the timestamps of late scrapes. */
const irregularIn = async (url: string): Promise<number> => {
  const results = async <T>(query: string): Promise<({ metric: { instance: string } } & T)[]> =>
    (await ask<{ result: ({ metric: { instance: string } } & T)[] }>(url, 'query', { query }))
      .result;
  const scrapes = await results<{ values: [number, string][] }>('up[5m]');
  const sizes = await results<{ value: [number, string] }>('scrape_samples_post_metric_relabeling');
  return scrapes.reduce((sum, { metric, values }) => {
    const size = sizes.find((one) => one.metric.instance === metric.instance)!.value[1];
    const times = values.map(([seconds]) => Math.round(seconds * 1000));
    return sum + irregularBytes(times) * Number(size);
  }, 0);
};
