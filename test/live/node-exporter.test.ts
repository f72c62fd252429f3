import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { dashboardQueries } from './dashboard.js';
import { query } from './prometheus-api.js';
import { jobAt } from './scrape-job.js';
import { find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const engines: RunningEngine[] = [];

afterAll(async () => {
  for (const engine of engines) await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The shipped job without the parts that only a cluster has: an address replaces discovery, and the
 * exporter replaces the proxy with its token and certificate.
 */
const jobFor = (port: number): object => {
  const job = jobAt(shipped(environment), 'node-exporter', `127.0.0.1:${port}`, { node: 'this' });
  const { authorization, tls_config, ...rest } = job;
  expect([authorization, tls_config]).not.toContain(undefined);
  return { ...rest, scheme: 'http' };
};

/** The shipped group of rules about nodes, without its alerts. */
const recordings = (): string => {
  const file: string | undefined = shipped(environment)
    .map(({ data }) => data?.['nodes.yaml'])
    .find(Boolean);
  const { groups } = parse(file ?? '') as { groups: { rules: { record?: string }[] }[] };
  return stringify({
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.filter(({ record }) => record !== undefined),
    })),
  });
};

describe('node-exporter with the shipped flags', () => {
  let prometheus: RunningEngine;

  beforeAll(async () => {
    // The root of this machine instead of the mount of a node.
    const host = join(folder, 'host');
    symlinkSync('/', host);
    const container = find(
      shipped(environment),
      'DaemonSet',
      'crowsnest-node-exporter',
    ).spec.template.spec.containers.find(({ name }: { name: string }) => name === 'node-exporter');
    const exporter = await startEngine({
      binary: 'node_exporter',
      args: ({ port }) =>
        container.args.map((arg: string) =>
          arg
            .replace(/^(--path\.\w+(?:\.\w+)?=)\/host/, `$1${host}`)
            .replace(/^(--web\.listen-address=127\.0\.0\.1):\d+$/, `$1:${port}`),
        ),
      readyPath: '/',
    });
    engines.push(exporter);
    mkdirSync(join(folder, 'data'));
    prometheus = await startEngine({
      binary: 'prometheus',
      args: ({ port }) => {
        const config = join(folder, 'prometheus.yml');
        const rules = join(folder, 'nodes.yaml');
        writeFileSync(rules, recordings());
        writeFileSync(
          config,
          stringify({
            global: { evaluation_interval: '1s' },
            rule_files: [rules],
            scrape_configs: [jobFor(exporter.port)],
          }),
        );
        return [
          `--config.file=${config}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ];
      },
      readyPath: '/-/ready',
    });
    engines.push(prometheus);
  });

  it('is scraped by a Prometheus with the shipped job', async () => {
    const up = await eventually('up is 1', async () =>
      (await query(prometheus.url, 'up{job="node-exporter"} == 1')).at(0),
    );
    expect(up.metric).toMatchObject({ job: 'node-exporter', node: 'this' });
  });

  it.each(dashboardQueries(shipped(environment), 'nodes'))(
    'has data for the panel "$panel": $expression',
    async ({ expression }) => {
      const series = await eventually('the query returns data', async () => {
        const result = await query(prometheus.url, expression);
        return result.length > 0 ? result : undefined;
      });
      expect(series.every(({ value }) => Number.isFinite(Number(value[1])))).toBe(true);
    },
  );

  it('leaves out the volumes of pods and the links of containers', async () => {
    const mounts = await query(
      prometheus.url,
      'count by (mountpoint) (node_filesystem_size_bytes)',
    );
    expect(mounts.length).toBeGreaterThan(0);
    expect(
      mounts.filter(({ metric }) =>
        /^\/(proc|sys|dev|var\/lib\/kubelet)/.test(metric.mountpoint ?? ''),
      ),
    ).toEqual([]);
  });
});
